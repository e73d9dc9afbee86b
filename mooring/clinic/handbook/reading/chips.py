"""What stands in a text for the claims and disagreements behind it, for each reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse

from mooring.core import evidence
from mooring.core.evidence import EvidenceBase, Flag
from mooring.core.handbook import Face
from mooring.core.handbook.readers import disagreement_readable_by_patients, readable_by_patients
from mooring.core.handbook.rendering import Chip

Address = Callable[[str], str]
"""From the id of a claim or disagreement to where its page is."""


@dataclass(frozen=True)
class Mark:
    """A source mark in words, as patients read it."""

    id: str
    word: str
    url: str
    """Empty where patients have no page to read."""
    contested: bool
    card: bool
    """True where the page can be shown over the one that is read."""


def in_program(face: Face) -> Chip:
    """Chips for the program's own pages."""
    if face is Face.PATIENT:
        return in_plain_words(address, evidence.load())
    return by_id


def by_id(name: str) -> str:
    """The chip that clinicians know from every page; the bare id where nothing has it."""
    base = evidence.load()
    known = name in base.claims or name in base.disagreements
    kind = "claim" if name in base.claims else "disagreement"
    shown = {"id": name, "kind": kind if known else "unknown"}
    return render_to_string("handbook/chips/by_id.html", shown).strip()


def address(name: str) -> str:
    """Where the program shows a claim or disagreement."""
    kind = "claim" if name in evidence.load().claims else "disagreement"
    return reverse(kind, args=[name])


def in_plain_words(address: Address, base: EvidenceBase) -> Chip:
    """Chips as patients read them: what stands behind a sentence, and where sources disagree."""

    def chip(name: str) -> str:
        mark = plain_mark(name, address, base)
        return render_to_string("handbook/chips/in_plain_words.html", {"mark": mark}).strip()

    return chip


def plain_mark(name: str, address: Address, base: EvidenceBase) -> Mark:
    """What a claim or disagreement is called for patients, and where it leads."""
    if name in base.claims:
        claim = base.claims[name]
        contested = Flag.CONTESTED in claim.flags
        word = "sources disagree" if contested else "source"
        open_to_them = readable_by_patients(claim)
        return Mark(name, word, address(name) if open_to_them else "", contested, card=True)
    found = base.disagreements.get(name)
    open_to_them = found is not None and disagreement_readable_by_patients(found, base)
    word = "all sides" if open_to_them else "sources disagree"
    return Mark(name, word, address(name) if open_to_them else "", contested=True, card=False)
