"""What the disagreements and the handbook say that Mooring tells, and the page that tells it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.people.models import Condition
from mooring.core import evidence, handbook
from mooring.core.handbook import Face
from mooring.core.handbook.sentences import marks
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.watch import Organ
from tests.clinic.courses.steps import decided
from tests.clinic.handbook.reading import text_of
from tests.clinic.screening.steps import answered, measured, shown

BASE, BOOK = evidence.load(), handbook.load()
pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(bob, signed_in):
    return signed_in(bob)


def passage(client, name, face):
    """The HTML of one passage in its chapter, as this reader has it."""
    address = reverse("chapter", args=[name.partition(".")[0]])
    content = client.get(address, {"face": face}).content.decode()
    return content.partition(f'id="{name}"')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("name", "face", "tells"),
    [
        ("routes.arrives", "clinician", ["8 to 25 %", "norketamine", "D05"]),
        ("routes.onset", "clinician", ["By vein, within hours", "cannot show an earlier", "D06"]),
        ("access.approved", "clinician", ["approved for treatment-resistant", "D08"]),
        ("esketamine-or-racemic.better", "clinician", ["scores fell by 10.0 points", "D08"]),
        ("efficacy.ect", "clinician", ["ketamine was not worse", "therapy did better", "D43"]),
        ("efficacy.ect", "patient", ["neither is simply the better one"]),
    ],
)
def test_a_chapter_tells_what_a_disagreement_says_it_tells(nurse, name, face, tells):
    told = passage(nurse, name, face)
    assert [words for words in tells if words not in told] == []


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        ({"mania": "past-or-bipolar"}, "agree first how mood is watched"),
        ({"severe_dissociation": "yes"}, "Make a plan for continuity"),
        ({"personality_disorder": "yes"}, "Make a plan for continuity"),
        ({"psychosis": "past"}, "A psychiatrist weighs it"),
    ],
)
def test_a_finding_says_what_a_disagreement_says_it_says(nurse, bob, patient, answer, advice):
    measured(patient)
    answered(patient, bob, **answer)
    told = shown(nurse, patient)
    assert "Needs evaluation: 1" in told
    assert advice in told


def test_the_figure_on_anxiety_says_how_it_came_about(nurse):
    study = text_of(nurse.get(reverse("claim", args=["glue-2017.response"])))
    for words in ("People studied 12", "under the skin", "there was no control group"):
        assert words.casefold() in study.casefold()
    relayed = text_of(nurse.get(reverse("claim", args=["S4.13"])))
    assert "Correction E05" in relayed


def test_the_models_of_care_say_in_words_how_strong_it_is_meant(signed_in, alice, patient):
    decided(patient, alice, at=timezone.now())
    page = signed_in(alice).get(f"/courses/for/{patient.pk}/new/")
    assert "A low dose, so that the patient can talk while it acts." in text_of(page)
    for claim in ("S1.05", "S1.06", "S2.84", "S5.05"):
        assert reverse("claim", args=[claim]) in page.content.decode()


@pytest.mark.parametrize("chapter", BOOK.chapters, ids=lambda chapter: chapter.id)
def test_every_claim_of_a_passage_is_linked_in_its_chapter(nurse, chapter):
    for face in Face:
        for one in (p for p in chapter.passages if p.text(face)):
            told = passage(nurse, one.id, face.value)
            for name in marks(one.text(face)):
                if name in BASE.claims:
                    assert reverse("claim", args=[name]) in told, (one.id, face)


@pytest.mark.parametrize("word", ["craving", "genetic", "gene test"])
def test_nothing_asks_about(nurse, patient, word):
    """D25 and the chapter on routes: neither screening nor the watch does."""
    Condition.objects.create(
        patient=patient, text="Opioid use disorder", status="active", origin="x",
        recorded_at=timezone.now(),
    )  # fmt: skip
    for page in ("screening", "screening_answer", "exposure", "patient"):
        told = nurse.get(reverse(page, args=[patient.pk])).content.decode().casefold()
        assert word not in told


def test_the_watch_is_on_four_organs_and_not_on_misuse(nurse, patient):
    assert set(Organ) == {"urinary", "liver", "cognition", "blood_pressure"}
    told = text_of(nurse.get(reverse("exposure", args=[patient.pk])))
    for organ in ("Bladder and urine", "Liver", "Memory and attention", "Blood pressure"):
        assert organ in told
    assert "misuse and addiction" not in told.casefold()


def test_nothing_before_a_start_asks_for_staff_or_airway_help():
    """D02: no policy for starting knows of either."""
    for name in starting.names():
        policy = str(starting.load(name).model_dump()).casefold()
        assert not [word for word in ("airway", "suction", "staff", "crash") if word in policy]
