"""Planning a session and calling it off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.log import plan_of
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import CHECK_IN, START, acting, planned, wrote

pytestmark = pytest.mark.django_db


def test_a_session_follows_the_usual_policies_unless_others_are_chosen(
    session: TreatmentSession,
) -> None:
    assert session.stopping == [
        "emory_s2", "pressure_high", "pressure_low", "heart_rate_limits", "breathing_limits",
        "spo2_92", "spo2_88", "sedation_call",
    ]  # fmt: skip
    assert (session.monitoring, session.starting) == ("emory_q10", "iv_start")
    assert session.leaving == "iv_recovery"


def test_sessions_of_a_course_are_counted_from_one(order: Order, bob: User) -> None:
    days = (START + timedelta(days=number) for number in range(3))
    assert [planned(order, bob, day).number for day in days] == [1, 2, 3]


def test_the_number_of_a_cancelled_last_session_is_free_again(order: Order, bob: User) -> None:
    planned(order, bob)
    later = START + timedelta(days=1)
    second = planned(order, bob, later)
    actions.cancel(acting(bob), session=second, reason="She has a cold", now=START)
    assert planned(order, bob, later).number == 2


def test_the_plan_is_what_the_order_says(order: Order) -> None:
    plan = plan_of(order)
    assert (plan.ordered_mg, plan.over_minutes) == (35, 40)
    assert str(plan.ordered_mg_per_kg) == "0.5"
    assert plan.weight_kg == 70


def test_a_dose_ordered_in_milligrams_has_no_dose_by_weight(order: Order) -> None:
    order.written["dose"] = {"value": "35", "unit": "mg"}
    assert plan_of(order).ordered_mg_per_kg is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"stopping": ["nothing_like_it"]}, "nothing_like_it"),
        ({"stopping": []}, "at least one stop rule"),
        ({"leaving": "emory_q10"}, "emory_q10"),
        ({"sitter": None}, "sit with the patient"),
    ],
)
def test_what_a_session_cannot_do_without_is_asked_for(
    order: Order, bob: User, more: dict[str, object], says: str
) -> None:
    with pytest.raises(RefusedError, match=says):
        planned(order, bob, **more)


def test_a_withdrawn_order_carries_no_session(order: Order, bob: User) -> None:
    order.withdrawn_at, order.withdrawn_reason = START, "Weight has changed"
    order.save()
    with pytest.raises(RefusedError, match="withdrawn"):
        planned(order, bob)


def test_a_course_that_ended_carries_no_session(order: Order, bob: User) -> None:
    order.course.ended_at, order.course.end_reason = START, "Remission"
    order.course.save()
    with pytest.raises(RefusedError, match="ended"):
        planned(order, bob)


def test_cancelling_needs_a_reason(session: TreatmentSession, bob: User) -> None:
    with pytest.raises(RefusedError, match="Say why"):
        actions.cancel(acting(bob), session=session, reason="  ", now=START)


def test_a_session_is_cancelled_once(session: TreatmentSession, bob: User) -> None:
    actions.cancel(acting(bob), session=session, reason="No escort", now=START)
    with pytest.raises(RefusedError, match="already cancelled"):
        actions.cancel(acting(bob), session=session, reason="No escort", now=START)


def test_a_session_with_entries_cannot_be_cancelled(session: TreatmentSession, bob: User) -> None:
    wrote(bob, session, START, CHECK_IN)
    with pytest.raises(RefusedError, match="has begun"):
        actions.cancel(acting(bob), session=session, reason="No escort", now=START)


def test_a_cancelled_session_takes_no_entries(session: TreatmentSession, bob: User) -> None:
    actions.cancel(acting(bob), session=session, reason="No escort", now=START)
    with pytest.raises(RefusedError, match="cancelled"):
        wrote(bob, session, START, CHECK_IN)


def test_a_therapist_plans_no_session(order: Order, tara: User) -> None:
    with pytest.raises(PermissionDenied):
        planned(order, tara)
