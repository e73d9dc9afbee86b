"""What each reader may find in the evidence and the handbook as they are."""

import re
from functools import cache

import pytest

from mooring.core import evidence, handbook
from mooring.core.evidence import Claim, Flag, Status
from mooring.core.handbook import Chapter, Face, Handbook, Passage
from mooring.core.handbook.readers import readable_by_patients
from mooring.core.search import Index, Kind, entries


@cache
def index(face):
    return Index(entries(evidence.load(), handbook.load(), face))


def kept(face, kind):
    return {entry.id for entry in index(face).entries if entry.kind is kind}


@pytest.mark.parametrize("flag", [Flag.DANGEROUS, Flag.DOSE])
def test_patients_read_no_dose_and_nothing_dangerous(flag):
    claim = Claim(
        id="x",
        statement="x",
        status=Status.CLINIC_CHOICE,
        flags=(flag,),
        excluded="harmful" if flag is Flag.DANGEROUS else "",
    )
    assert not readable_by_patients(claim)
    assert readable_by_patients(claim.model_copy(update={"flags": (Flag.CONTESTED,)}))


def test_staff_find_the_whole_base():
    base = evidence.load()
    assert kept(Face.CLINICIAN, Kind.CLAIM) == set(base.claims)
    assert kept(Face.CLINICIAN, Kind.SOURCE) == set(base.sources)
    assert kept(Face.CLINICIAN, Kind.DISAGREEMENT) == set(base.disagreements)
    assert kept(Face.CLINICIAN, Kind.CORRECTION) == set(base.corrections)


def test_patients_find_no_claim_that_is_kept_from_them():
    base = evidence.load()
    for name in kept(Face.PATIENT, Kind.CLAIM):
        assert not {Flag.DANGEROUS, Flag.DOSE} & set(base.claims[name].flags), name


@pytest.mark.parametrize("name", ["S4.55", "S4.57", "S4.58", "S1.38", "S1.39"])
def test_a_dangerous_line_is_found_by_staff_and_not_by_patients(name):
    assert index(Face.CLINICIAN).search(name).hits[0].entry.id == name
    assert name not in {hit.entry.id for hit in index(Face.PATIENT).search(name).hits}


def test_patients_find_a_disagreement_only_where_every_side_can_be_told_without_an_amount():
    base = evidence.load()
    for name in kept(Face.PATIENT, Kind.DISAGREEMENT):
        found = base.disagreements[name]
        for claim in map(base.claim, found.named):
            assert not {Flag.DANGEROUS, Flag.DOSE} & set(claim.flags), (name, claim.id)
        told = " ".join((*(side.text for side in found.positions), found.outside_check))
        assert not re.search(r"\d (mg|mL|sprays)\b", told), name


BOOK = Handbook(
    (
        Chapter(
            id="c",
            title="Chapter",
            order=1,
            passages=(
                Passage(id="c.two", clinician="Titrate **slowly**.", patient="It goes slowly."),
                Passage(id="c.staff", clinician="Laryngospasm {S2.44} is watched for."),
                Passage(id="c.all", title="Shared", both="Read by everyone."),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("face", "word", "passages"),
    [
        (Face.CLINICIAN, "titrate", ["c.two"]),
        (Face.PATIENT, "titrate", []),
        (Face.PATIENT, "slowly", ["c.two"]),
        (Face.CLINICIAN, "laryngospasm", ["c.staff"]),
        (Face.PATIENT, "laryngospasm", []),
        (Face.PATIENT, "shared everyone", ["c.all"]),
    ],
)
def test_a_passage_is_found_by_the_text_its_reader_sees(face, word, passages):
    own = Index(entries(evidence.load(), BOOK, face))
    hits = own.search(word).hits
    assert [hit.entry.id for hit in hits if hit.entry.kind is Kind.PASSAGE] == passages


def test_a_passage_is_found_without_its_claim_marks():
    entry = next(e for e in entries(evidence.load(), BOOK, Face.CLINICIAN) if e.id == "c.staff")
    assert "{" not in entry.text
