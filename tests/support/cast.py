"""The fixed cast of people, as fixtures.

A conftest that wants them imports them by name (see tests/clinic/conftest.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from mooring.clinic.accounts.models import Clinic, User
    from mooring.clinic.people.models import Patient

PASSWORD = "seven lanterns on the quay"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def person(username: str, display_name: str, role: str | None, credential: str = "") -> User:
    """A person who signs in with PASSWORD and holds at most one role."""
    from mooring.clinic.accounts.models import RoleAssignment, User

    user: User = User.objects.create_user(
        username, password=PASSWORD, display_name=display_name, credential=credential
    )
    if role is not None:
        RoleAssignment.objects.create(user=user, role=role)
    return user


@pytest.fixture
def clinic_row(db: None) -> Clinic:
    """A demonstration clinic in London: demonstration, so that no second factor is asked for."""
    from mooring.clinic.accounts.clinic import forget
    from mooring.clinic.accounts.models import Clinic

    forget()
    return Clinic.objects.create(
        name="Harbour Clinic",
        time_zone="Europe/London",
        demonstration=True,
        crisis_text="If you might act on thoughts of harming yourself, call now.",
        crisis_phone="555-0100",
        emergency_phone="555-0199",
        idle_minutes=10,
        # A walk through many pages takes a slow machine longer than a person's five minutes.
        sign_minutes=60,
    )


@pytest.fixture
def alice(clinic_row: Clinic) -> User:
    """Prescriber."""
    return person("alice", "A. Lindqvist", "prescriber", "MD")


@pytest.fixture
def bob(clinic_row: Clinic) -> User:
    """Nurse."""
    return person("bob", "B. Okafor", "nurse", "RN")


@pytest.fixture
def charlie(clinic_row: Clinic) -> User:
    """Signs in, holds no role."""
    return person("charlie", "C. Dubois", None)


@pytest.fixture
def tara(clinic_row: Clinic) -> User:
    """Therapist."""
    return person("tara", "T. Nakamura", "therapist", "LCSW")


@pytest.fixture
def olga(clinic_row: Clinic) -> User:
    """Clinic owner."""
    return person("olga", "O. Petrova", "owner")


@pytest.fixture
def audrey(clinic_row: Clinic) -> User:
    """Auditor."""
    return person("audrey", "A. Mensah", "auditor")


@pytest.fixture
def ray(clinic_row: Clinic) -> User:
    """Researcher."""
    return person("ray", "R. Castellanos", "researcher")


@pytest.fixture
def pat(clinic_row: Clinic) -> User:
    """A patient who signs in; `pat.patient` is her record."""
    user = person("pat", "Pat Marsh", "patient")
    patient_record("Marsh", "Pat", identifier="H-0001", account=user)
    return user


@pytest.fixture
def patient(pat: User) -> Patient:
    """Pat's record."""
    return pat.patient


def patient_record(family_name: str, given_name: str, **more: object) -> Patient:
    """A patient record; `more` overrides what is otherwise filled in."""
    from mooring.clinic.people.models import Patient

    facts: dict[str, object] = {
        "birth_date": date(1981, 3, 12),
        "sex": "female",
        "identifier": f"H-{family_name}-{given_name}",
        "registered_at": NOON,
    }
    return Patient.objects.create(
        family_name=family_name, given_name=given_name, **{**facts, **more}
    )


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """`signed_in(alice)` is a test client in which she is signed in."""
    from django.test import Client

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
