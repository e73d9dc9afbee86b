"""Steps that the screening tests share."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.people.lists import asked_list, say_of_list
from mooring.clinic.people.models import BloodPressure, ListName, Measurement, Patient
from mooring.clinic.screening.actions import answer
from tests.support.clinical import NOTHING_FOUND

# One answer a question with which nothing of the interview by vein holds.
NOTHING_HOLDS = {
    question: "2" if question == "antidepressant-trials" else value
    for question, value in NOTHING_FOUND.items()
    if question != "rems-enrolled"
}


def actor(user: User) -> Actor:
    return Actor(name=str(user), roles=user.roles, user=user)


def measured(patient: Patient, systolic: int = 122, diastolic: int = 78) -> None:
    """A weight and a blood pressure of today."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "patient": patient,
        "taken_at": now,
        "origin": "a test",
        "recorded_at": now,
    }
    Measurement.objects.create(code="weight", value=70, unit="kg", **facts)
    BloodPressure.objects.create(systolic=systolic, diastolic=diastolic, **facts)


def answered(patient: Patient, by: User, **changes: str) -> None:
    """The whole interview, with nothing that holds but for the changes."""
    values = {**NOTHING_HOLDS, **{name.replace("_", "-"): v for name, v in changes.items()}}
    for question, value in values.items():
        answer(
            actor(by),
            patient=patient,
            question=question,
            value=value,
            detail="in words",
            now=timezone.now(),
        )
    none_on_the_lists(patient, by)


def none_on_the_lists(patient: Patient, by: User) -> None:
    """Medicines and allergies asked; a list that holds something answers by itself."""
    for name in ListName:
        if not asked_list(patient, name).asked:
            say_of_list(actor(by), patient=patient, name=name, none=True, now=timezone.now())


def shown(client: Client, patient: Patient) -> str:
    page = client.get(reverse("screening", args=[patient.pk]))
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def seen_in(told: str) -> str:
    found = re.search(r'name="seen" value="(\w{64})"', told)
    assert found is not None
    return found[1]


def sign(client: Client, patient: Patient, signed: str, **changes: str) -> tuple[int, str]:
    """Open the page, sign what is on it; the status and page that come back."""
    seen = seen_in(shown(client, patient))
    values = {"decision": signed, "reason": "Discussed.", "seen": seen, **changes}
    page = client.post(reverse("screening_decide", args=[patient.pk]), values)
    return page.status_code, html.unescape(page.content.decode())
