"""What can be found: the evidence and the handbook, each thing with the words it is found by."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mooring.core.evidence import Claim, Correction, Disagreement, EvidenceBase, Source
from mooring.core.handbook.book import Handbook
from mooring.core.handbook.models import Chapter, Face, Passage
from mooring.core.handbook.readers import (
    correction_readable_by_patients,
    disagreement_readable_by_patients,
    named_to_patients,
    readable_by_patients,
)
from mooring.core.handbook.sentences import sentences


class Kind(StrEnum):
    """What sort of thing was found, in the order in which a page shows them."""

    PASSAGE = "passage"
    CLAIM = "claim"
    DISAGREEMENT = "disagreement"
    CORRECTION = "correction"
    POLICY = "policy"
    SOURCE = "source"


@dataclass(frozen=True)
class Entry:
    """One thing that can be found."""

    kind: Kind
    id: str
    title: str
    text: str
    """What it says, as far as it is shown when it is found."""
    about: str = ""
    """Further words it is found by, which are not shown."""


def entries(base: EvidenceBase, handbook: Handbook, face: Face) -> Iterator[Entry]:
    """Everything that this reader may find. For a patient nothing else is in the index."""
    for chapter in handbook.for_reader(face).chapters:
        yield from (_passage(chapter, passage, face) for passage in chapter.passages)
    yield from _evidence(base) if face is Face.CLINICIAN else _told(base, handbook)


def _evidence(base: EvidenceBase) -> Iterator[Entry]:
    yield from (_claim(claim, base) for claim in base.claims.values())
    yield from map(_disagreement, base.disagreements.values())
    yield from map(_correction, base.corrections.values())
    yield from map(_source, base.sources.values())


def _told(base: EvidenceBase, handbook: Handbook) -> Iterator[Entry]:
    """What the patients' chapters rest on, as far as they may read it."""
    named = named_to_patients(handbook)
    claims = [c for c in base.claims.values() if c.id in named and readable_by_patients(c)]
    yield from (_claim(claim, base) for claim in claims)
    for disagreement in base.disagreements.values():
        if disagreement.id in named and disagreement_readable_by_patients(disagreement, base):
            yield _disagreement(disagreement)
    for correction in base.corrections.values():
        told = named.intersection(correction.claims)
        if told and correction_readable_by_patients(correction, base):
            yield _correction(correction)
    stand_on = {claim.source for claim in claims}
    yield from (_source(one) for one in base.sources.values() if one.id in stand_on)


def _passage(chapter: Chapter, passage: Passage, face: Face) -> Entry:
    told = " ".join(sentence.text for sentence in sentences(passage.text(face)))
    return Entry(Kind.PASSAGE, passage.id, passage.title or chapter.title, told, chapter.title)


def _claim(claim: Claim, base: EvidenceBase) -> Entry:
    source = base.source_of(claim.id)
    numbers = [f"{number.of} {number.text} {number.arm}" for number in claim.quantities]
    facts = (claim.population, claim.route, claim.drug, claim.comparator, claim.time_point)
    origin = () if source is None else (source.id, source.title, source.author)
    about = " ".join((claim.topic, *numbers, *facts, *claim.flags, *origin))
    return Entry(Kind.CLAIM, claim.id, claim.statement, "", about)


def _disagreement(disagreement: Disagreement) -> Entry:
    told = [position.text for position in disagreement.positions]
    about = (disagreement.what_mooring_does, *disagreement.named)
    text = " ".join((*told, disagreement.outside_check))
    return Entry(Kind.DISAGREEMENT, disagreement.id, disagreement.topic, text, " ".join(about))


def _correction(correction: Correction) -> Entry:
    about = " ".join((*correction.claims, *correction.corrected_by))
    return Entry(Kind.CORRECTION, correction.id, correction.text, "", about)


def _source(source: Source) -> Entry:
    year = "" if source.year is None else str(source.year)
    text = ", ".join(filter(None, (source.author, year)))
    studied = (source.kind, source.design or "", source.population, source.route, source.drug)
    about = " ".join((*studied, source.comparator, source.conflict_of_interest, source.funding))
    return Entry(Kind.SOURCE, source.id, source.title, text, about)
