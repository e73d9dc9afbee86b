"""Everything shipped that patients can read: chapters, what they rest on, what search brings.

How to write about suicide follows reportingonsuicide.org and the World Health Organization's
“Preventing suicide: a resource for media professionals” (2023): no counts or rates of deaths,
no methods, no words that blame; whom to call. Shares are whole people of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mooring.core import evidence, handbook
from mooring.core.handbook import Face
from mooring.core.handbook.guard import refusals
from mooring.core.handbook.readers import (
    correction_readable_by_patients,
    disagreement_readable_by_patients,
    readable_by_patients,
)
from mooring.core.search import Entry, Kind, entries

BASE = evidence.load()
CHAPTERS = handbook.load().for_reader(Face.PATIENT).chapters
FOUND = tuple(entries(BASE, handbook.load(), Face.PATIENT))


def open_to_patients() -> Iterator[tuple[str, str]]:
    """Each statement of the evidence whose page a patient may open, with its id."""
    for claim in filter(readable_by_patients, BASE.claims.values()):
        yield claim.id, " ".join((claim.statement, *(one.text for one in claim.quantities)))
    for one in BASE.disagreements.values():
        if disagreement_readable_by_patients(one, BASE):
            sides = (side.text for side in one.positions)
            yield one.id, " ".join((one.topic, *sides, one.outside_check, one.what_mooring_does))
    for correction in BASE.corrections.values():
        if correction_readable_by_patients(correction, BASE):
            yield correction.id, correction.text


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.id)
def test_the_guard_refuses_nothing_in_a_shipped_chapter(chapter: handbook.Chapter) -> None:
    texts = [(one.title, one.text(Face.PATIENT)) for one in chapter.passages]
    told = [chapter.title, *(text for pair in texts for text in pair)]
    assert [str(one) for text in told for one in refusals(text)] == []


UNTOLD = {
    "a count of suicides": (
        r"\d+[^.]{0,40}\b(?:die[sd]?|deaths?)\b[^.]{0,15}\bsuicide|suicide rate"
    ),
    "a method": r"\b(?:hang(?:ed|ing)|gun|firearm|jumped|noose|killed (?:them|him|her)sel)",
    "words that blame": r"commit(?:ted|s)? suicide|(?:failed|successful) (?:attempt|suicide)",
    "parts of people": r"\d\.\d+ (?:people )?(?:out )?(?:of|in) (?:a|every|each) hundred",
}


def read_by_patients() -> Iterator[tuple[str, str]]:
    for chapter in CHAPTERS:
        for passage in chapter.passages:
            yield passage.id, passage.text(Face.PATIENT)
    yield from open_to_patients()
    for entry in FOUND:
        yield f"search: {entry.id}", f"{entry.title} {entry.text}"


@pytest.mark.parametrize("what", UNTOLD)
def test_nothing_that_patients_can_read_tells(what: str) -> None:
    told = re.compile(UNTOLD[what], re.IGNORECASE)
    assert [name for name, text in read_by_patients() if told.search(text)] == []


def test_the_count_of_suicides_stays_with_clinicians() -> None:
    assert not readable_by_patients(BASE.claim("S4.17"))


def test_no_amount_of_misuse_is_held_up_as_harmless() -> None:
    for name in ("S2.24", "S4.62"):
        assert not readable_by_patients(BASE.claim(name)), name
    assert not disagreement_readable_by_patients(BASE.disagreement("D41"), BASE)


@pytest.mark.parametrize("entry", FOUND, ids=lambda entry: f"{entry.kind}:{entry.id}")
def test_what_patients_find_stands_behind_a_sentence_of_their_chapters(entry: Entry) -> None:
    texts = " ".join(p.text(Face.PATIENT) for chapter in CHAPTERS for p in chapter.passages)
    behind = {
        Kind.PASSAGE: lambda: entry.id in {p.id for c in CHAPTERS for p in c.passages},
        Kind.CLAIM: lambda: f"{{{entry.id}}}" in texts,
        Kind.DISAGREEMENT: lambda: f"{{{entry.id}}}" in texts,
        Kind.CORRECTION: lambda: any(
            f"{{{claim}}}" in texts for claim in BASE.corrections[entry.id].claims
        ),
        Kind.SOURCE: lambda: any(
            claim.source == entry.id and f"{{{claim.id}}}" in texts
            for claim in BASE.claims.values()
        ),
    }
    assert behind[entry.kind]()
