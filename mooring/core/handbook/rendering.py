"""Turns a passage's CommonMark into HTML. What stands behind a sentence becomes a chip."""

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from mooring.core.handbook.sentences import MARK

Chip = Callable[[str], str]
"""From the id of a claim or disagreement to the HTML that stands for it."""


def to_html(text: str, chip: Chip) -> str:
    """The text as HTML. HTML in the text stays text; pictures are left out."""
    return str(_READER.render(text, {"chip": chip}))


def _mark(state: StateInline, silent: bool) -> bool:
    """An inline rule: a claim or disagreement in braces."""
    found = MARK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("mark", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _chip(tokens: Sequence[Token], place: int, _: Any, env: dict[str, Chip]) -> str:
    return env["chip"](tokens[place].content)


def _lower_headings(state: Any) -> None:
    """The page's title is h1 and the passage's h2: a heading within the text stands below both."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.inline.ruler.before("escape", "mark", _mark)
    reader.core.ruler.push("lower_headings", _lower_headings)
    reader.renderer.rules["mark"] = _chip  # type: ignore[attr-defined]
    return reader


_READER = _reader()
