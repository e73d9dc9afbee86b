"""One open session a patient, on its day: a second start is held, and shown where it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.handbook.reading import text_of
from tests.clinic.sessions.steps import (
    CHECK_IN,
    PUMP,
    START,
    minute,
    planned,
    ready_to_start,
    recovered,
    running,
    signature,
    wrote,
)
from tests.support.behind import update_behind
from tests.support.clinical import half_a_milligram

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
NEXT = START + timedelta(days=2)


@pytest.fixture
def nurse(signed_in: SignedIn, bob: User) -> Client:
    """Bob's browser."""
    return signed_in(bob)


@pytest.fixture
def second(session: TreatmentSession, order: Order, bob: User) -> TreatmentSession:
    """The next session, two days later."""
    return planned(order, bob, NEXT)


def test_a_second_session_does_not_start_while_the_first_is_open(
    session: TreatmentSession, second: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    ready_to_start(bob, second, NEXT)
    with pytest.raises(RefusedError, match="Session 1, started 2 Mar, 10:00, is still open"):
        wrote(bob, second, NEXT, PUMP)


def test_it_starts_once_the_first_is_signed(
    session: TreatmentSession, second: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    wrote(bob, session, recovered(bob, session), signature(bob))
    running(bob, second, NEXT)
    second.refresh_from_db()
    assert second.started_at == NEXT


def test_the_bedside_says_so_before_the_act_and_leads_to_the_open_one(
    session: TreatmentSession, second: TreatmentSession, bob: User, nurse: Client
) -> None:
    running(bob, session)
    page = nurse.get(reverse("session", args=[second.pk]))
    assert "Session 1, started 2 Mar, 10:00, is still open" in text_of(page)
    assert f'href="{reverse("session", args=[session.pk])}"' in page.content.decode()


def test_what_runs_stands_first_on_today_and_in_the_list_whatever_day_it_was_planned_for(
    order: Order, bob: User, nurse: Client
) -> None:
    now = timezone.now()
    began, ahead = now - timedelta(days=3), now + timedelta(days=3)
    update_behind(Order.objects.all(), **half_a_milligram(began.date()))
    early, late = planned(order, bob, began), planned(order, bob, ahead)
    running(bob, early, began)
    TreatmentSession.objects.filter(pk=late.pk).update(started_at=now - timedelta(minutes=5))
    listed = nurse.get(reverse("sessions")).context["running"]
    assert [row.pk for row in listed] == [early.pk, late.pk]
    today = nurse.get(reverse("today")).content.decode()
    assert today.index("In a session now") < today.index(str(early.pk)) < today.index("To come")


def test_a_start_on_another_day_is_asked_about(
    session: TreatmentSession, bob: User, nurse: Client
) -> None:
    ready_to_start(bob, session, NEXT)
    with pytest.raises(RefusedError, match="planned for 2 Mar 2026, and this is 4 Mar 2026"):
        wrote(bob, session, NEXT, PUMP)
    page = nurse.get(reverse("session", args=[session.pk])).content.decode()
    assert f"{reverse('session_move', args=[session.pk])}?to=now" in page


def test_moved_to_the_day_with_a_reason_it_starts_and_its_record_says_so(
    session: TreatmentSession, bob: User, nurse: Client
) -> None:
    ready_to_start(bob, session, NEXT)
    sent = {
        "scheduled_at": "2026-03-04T10:00", "room": "Room 2", "sitter": str(bob.pk),
        "reason": "She had a cold on Monday",
    }  # fmt: skip
    assert nurse.post(reverse("session_move", args=[session.pk]), sent).status_code == 302
    wrote(bob, session, NEXT, PUMP)
    record = text_of(nurse.get(reverse("session_record", args=[session.pk])))
    moved = "Moved from 2 Mar, 10:00, Room 2, sitter B. Okafor to 4 Mar, 10:00, Room 2"
    assert moved in record
    assert "She had a cold on Monday" in record


def test_a_check_in_is_taken_whatever_else_is_open(
    session: TreatmentSession, second: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    wrote(bob, second, minute(10), CHECK_IN)
    assert second.entries.count() == 1
