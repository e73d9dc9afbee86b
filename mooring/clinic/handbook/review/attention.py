"""Texts that a release left behind: changed under ours, gone, or no longer carried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.clinic.handbook.models import Revision
from mooring.clinic.handbook.reading.current import digest, latest, shipped
from mooring.core import evidence
from mooring.core.handbook import problems


@dataclass(frozen=True)
class Attention:
    """A passage that an editor has to look at, and why."""

    revision: Revision
    why: str
    details: tuple[str, ...] = ()
    editable: bool = True


def attention() -> Iterator[Attention]:
    """Every latest change that does not sit on the shipped text it was made from."""
    original, base = shipped().passages, evidence.load()
    for passage, revision in latest().items():
        if passage not in original:
            yield Attention(revision, GONE, editable=False)
            continue
        found = problems(revision.new, base)
        if found:
            yield Attention(revision, NOT_CARRIED, found)
        elif digest(original[passage]) != revision.shipped_digest:
            yield Attention(revision, CHANGED_BELOW)


GONE = "This release no longer brings the passage. The clinic's text is kept here, unread."
NOT_CARRIED = (
    "The evidence of this release no longer carries the clinic's text. "
    "Readers see the shipped text until it is mended."
)
CHANGED_BELOW = (
    "This release brings another text than the one that was changed here. "
    "Readers see the clinic's text; compare the two and save one."
)
