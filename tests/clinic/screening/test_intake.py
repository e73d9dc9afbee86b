"""What the interview measures and lists beside its questions, on the same page."""

from __future__ import annotations

import html
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.lists import asked_list
from mooring.clinic.people.models import (
    Allergy,
    BloodPressure,
    ListName,
    ListStatement,
    Measurement,
    Medication,
)
from mooring.clinic.screening.models import InterviewAnswer
from tests.clinic.courses.steps import weighed

WEIGHT = {"weight-value": "70.5", "weight-unit": "kg", "weight-method": "weighed"}
PRESSURE = {"pressure-systolic": "122", "pressure-diastolic": "78"}


@pytest.fixture
def post(signed_in, bob, patient):
    """What the interview's form sends, by the nurse; the status and the page."""

    def sent(**facts):
        fields = {name.replace("__", "-"): value for name, value in facts.items()}
        answer = signed_in(bob).post(reverse("screening_answer", args=[patient.pk]), fields)
        return answer.status_code, html.unescape(answer.content.decode())

    return sent


def test_a_first_visit_is_one_page(post, patient):
    status, _ = post(
        **WEIGHT,
        **PRESSURE,
        medications__entries="sertraline 100 mg\r\n\r\nlorazepam 1 mg, at night\r\n",
        allergies__none="on",
        **{"answer.stroke": "no"},
    )
    assert status == 302
    weight, pressure = Measurement.objects.get(), BloodPressure.objects.get()
    assert (weight.value, weight.unit, weight.method) == (70.5, "kg", "weighed")
    assert (pressure.systolic, pressure.diastolic) == (122, 78)
    texts = set(Medication.objects.values_list("text", "status"))
    assert texts == {("sertraline 100 mg", "active"), ("lorazepam 1 mg, at night", "active")}
    assert asked_list(patient, ListName.ALLERGIES).none
    assert InterviewAnswer.objects.count() == 1
    written = set(AuditRow.objects.values_list("action", flat=True))
    assert {"people.add_coded", "people.say_of_list", "people.add_blood_pressure"} <= written


def test_left_empty_it_writes_nothing(post):
    assert post(**{"weight-unit": "kg", "answer.stroke": "no"})[0] == 302
    assert not Measurement.objects.exists()
    assert not ListStatement.objects.exists()


def test_pounds_are_pounds(post):
    post(**{**WEIGHT, "weight-value": "154", "weight-unit": "lb"})
    assert Measurement.objects.get().value == Decimal("69.853")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"weight-value": "70", "weight-unit": "kg"}, "Say how the weight was found."),
        ({**WEIGHT, "weight-value": ""}, "Enter the weight."),
        ({**WEIGHT, "weight-value": "70,5"}, "A number such as 72 or 72.5 is needed."),
        ({"pressure-systolic": "122"}, "This field is required."),
        ({"pressure-systolic": "78", "pressure-diastolic": "122"}, "Not saved yet"),
        (
            {"medications-entries": "sertraline", "medications-none": "on"},
            "Either there are none, or they are on the list.",
        ),
        ({"allergies-entries": "x" * 501}, "At most 500 characters a line"),
        ({"allergies-entries": "none"}, "Say instead that there are none."),
    ],
)
def test_what_cannot_be_saved_is_asked_again_and_holds_up_nothing_else(post, typed, says):
    status, page = post(**typed, **{"answer.stroke": "no"})
    assert status == 409
    assert says in page
    assert "1 not saved yet; the rest is saved" in page
    assert InterviewAnswer.objects.count() == 1
    for kind in (Measurement, BloodPressure, Medication, Allergy, ListStatement):
        assert not kind.objects.exists()


def test_a_weight_far_from_the_last_is_asked_about_once_more(post, patient):
    weighed(patient, "100", at=timezone.now())
    status, page = post(**WEIGHT)
    assert status == 409
    assert "I checked the number and its unit again" in page
    assert post(**WEIGHT, **{"weight-doubt_settled": "on"})[0] == 302
    assert Measurement.objects.count() == 2


def test_a_list_that_holds_something_can_be_said_to_be_complete(post, patient, bob):
    post(**{"medications-entries": "sertraline 100 mg"})
    assert post(**{"medications-complete": "on"})[0] == 302
    said = ListStatement.objects.get()
    assert (said.list, said.none, said.said_by) == ("medications", False, bob)


def test_a_form_sent_twice_enters_nothing_twice(post):
    for _ in range(2):
        post(**{"medications-entries": "Sertraline 100 mg"})
    assert Medication.objects.count() == 1


def test_who_may_not_change_the_record_is_shown_no_panels_and_writes_nothing(
    signed_in, tara, patient
):
    address = reverse("screening_answer", args=[patient.pk])
    client = signed_in(tara)
    assert "weight-value" not in client.get(address).content.decode()
    assert client.post(address, WEIGHT).status_code == 302
    assert not Measurement.objects.exists()
