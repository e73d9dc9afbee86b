"""The screening page: the verdict first, its findings below, the other side beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.people.models import Condition, Patient
from mooring.clinic.screening.actions import answer
from mooring.clinic.screening.standing import fingerprint, screen
from mooring.core.protocols.screening import Tier
from tests.clinic.screening.steps import (
    actor,
    answered,
    measured,
    shown,
)

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("door", ["screening", "screening_answer", "screening_decide"])
@pytest.mark.parametrize("who", ["charlie", "olga", "audrey", "ray", "pat"])
def test_who_has_no_part_in_care_sees_no_screening(
    door: str, who: str, signed_in: SignIn, patient: Patient, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    for page in (
        client.get(reverse(door, args=[patient.pk])),
        client.post(reverse(door, args=[patient.pk])),
    ):
        assert page.status_code in (403, 405)
        assert b"H-0001" not in page.content


def test_an_empty_chart_cannot_start_and_says_what_is_missing(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    told = shown(signed_in(alice), patient)
    # 19 questions, a blood pressure and a weight
    assert "Cannot start: 23 unanswered" in told
    assert "Not answered: Is the patient pregnant?" in told
    assert f"{reverse('screening_answer', args=[patient.pk])}#q-pregnancy" in told
    assert reverse("record_add", args=[patient.pk, "blood_pressure"]) in told


def test_each_finding_shows_what_triggered_it_its_claims_and_the_other_side(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    Condition.objects.create(
        patient=patient,
        system="http://snomed.info/sct",
        code="38341003",
        text="Hypertension",
        status="active",
        since=date(2005, 7, 29),
        origin="import Liz.json",
        recorded_at=timezone.now(),
    )
    told = shown(signed_in(alice), patient)
    assert "Hypertension, active since 29 Jul 2005 (import Liz.json)" in told
    assert reverse("claim", args=["S5.17"]) in told
    assert "The other side" in told
    assert reverse("disagreement", args=["D14"]) in told
    order = [
        told.index(words) for words in ("Cannot start", "Needs evaluation:", "Not answered or")
    ]
    assert order == sorted(order)
    assert told.index('id="decision"') > max(order)


def test_the_fingerprint_follows_the_findings(patient: Patient, alice: User) -> None:
    day = date(2026, 3, 2)
    before = fingerprint(screen(patient, day))
    assert fingerprint(screen(patient, day)) == before
    answer(
        actor(alice),
        patient=patient,
        question="stroke",
        value="no",
        now=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert fingerprint(screen(patient, day)) != before


def test_a_pressure_over_the_limit_blocks(signed_in: SignIn, alice: User, patient: Patient) -> None:
    measured(patient, 192, 104)
    answered(patient, alice)
    screening = screen(patient, clinic_day(timezone.now()))
    assert [one.rule for one in screening.of(Tier.BLOCK)] == ["blood-pressure-very-high"]
    assert "Cannot start: 1 blocking finding" in shown(signed_in(alice), patient)


def test_screening_of_nobody_is_not_found(signed_in: SignIn, alice: User) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    for door in ("screening", "screening_answer"):
        assert signed_in(alice).get(reverse(door, args=[nobody])).status_code == 404
    assert signed_in(alice).post(reverse("screening_decide", args=[nobody])).status_code == 404
