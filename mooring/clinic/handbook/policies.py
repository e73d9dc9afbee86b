"""Policy pages, read straight from the data files: what is shown is what runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from mooring.core.datafiles import parse
from mooring.core.protocols.loading import policy_names

PROTOCOLS = Path(str(files("mooring.core.protocols")))
HEAD = {"id", "version", "title", "summary", "claims", "disagreements"}
NAMING = ("title", "id", "criterion", "check", "checks", "field", "measure", "symptom", "kind")
"""Which field names an entry of a list, in this order."""


@dataclass(frozen=True)
class Kind:
    """One kind of policy."""

    title: str


KINDS = {
    "screening": Kind("Screening: who may start, and what is missing"),
    "bounds": Kind("Bounds: which doses pass"),
    "regimens": Kind("Regimens: how a course runs"),
    "starting": Kind("Starting: before the pump runs"),
    "monitoring": Kind("Monitoring: what is due when"),
    "stopping": Kind("Stopping: what raises the banner"),
    "leaving": Kind("Leaving: what has to be met"),
}


@dataclass(frozen=True)
class Line:
    """One rule or number of a policy, with its claims."""

    label: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One row of a policy's table."""

    title: str
    given: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """One policy as the handbook shows it."""

    kind: str
    name: str
    version: str
    title: str
    summary: str
    claims: tuple[str, ...]
    disagreements: tuple[str, ...]
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    background: tuple[str, ...]
    """What every case starts from."""
    cases: tuple[Case, ...]


def every_policy() -> Iterator[tuple[str, Iterator[Page]]]:
    """All policies by kind, in the order in which a course meets them."""
    for kind in KINDS:
        yield kind, (policy_page(kind, name) for name in policy_names(PROTOCOLS / kind))


@cache
def policy_page(kind: str, name: str) -> Page:
    """One policy's page. KeyError when there is no such policy."""
    if kind not in KINDS or name not in policy_names(PROTOCOLS / kind):
        raise KeyError(f"{kind}/{name}")
    policy = parse(PROTOCOLS / kind / name / "policy.toml")
    table = parse(PROTOCOLS / kind / name / "cases.toml")
    return Page(
        kind=kind,
        name=name,
        version=str(policy["version"]),
        title=policy["title"],
        summary=" ".join(policy.get("summary", "").split()),
        claims=tuple(policy.get("claims", ())),
        disagreements=tuple(policy.get("disagreements", ())),
        sections=tuple(
            (words(key), tuple(lines(words(key), value)))
            for key, value in policy.items()
            if key not in HEAD
        ),
        background=tuple(plainly(entry) for entry in table.get("given", ())),
        cases=tuple(case(entry) for entry in table["cases"]),
    )


def case(entry: Mapping[str, Any]) -> Case:
    """One row: its name, what is given, what is expected."""
    title = str(entry.get("title") or entry.get("name") or entry["id"])
    expected = entry.get("expect") or entry.get("expected") or {}
    given = {key: value for key, value in entry.items() if key not in CASE_HEAD}
    return Case(title, tuple(by_key(given)), tuple(by_key(expected)) or ("no finding",))


CASE_HEAD = {"title", "name", "id", "expect", "expected"}


def by_key(values: Any) -> Iterator[str]:
    """Each field of a case on a line of its own."""
    if not isinstance(values, Mapping):
        yield plainly(values)
        return
    for key, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield from (plainly(item) for item in value)
        else:
            yield f"{words(key)}: {plainly(value)}"


def lines(label: str, node: Any) -> Iterator[Line]:
    """The rules and numbers below one part of a policy, each with the claims nearest to it."""
    if isinstance(node, list) and node and isinstance(node[0], Mapping):
        for entry in node:
            yield from lines(name_of(entry) or label, entry)
    elif isinstance(node, Mapping):
        yield from mapping_lines(label, node)
    else:
        yield Line(label, plainly(node), ())


def mapping_lines(label: str, node: Mapping[str, Any]) -> Iterator[Line]:
    """A number with its unit, or a rule's own words followed by the numbers within it."""
    claims = tuple(node.get("claims", ()))
    if "value" in node and "unit" in node:
        yield Line(label, f"{node['value']} {node['unit']}", claims)
        return
    inner = {key: value for key, value in node.items() if is_part(value)}
    own = {key: value for key, value in node.items() if key not in inner and key not in OWN_HEAD}
    if own or claims:
        yield Line(label, plainly(own), claims)
    for key, value in inner.items():
        yield from lines(f"{label}: {words(key)}", value)


OWN_HEAD = {"claims", "title", "id", "disagreements"}


def is_part(value: Any) -> bool:
    """True for what is shown on lines of its own."""
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    )


def name_of(entry: Mapping[str, Any]) -> str:
    """What an entry of a list is called."""
    found = next((entry[key] for key in NAMING if key in entry), "")
    return words(", ".join(found) if isinstance(found, list) else str(found))


def plainly(value: Any) -> str:
    """A value of a data file as plain words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(
            plainly(inner) if key == "kind" else f"{words(key)} {plainly(inner)}"
            for key, inner in value.items()
        )
    if isinstance(value, list):
        return "; ".join(plainly(inner) for inner in value) or "none"
    return words(" ".join(str(value).split()))


def words(text: str) -> str:
    """An id as words."""
    return text.replace("_", " ")
