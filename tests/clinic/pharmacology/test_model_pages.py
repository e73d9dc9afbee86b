"""The pages of the models: what was measured beside what they say, and what they expect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from mooring.core.pharmacology import fit
from mooring.core.pharmacology.engine import profiles
from tests.clinic.sessions import steps

pytestmark = pytest.mark.django_db

ASKED = {"drug": "racemic_ketamine", "way": "intravenous_infusion", "dose": "35", "unit": "mg",
         "minutes": "40", "weight": "70"}  # fmt: skip
SENTENCE = "Simulation for education, not dosing advice."


@pytest.fixture
def nurse(signed_in, bob):
    return signed_in(bob)


def what_if(client, htmx=False, **changed):
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.get(reverse("what_if"), {**ASKED, **changed}, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_measured_number_stands_beside_each_model_with_its_reason_where_missed(nurse):
    words = nurse.get(reverse("model_fit")).content.decode()
    rows = fit.rows(profiles)
    assert words.count(">met, ") == sum(row.within for row in rows)
    assert words.count(">missed, ") == sum(not row.within for row in rows)
    for row in rows:
        assert not row.reason or row.reason.replace("'", "&#x27;") in words
    for study in fit.not_run():
        assert study.not_run in words


def test_a_study_is_summed_up_and_its_numbers_are_folded_away_with_the_reasons(nurse):
    words = nurse.get(reverse("model_fit")).content.decode()
    study = words.partition('id="T1"')[2].partition("</section>")[0]
    sum_of, folded = study.split("<details>")
    found = [row for row in fit.rows(profiles) if row.study == "T1"]
    missed = [row for row in found if not row.within]
    assert f">{len(found) - len(missed)} met<" in sum_of
    assert f">{len(missed)} missed<" in sum_of
    assert "Artery or vein is not stated" in sum_of
    assert "Highest concentration, Kamp 2020, Domino 1984, Simons 2022:" in folded
    for row in missed:
        assert folded.count(row.reason) == 1


def test_the_fit_page_says_how_far_each_model_could_be_followed_back(nurse):
    words = nurse.get(reverse("model_fit")).content.decode()
    assert "[S] code only" in words
    assert "[V] verified" in words
    assert "Read through: the program SimTIVA" in words
    assert SENTENCE in words


def test_an_infusion_is_drawn_by_every_model_with_its_blood(nurse):
    words = what_if(nurse)
    assert SENTENCE in words
    assert "KETAmine (racemic), 35 mg intravenous infusion over 40 min, for a person of 70 kg" in (
        words
    )
    assert words.count('class="panel model"') == 5
    assert "Arterial blood." in words
    assert "Venous blood." in words
    assert "in venous blood from 125 to 158" in words


def test_the_same_numbers_stand_in_a_table(nurse):
    """Otto after 35 mg over 40 minutes at 70 kg: 158 ng/mL at its end (research notes)."""
    table = what_if(nurse).partition("<tbody>")[2].partition("Model A: expected")[2]
    row = table.partition('<th scope="row" class="number">40</th>')[2]
    assert row.startswith('<td class="number">158</td>')


def test_htmx_gets_the_drawing_alone(nurse):
    words = what_if(nurse, htmx=True)
    assert words.startswith('<div id="answer"')
    assert "<html" not in words


def test_without_a_weight_the_page_says_so_and_assumes_none(nurse):
    words = what_if(nurse, weight="")
    assert "Weight not known" in words
    assert words.count('class="panel model"') == 1
    assert "needs a weight, and none is known" in words


def test_no_curve_is_drawn_for_a_compounded_nasal_spray(nurse):
    words = what_if(nurse, way="nasal_spray", number="5", gap="10")
    assert "No published model known here takes a compounded nasal spray" in words
    assert "<path" not in words.partition('id="answer"')[2]


def test_a_swallowed_racemic_dose_is_not_drawn_without_its_caution(nurse):
    words = what_if(nurse, way="oral", dose="25")
    assert "Far too low for racemic ketamine that is swallowed" in words
    assert "7.7 ng/mL where 22.8 were measured" in words


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"dose": ""}, "A dose is needed, for example 35."),
        ({"dose": "35,5"}, "A number such as 72 or 72.5 is needed."),
        ({"dose": "5000"}, "A dose from 0.01 to 1000 is needed."),
        ({"minutes": ""}, "An infusion takes some minutes, for example 40."),
        ({"weight": "7"}, "A weight in kg from 25 to 400 is needed."),
        ({"way": "rectal"}, "Choose one of these."),
        ({"way": "nasal_device", "number": ""}, "A number is needed, for example 2."),
        ({"way": "nasal_device", "number": "2.5", "gap": "5"}, "A whole number is needed"),
        ({"way": "nasal_device", "number": "7", "gap": "5"}, "From 1 to 6 devices."),
        ({"way": "nasal_device", "number": "2"}, "The minutes between two are needed"),
        ({"unit": "pound"}, "Choose mg or mg/kg."),
    ],
)
def test_what_cannot_be_drawn_says_what_would_be_right(nurse, changed, says):
    words = what_if(nurse, **changed)
    assert says in words
    assert "<path" not in words.partition('id="answer"')[2]


@pytest.fixture
def order(patient, alice):
    return steps.signed_order(patient, alice)


def beside(client, order):
    answer = client.get(reverse("what_if_order", args=[order.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_signed_order_is_drawn_beside_itself(nurse, order):
    page = nurse.get(reverse("order", args=[order.pk])).content.decode()
    assert reverse("what_if_order", args=[order.pk]) in page
    words = beside(nurse, order)
    assert SENTENCE in words
    assert "35 mg intravenous infusion over 40 min, for a person of 70 kg" in words
    assert "Noted in the session" not in words


def test_what_was_noted_in_its_session_is_marked_without_a_claim(nurse, order, bob):
    session = steps.planned(order, bob)
    session.started_at = steps.START
    session.save()
    steps.SessionEntry.objects.create(
        session=session,
        sequence=1,
        kind="symptom",
        effective_at=steps.START + timedelta(minutes=18),
        recorded_at=steps.START + timedelta(minutes=18),
        author=bob,
        detail={"symptom": "nausea", "severity": "mild"},
    )
    words = beside(nurse, order)
    assert "18 min: Nausea, mild" in words
    assert "a mark says nothing of a cause" in words


def test_models_of_adults_draw_nothing_for_a_minor(nurse, order):
    patient = order.course.patient
    patient.birth_date = steps.START.date().replace(year=steps.START.year - 17)
    patient.save()
    assert "The models are of adults: nothing is drawn" in beside(nurse, order)


@pytest.mark.parametrize("page", ["model_fit", "what_if"])
def test_a_patient_does_not_see_them(signed_in, pat, page):
    assert signed_in(pat).get(reverse(page)).status_code == 403


def test_the_chapter_on_routes_leads_to_both_pages(nurse):
    words = nurse.get(reverse("chapter", args=["routes"])).content.decode()
    assert reverse("model_fit") in words
    assert reverse("what_if") in words
