"""Nobody starts treatment under the chart of who has died, or one that another record replaces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.people.models import Patient
from tests.clinic.courses.steps import decided, signed, started, weighed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DIED = {"deceased": True, "deceased_on": date(2026, 10, 2)}
REPLACED = {"inactive": True, "replaced_by_number": "MRN-78"}
SAID = [
    (DIED, "The record says that this person has died on 2 Oct 2026."),
    ({"deceased": True}, "The record says that this person has died."),
    (REPLACED, "Another record takes the place of this one at its source: MRN-78."),
]


def said_of(patient: Patient, says: dict[str, Any]) -> None:
    Patient.objects.filter(pk=patient.pk).update(**says)
    patient.refresh_from_db()


@pytest.mark.parametrize(("says", "sentence"), SAID)
def test_no_course_starts(
    says: dict[str, Any], sentence: str, patient: Patient, alice: User
) -> None:
    decided(patient, alice)
    said_of(patient, says)
    with pytest.raises(RefusedError) as refused:
        started(patient, alice)
    assert refused.value.reasons == (sentence,)
    assert not patient.courses.exists()


@pytest.mark.parametrize(("says", "sentence"), SAID)
def test_no_order_is_signed_in_a_course_that_goes_on(
    says: dict[str, Any], sentence: str, patient: Patient, alice: User
) -> None:
    weighed(patient)
    decided(patient, alice)
    course = started(patient, alice)
    said_of(patient, says)
    course.refresh_from_db()
    with pytest.raises(RefusedError, match=sentence.replace(".", r"\.")):
        signed(course, alice)
    assert not Order.objects.exists()


def test_a_record_that_is_only_not_used_any_more_holds_nothing(
    patient: Patient, alice: User
) -> None:
    decided(patient, alice)
    said_of(patient, {"inactive": True})
    assert started(patient, alice).patient == patient


@pytest.mark.parametrize("page", ["patient", "screening", "course_new", "exposure"])
def test_every_page_of_the_chart_says_so_at_its_head(
    page: str, patient: Patient, alice: User, signed_in: SignIn
) -> None:
    said_of(patient, {**DIED, **REPLACED})
    told = signed_in(alice).get(reverse(page, args=[patient.pk])).content.decode()
    for sentence in (
        SAID[0][1],
        SAID[2][1],
        "Its source says that this record is no longer in use.",
    ):
        assert sentence in told
