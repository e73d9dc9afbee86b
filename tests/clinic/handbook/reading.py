"""What a person reads on a page: its text without the markup."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from mooring.clinic.handbook.policies import KINDS, PROTOCOLS, versions
from mooring.core.protocols.loading import policy_folder, policy_names

EVERY_POLICY = [(kind, name) for kind in KINDS for name in policy_names(PROTOCOLS / kind)]
EVERY_VERSION = [(*policy, version) for policy in EVERY_POLICY for version in versions(*policy)]


class Text(HTMLParser):
    """Collects text, one piece a line."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.pieces.append(" ".join(data.split()))


def text_of(answer: Any) -> str:
    """The page's text, one space between its pieces."""
    parser = Text()
    parser.feed(answer.content.decode())
    return " ".join(parser.pieces)


RAW = {
    "an id with underscores": re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]"),
    "a dict or a set": re.compile(r"\{['\"}]|[{}]"),
    "a list": re.compile(r"\[['\"\]]|\(['\"][^'\"]*['\"],"),
    "a Python value": re.compile(
        r"=\s?None\b|\bNone[,)\]]|\b(True|False)\b(?! labor)|Decimal\(|datetime\."
    ),
    "a template's own marks": re.compile(r"\{%|%\}|\{\{|\}\}|c-state|c-claim"),
}


def raw_in(text: str) -> list[str]:
    """What of the program shows through, each with the place."""
    return [
        f"{what}: …{text[max(0, found.start() - 30) : found.end() + 30]}…"
        for what, pattern in RAW.items()
        for found in pattern.finditer(text)
    ]


def data_of(kind: str, name: str, version: str | None = None) -> Iterator[dict[str, Any]]:
    """The files of a policy but its cases, as they lie on the disk.

    A policy that takes over another has its content too, but for what it replaces or leaves out.
    """
    folder = policy_folder(PROTOCOLS / kind, name, version)
    own = [_read(path) for path in sorted(folder.glob("*.toml")) if path.name != "cases.toml"]
    extends = next((data["extends"] for data in own if "extends" in data), None)
    if extends is None:
        yield from own
        return
    base = list(data_of(kind, extends["policy"], extends["version"]))
    gone = set(extends.get("without", ()))
    rules, questions = (_joined(base, own, key, gone) for key in ("rules", "questions"))
    sides = {side for rule in rules for side in rule.get("by_side", ())}
    choices = [
        choice
        for data in (*base, *own)
        for choice in data.get("choices", ())
        if sides & {side["id"] for side in choice["sides"]}
    ]
    indications = _all(own, "indications") or _all(base, "indications")
    yield {"rules": rules, "questions": questions, "choices": choices, "indications": indications}


def case_names(kind: str, name: str, version: str | None = None) -> list[str]:
    """The names of a policy's cases, as they lie on the disk; those that are taken over too."""
    return [case.get("title") or case["name"] for case in _cases(kind, name, version)]


def _cases(kind: str, name: str, version: str | None) -> list[dict[str, Any]]:
    table = _read(policy_folder(PROTOCOLS / kind, name, version) / "cases.toml")
    extends = table.get("extends")
    if extends is None:
        return list(table["cases"])
    kept = [
        case
        for case in _cases(kind, extends["policy"], extends["version"])
        if case["name"] not in extends.get("without", ())
        and case.get("about") not in extends.get("without_about", ())
    ]
    return [*kept, *table["cases"]]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _all(files: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [entry for data in files for entry in data.get(key, ())]


def _joined(
    base: list[dict[str, Any]], own: list[dict[str, Any]], key: str, gone: set[str]
) -> list[dict[str, Any]]:
    new = _all(own, key)
    replaced = gone | {entry["id"] for entry in new}
    return [*(entry for entry in _all(base, key) if entry["id"] not in replaced), *new]


def listed(node: Any, key: str) -> Iterator[str]:
    """Every entry of every list that stands under `key`, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key and isinstance(value, list):
                yield from value
            else:
                yield from listed(value, key)
            if name in ("ended", "no_active_rule") and key == "claims":
                yield from value
    elif isinstance(node, list):
        for value in node:
            yield from listed(value, key)
