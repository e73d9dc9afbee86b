"""A claim card: the number with everything that has to stand beside it, for each reader."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mooring.clinic.handbook.marks import beyond_label, label, policy_title
from mooring.core import evidence, handbook
from mooring.core.evidence import SourceKind
from mooring.core.handbook import Face
from mooring.core.handbook.sentences import marks
from tests.clinic.handbook.reading import raw_in, text_of

BASE = evidence.load()
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(bob, signed_in):
    return signed_in(bob)


@pytest.fixture
def patient_reader(pat, signed_in):
    return signed_in(pat)


def card(client, name):
    return client.get(reverse("claim", args=[name]))


def test_every_number_stands_on_the_card_with_its_interval(nurse):
    for claim in BASE.claims.values():
        text = text_of(card(nurse, claim.id))
        for number in claim.quantities:
            assert number.text in text, claim.id
            if number.confidence:
                assert "95 % interval" in text, claim.id


def test_the_source_is_one_tap_away(nurse):
    assert reverse("source", args=["S2"]) in card(nurse, "S2.44").content.decode()


def test_an_uncontrolled_study_says_that_nothing_was_compared(nurse):
    alone = next(c for c in BASE.claims.values() if c.comparator == "none")
    assert "there was no control group" in text_of(card(nurse, alone.id))


def test_a_card_says_what_is_recorded_of_people_comparison_design_and_time(nurse):
    for claim in BASE.claims.values():
        text, source = text_of(card(nurse, claim.id)).casefold(), BASE.source_of(claim.id)
        recorded = [claim.population, claim.time_point, claim.route, claim.drug, claim.n]
        if source is not None:
            recorded += [source.design, None if claim.n is not None else source.n]
            founding = source.kind is SourceKind.FOUNDING
            recorded.append("founding document" if founding else f"read: {source.read}")
        compared = claim.comparator or (source.comparator if source is not None else "")
        if compared == "none":
            assert "there was no control group" in text, claim.id
        elif compared:
            recorded.append(compared)
        elif claim.quantities:
            assert "the document does not say" in text, claim.id
        for fact in filter(None, recorded):
            assert str(fact).casefold() in text, claim.id


def test_what_was_calculated_again_is_shown_with_its_parts(nurse):
    calculated = [claim for claim in BASE.claims.values() if claim.arithmetic]
    assert calculated
    for claim in calculated:
        assert "Calculated again" in text_of(card(nurse, claim.id)), claim.id


def test_the_card_names_the_chapters_that_cite_it(nurse):
    book = handbook.load().for_reader(Face.CLINICIAN)
    for chapter in book.chapters:
        cited = {m for p in chapter.passages for m in marks(p.text(Face.CLINICIAN))}
        for name in sorted(cited & set(BASE.claims))[:2]:
            assert reverse("chapter", args=[chapter.id]) in card(nurse, name).content.decode()


def test_the_other_side_of_an_outside_check_is_what_it_speaks_about(nurse):
    outside = [
        (d, name)
        for d in BASE.disagreements.values()
        for name in d.outside_claims
        if name not in d.positioned
    ]
    assert outside
    for disagreement, name in outside[:10]:
        text = text_of(card(nurse, name))
        assert all(position.text in text for position in disagreement.positions), name


@pytest.mark.parametrize("name", ["S4.55", "S4.57", "S4.58", "S1.38", "S1.39"])
def test_patients_find_no_page_for_a_dangerous_line(patient_reader, name):
    answer = card(patient_reader, name)
    assert answer.status_code == 404
    assert name not in text_of(answer)


def test_patients_read_a_card_in_plain_words(patient_reader):
    text = text_of(card(patient_reader, "S2.48"))
    assert raw_in(text) == []
    assert "Only this source says it; we could not check it" in text
    assert "polic" not in text.lower()


def test_every_card_that_a_patient_may_open_leads_to_no_policy(patient_reader):
    opened = 0
    for name in BASE.claims:
        answer = card(patient_reader, name)
        opened += answer.status_code == 200
        assert b"/handbook/policies/" not in answer.content, name
    assert opened > 100


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("S2.44", "S2.44"),
        ("spravato-label.driving", "Spravato label"),
        ("ed-protocol-2016.vital-limits", "ED protocol 2016"),
        ("choice.over-ordered", "clinic's choice"),
        ("remission.phq9.le5", "VA cohort"),
        ("nothing.known", "Nothing known"),
    ],
)
def test_a_chip_names_its_source_in_words(claim, shown):
    assert label(claim) == shown


def test_a_chip_of_a_source_still_tells_which_of_its_claims_is_meant():
    assert beyond_label("spravato-label.driving") == "Spravato label driving"
    assert beyond_label("S2.44") == ""


def test_a_policy_is_called_by_its_title():
    assert policy_title("spo2_92", "stopping") == "Oxygen saturation below 92 %"
    assert policy_title("rule_of_old", "stopping") == "Rule of old"


def test_a_verified_card_says_where_it_is_found_and_on_which_day_it_was_read(nurse):
    text = text_of(card(nurse, "kellner-2005.course"))
    assert "Verified against its source" in text
    assert "DOI 10.1176/appi.ajp.162.5.977; PubMed 15863801" in text
    assert "Checked on 1 Dec 2026" in " ".join(text.split())


def test_a_relayed_card_is_shown_as_what_it_is(nurse):
    relayed = next(c for c in BASE.claims.values() if c.id == "va-program.eligibility")
    text = text_of(card(nurse, relayed.id))
    assert "Relayed; not read again in its source" in text
    assert "None is on file" in text
    assert "Verified" not in text
    assert "Checked on" not in text


def test_a_patient_reads_that_a_relayed_claim_was_not_read_in_its_source(patient_reader):
    text = text_of(card(patient_reader, "mgh-cohort.response"))
    assert "Passed on; we have not read it again in the source itself" in text
    assert "Checked: we read this" not in text


def test_a_source_says_how_it_is_found(nurse):
    text = text_of(nurse.get(reverse("source", args=["yanagihara-2003"])))
    assert "DOI 10.1002/bdd.336" in text
