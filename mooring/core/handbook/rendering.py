"""Turns a passage's CommonMark into HTML. What stands behind a sentence becomes a chip."""

from collections.abc import Callable, Iterator, Sequence
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


def as_read(text: str) -> Iterator[str]:
    """The text block by block, as it reads once it is HTML: no marks, no markup, entities read.

    The cells of a table's row read on as one.
    """
    row: list[str] | None = None
    for token in _READER.parse(text, {"chip": str}):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " ".join(row or ())
            row = None
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "inline":
            words = "".join(_words(token.children or ()))
            if row is None:
                yield words
            else:
                row.append(words)


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type != "mark":
            yield token.content


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
