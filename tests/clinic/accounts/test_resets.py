"""An owner who resets somebody's sign-in could sign as them: for a week it stands beside that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts import resets
from mooring.clinic.accounts.models import SignInReset
from mooring.clinic.screening.models import ScreeningDecision
from tests.clinic.screening.steps import answered, measured, sign
from tests.clinic.sessions.steps import (
    minute,
    planned,
    recovered,
    running,
    signature,
    signed_order,
    wrote,
)

pytestmark = pytest.mark.django_db
WORDS = "Sign-in was reset by O. Petrova"


def reset(user, olga, at):
    return SignInReset.objects.create(user=user, by=olga, what="password", at=at)


@pytest.mark.parametrize(
    ("days", "shown"), [(0, True), (6.99, True), (7.01, False), (-0.01, False)]
)
def test_it_stands_beside_what_is_signed_in_the_week_after(alice, olga, days, shown):
    at = timezone.now()
    reset(alice, olga, at)
    assert bool(resets.note(alice, at + timedelta(days=days))) is shown


def test_it_says_by_whom_and_when(alice, olga, bob):
    at = minute(0)
    reset(alice, olga, at)
    assert resets.note(alice, minute(60)) == f"{WORDS}, 2 Mar 2026, 10:00."
    assert resets.note(bob, minute(60)) == ""
    assert resets.note(None, minute(60)) == ""


def test_a_reset_on_the_server_says_so(alice):
    SignInReset.objects.create(user=alice, by=None, what="password", at=minute(0))
    assert "reset on the server" in resets.note(alice, minute(1))


def test_it_is_read_on_the_order_and_the_record_that_print(alice, bob, olga, patient, signed_in):
    for user in (alice, bob):
        reset(user, olga, minute(-60))
    order = signed_order(patient, alice)
    session = planned(order, bob)
    running(bob, session)
    recovered(bob, session)
    wrote(bob, session, minute(126), signature(bob))
    client = signed_in(alice)
    assert WORDS in client.get(reverse("order", args=[order.pk])).content.decode()
    record = client.get(reverse("session_record", args=[session.pk])).content.decode()
    assert record.count(WORDS) == 2, "the order's signature and the sign-off"


def test_it_is_read_beside_a_decision(alice, olga, patient, signed_in):
    reset(alice, olga, timezone.now())
    measured(patient)
    answered(patient, alice)
    client = signed_in(alice)
    sign(client, patient, "proceed")
    assert ScreeningDecision.objects.count() == 1
    page = client.get(reverse("screening", args=[patient.pk])).content.decode()
    assert WORDS in page
