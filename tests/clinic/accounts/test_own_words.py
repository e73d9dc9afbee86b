"""A password of the clinic's own words is guessed first, so it is not taken."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mooring.clinic.accounts.clinic import forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(clinic_row):
    clinic_row.name = "Harbour Clinic of the Quay"
    clinic_row.save()
    forget()
    return clinic_row


@pytest.mark.parametrize(
    "password",
    [
        "mooringmooring",
        "Ketamine-2026!",
        "KetamineClinic1",
        "HarbourQuay12",
        "nurse-nurse-nurse",
        "infusion1234567",
        "welcomeprescriber",
    ],
)
def test_a_password_that_is_little_more_than_such_words_is_refused(clinic, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "guessed first" in " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password",
    [
        "harbour-at-dawn",  # eight characters beside the clinic's word
        "seven lanterns on the quay",
        "three ketamine-coloured boats",
        "of the of the of the",  # short words of the name count as any others
        "twelve letters",
    ],
)
def test_a_password_with_enough_beside_them_is_taken(clinic, password):
    validate_password(password)


def test_an_owner_reads_why_at_its_field(clinic, olga, signed_in):
    answer = signed_in(olga).post(
        "/staff/",
        {"display_name": "N. Weak", "username": "weak", "roles": ["nurse"],
         "password": "ketamineclinic"},
    )  # fmt: skip
    assert "are guessed first. Add at least 8 characters" in answer.content.decode()
