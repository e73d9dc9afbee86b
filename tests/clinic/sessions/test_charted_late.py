"""What is charted late, dated back or taken back: it neither gets lost nor gets past a gate."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.accounts.models import Clinic, User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.sessions.gates import HeldError
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import (
    CHECK_IN,
    PUMP,
    START,
    minute,
    planned,
    ready_to_start,
    running,
    signature,
    wrote,
)
from tests.clinic.sessions.test_bedside_gates import (
    checked,
    device,
    devices,  # noqa: F401 - a fixture
    happened,
    reasons,
)

pytestmark = pytest.mark.django_db

COMPLETE = {"kind": "infusion_complete"}


def rate(milligrams: str) -> dict[str, str]:
    return {"kind": "infusion_rate", "rate_mg_per_minute": milligrams, "reason": "Vomiting"}


def second_session(order: Order, by: User, start: datetime) -> TreatmentSession:
    """Another session of the same patient, ready to start then although it was planned later."""
    session = planned(order, by, minute(180), room="Room 3")
    TreatmentSession.objects.filter(pk=session.pk).update(scheduled_at=start)
    session.refresh_from_db()
    ready_to_start(by, session, start)
    return session


@pytest.fixture
def over(session: TreatmentSession, bob: User) -> TreatmentSession:
    """An infusion of 40 minutes that is complete."""
    running(bob, session)
    wrote(bob, session, minute(40), COMPLETE)
    return session


def test_a_higher_rate_that_is_charted_after_the_end_counts_and_is_marked(
    over: TreatmentSession, bob: User
) -> None:
    row = wrote(bob, over, minute(20), happened(rate("2")), now=minute(50))
    assert "2 mg/min is faster than ordered" in row.detail["against"][0]["text"]
    assert read_view(over, minute(50)).given_mg == 20 * 2 + 20 * 35 / 40


@pytest.mark.parametrize("kind", ["infusion_pause", "infusion_stop"])
def test_a_pause_or_a_stop_of_a_tablet_that_was_offline_is_not_lost_by_the_end(
    over: TreatmentSession, bob: User, kind: str
) -> None:
    wrote(bob, over, minute(20), {"kind": kind, "reason": "Headache"}, now=minute(50))
    assert read_view(over, minute(50)).given_mg == 20 * 35 / 40


def test_drug_that_is_about_to_be_given_is_not_dated_back_before_the_end(
    over: TreatmentSession, bob: User
) -> None:
    with pytest.raises(RefusedError, match="the infusion has ended"):
        wrote(bob, over, minute(20), rate("0.9"), now=minute(50))


def test_a_lower_rate_is_not_held_by_an_order_that_was_withdrawn_meanwhile(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    Order.objects.update(withdrawn_at=minute(5), withdrawn_reason="Another plan")
    session.refresh_from_db()
    wrote(bob, session, minute(6), rate("0.4"))
    with pytest.raises(HeldError, match="withdrawn"):
        wrote(bob, session, minute(7), rate("0.5"))


def test_a_start_dated_back_before_that_of_another_session_waits_for_it(
    order: Order, session: TreatmentSession, bob: User
) -> None:
    other = second_session(order, bob, minute(-2))
    running(bob, session)
    with pytest.raises(HeldError, match="is still open and is signed first"):
        wrote(bob, other, minute(-1), PUMP, now=minute(3))
    row = wrote(bob, other, minute(-1), happened(PUMP), now=minute(3))
    assert row.detail["against"] == []


def test_a_start_dated_back_to_the_planned_day_waits_all_the_same(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    with pytest.raises(HeldError, match="planned for 2 Mar 2026, and this is 3 Mar"):
        wrote(bob, session, START, PUMP, now=minute(24 * 60))


def test_a_start_that_was_struck_does_not_come_back_beside_another_session(
    order: Order, session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    start = wrote(bob, session, START, PUMP)
    strike = {"kind": "correction", "corrects": str(start.pk), "reason": "Not started"}
    struck = wrote(bob, session, minute(1), strike)
    other = second_session(order, bob, minute(2))
    wrote(bob, other, minute(2), PUMP)
    back = {"kind": "correction", "corrects": str(struck.pk), "reason": "It was"}
    with pytest.raises(HeldError, match="is still open and is signed first"):
        wrote(bob, session, minute(3), back)


def test_a_signature_is_not_dated_before_the_end_of_the_drug(
    over: TreatmentSession, alice: User
) -> None:
    signed = signature(alice, override_reason="Goes to the ward")
    with pytest.raises(RefusedError, match="At that time the drug had not ended"):
        wrote(alice, over, minute(10), signed, now=minute(60))
    wrote(alice, over, minute(41), signed, now=minute(60))


@pytest.mark.parametrize("blank", [" ", "\n\t "])
def test_blanks_are_no_reason(over: TreatmentSession, alice: User, blank: str) -> None:
    note = wrote(alice, over, minute(41), {"kind": "note", "text": "Calm"})
    strike = {"kind": "correction", "corrects": str(note.pk), "reason": blank}
    for facts in (strike, signature(alice, override_reason=blank)):
        with pytest.raises(RefusedError, match="only blanks were typed"):
            wrote(alice, over, minute(42), facts)


def test_two_devices_are_as_far_apart_as_ordered_in_whichever_turn(
    devices: TreatmentSession,  # noqa: F811
    bob: User,
) -> None:
    wrote(bob, devices, START, device(2))
    with pytest.raises(HeldError) as held:
        wrote(bob, devices, START + timedelta(seconds=18), device(1))
    (said,) = reasons(held)
    assert said.startswith("Dose 1 comes 18 s after dose 2: the order has 5 min")
    wrote(bob, devices, minute(5), device(1))


def test_what_no_order_of_esketamine_may_hold_no_second_person_opens(
    devices: TreatmentSession,  # noqa: F811
    bob: User,
    alice: User,
) -> None:
    second = SecondPerson(alice, "She said so")
    with pytest.raises(HeldError, match="more than this policy ever accepts") as held:
        wrote(bob, devices, START, device(1, amount_mg="280"), second=second)
    assert not held.value.second_person
    wrote(bob, devices, START, device(1, amount_mg="56"), second=second)


def test_a_check_of_after_the_start_does_not_stand_with_it(
    session: TreatmentSession, bob: User
) -> None:
    Clinic.objects.update(vial_check_required=True)
    forget()
    ready_to_start(bob, session)
    checked(session.order, bob, "agrees", minute(10))
    row = wrote(bob, session, START, happened(PUMP), now=minute(11))
    assert row.detail["vial"] == "not checked"
    assert "Nothing was scanned" in row.detail["against"][0]["text"]


def test_a_check_of_the_session_before_does_not_stand_with_the_next_one(
    order: Order, session: TreatmentSession, bob: User
) -> None:
    checked(order, bob, "agrees", minute(-1))
    running(bob, session)
    other = second_session(order, bob, minute(60))
    row = wrote(bob, other, minute(60), happened(PUMP), now=minute(60))
    assert row.detail["vial"] == "not checked"


def test_in_a_course_that_has_ended_nothing_starts(session: TreatmentSession, bob: User) -> None:
    ready_to_start(bob, session)
    Course.objects.update(ended_at=minute(-3), end_reason="Moved away")
    session.refresh_from_db()
    with pytest.raises(HeldError, match="The course has ended") as held:
        wrote(bob, session, START, PUMP)
    assert not held.value.second_person


def test_what_was_given_before_its_course_ended_is_not_against_it(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    Course.objects.update(ended_at=minute(60), end_reason="Moved away")
    session.refresh_from_db()
    assert wrote(bob, session, START, happened(PUMP), now=minute(61)).detail["against"] == []


def test_a_check_in_is_not_corrected_into_a_time_to_come(
    session: TreatmentSession, bob: User
) -> None:
    row = wrote(bob, session, minute(-15), CHECK_IN)
    ate = {**CHECK_IN, "last_food_at": "2027-03-01T20:00:00Z"}
    correction = {"kind": "correction", "corrects": str(row.pk), "reason": "x", "replacement": ate}
    with pytest.raises(RefusedError, match="The time lies in the future"):
        wrote(bob, session, minute(-14), correction)


def test_a_nurse_does_not_strike_a_prescribers_decision_to_wait(
    session: TreatmentSession, bob: User, alice: User
) -> None:
    wrote(bob, session, minute(-15), {**CHECK_IN, "medicines_today": "lorazepam 2 mg"})
    holds = [hold for hold in read_view(session, minute(-14)).start_blockers if hold.fact]
    weighed = [{"hold": hold.id, "fact": hold.fact, "text": hold.text} for hold in holds]
    decision = {"kind": "prescriber_decision", "weighed": weighed, "reason": "She is awake"}
    wrote(alice, session, minute(-4), {**decision, "decision": "go_on"})
    wait = wrote(alice, session, minute(-3), {**decision, "decision": "wait"})
    strike = {"kind": "correction", "corrects": str(wait.pk), "reason": "Typing slip"}
    with pytest.raises(RefusedError, match="decision is struck by a prescriber"):
        wrote(bob, session, minute(-2), strike)
    wrote(alice, session, minute(-2), strike)


def test_the_check_of_one_device_does_not_stand_with_the_next(
    devices: TreatmentSession,  # noqa: F811
    bob: User,
) -> None:
    checked(devices.order, bob, "agrees", minute(-1), product="esketamine_nasal_device_28")
    assert wrote(bob, devices, START, device(1)).detail["vial"] == "checked, agrees"
    checked(devices.order, bob, "unread", minute(4))
    with pytest.raises(HeldError, match="was not read as a code"):
        wrote(bob, devices, minute(5), device(2))
    second = wrote(bob, devices, minute(5), happened(device(2)))
    assert second.detail["vial"] == "checked, not read as a code"


@pytest.mark.parametrize(
    ("serials", "vial"), [(("1", "2"), "checked, agrees"), (("1", "1"), "not checked")]
)
def test_who_checks_both_devices_beforehand_has_checked_each(
    devices: TreatmentSession,  # noqa: F811
    bob: User,
    serials: tuple[str, str],
    vial: str,
) -> None:
    for serial in serials:
        facts = {"product": "esketamine_nasal_device_28", "serial": serial}
        checked(devices.order, bob, "agrees", minute(-1), **facts)
    wrote(bob, devices, START, device(1))
    assert wrote(bob, devices, minute(5), device(2)).detail["vial"] == vial


def test_a_second_drug_on_one_day_is_held_as_on_the_order_form(
    order: Order,
    devices: TreatmentSession,  # noqa: F811
    bob: User,
    alice: User,
) -> None:
    """Both orders were signed before either was given."""
    wrote(bob, devices, START, device(1))
    wrote(bob, devices, minute(5), device(2))
    wrote(alice, devices, minute(130), signature(alice, override_reason="Goes to the ward"))
    session = planned(order, bob, minute(240))
    ready_to_start(bob, session, minute(240))
    with pytest.raises(HeldError, match="Given before on the same day: esKETAmine") as held:
        wrote(bob, session, minute(240), PUMP)
    assert held.value.second_person
    opened = SecondPerson(alice, "She did not inhale either device")
    wrote(bob, session, minute(240), PUMP, second=opened)
    wrote(bob, session, minute(245), rate("0.5"))
