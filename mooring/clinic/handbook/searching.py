"""Search in this clinic's handbook: the index for each reader, and what a page shows of a hit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from mooring.clinic.handbook.policies import every_policy
from mooring.core import evidence
from mooring.core.handbook import Face, Handbook
from mooring.core.search import Entry, Found, Hit, Index, Kind, Piece, entries, excerpt, marked

FEW = 6
"""As many of a kind are shown until all of that kind are asked for."""
NAMES = {
    Kind.PASSAGE: "In the chapters",
    Kind.CLAIM: "Claims",
    Kind.DISAGREEMENT: "Where sources disagree",
    Kind.CORRECTION: "Corrections",
    Kind.POLICY: "Policies",
    Kind.SOURCE: "Sources",
}
UNNAMED = {Kind.PASSAGE, Kind.POLICY}
MANY = {kind: "policies" if kind is Kind.POLICY else f"{kind}s" for kind in Kind}


@dataclass(frozen=True)
class Line:
    """One hit as it is shown."""

    id: str
    """Empty for kinds that readers know by their titles."""
    url: str
    card: bool
    """True where it can be shown over this page."""
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    kind: Kind
    name: str
    lines: tuple[Line, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


@lru_cache(maxsize=4)
def index(handbook: Handbook, face: Face) -> Index:
    """Built once for each reader and state of the handbook; the evidence changes with a release."""
    found = list(entries(evidence.load(), handbook, face))
    if face is Face.CLINICIAN:
        found += _policies()
    return Index(found)


def groups(found: Found, only: str = "") -> list[Group]:
    """Hits by kind, the kind of the exact id first; all hits of the kind that is asked for."""
    first = {hit.entry.kind for hit in found.hits if hit.by_id}
    kinds = sorted(Kind, key=lambda kind: kind not in first)
    by_kind = {kind: [hit for hit in found.hits if hit.entry.kind is kind] for kind in kinds}
    return [
        Group(kind, NAMES[kind], tuple(map(_line, hits if only else hits[:FEW])), len(hits))
        for kind, hits in by_kind.items()
        if hits and only in ("", kind)
    ]


def counted(searched: Index) -> str:
    """What was searched, for example "6 passages, 120 claims, 9 sources"."""
    kinds = Counter(entry.kind for entry in searched.entries)
    return ", ".join(f"{kinds[kind]} {MANY[kind]}" for kind in Kind if kinds[kind])


def _line(hit: Hit) -> Line:
    entry = hit.entry
    told = entry.text if entry.kind is Kind.SOURCE else excerpt(entry.text, hit.words)
    return Line(
        id="" if entry.kind in UNNAMED else entry.id,
        url=ADDRESSES[entry.kind](entry),
        card=entry.kind is Kind.CLAIM,
        title=tuple(marked(entry.title, hit.words)),
        text=tuple(marked(told, hit.words)),
    )


def _policies() -> Iterator[Entry]:
    for page in every_policy():
        rules = [word for rule in page.rules for word in (rule.title, rule.text)]
        about = " ".join((page.kind, *rules, *sorted(page.cited)))
        yield Entry(Kind.POLICY, f"{page.kind}/{page.name}", page.title, page.summary, about)


def _of_passage(entry: Entry) -> str:
    chapter = entry.id.partition(".")[0]
    return f"{reverse('chapter', args=[chapter])}#{entry.id}"


def _of_correction(entry: Entry) -> str:
    return reverse("claim", args=[evidence.load().corrections[entry.id].claims[0]])


ADDRESSES: dict[Kind, Callable[[Entry], Any]] = {
    Kind.PASSAGE: _of_passage,
    Kind.CLAIM: lambda entry: reverse("claim", args=[entry.id]),
    Kind.DISAGREEMENT: lambda entry: reverse("disagreement", args=[entry.id]),
    Kind.CORRECTION: _of_correction,
    Kind.POLICY: lambda entry: reverse("policy", args=entry.id.split("/")),
    Kind.SOURCE: lambda entry: reverse("source", args=[entry.id]),
}
"""Where each kind is read. A correction stands on the card of the claim it corrects."""
