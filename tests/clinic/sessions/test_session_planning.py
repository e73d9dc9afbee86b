"""Planning asks about what clashes and keeps what is agreed; rules belong to drug and route."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.sitting import by_route, set_sitter_limit
from mooring.clinic.sessions.usual import STOPPING
from mooring.core.drugs.drug import Route
from tests.clinic.handbook.reading import text_of
from tests.clinic.sessions.steps import (
    PUMP,
    START,
    acting,
    minute,
    planned,
    ready_to_start,
    running,
    signed_order,
    wrote,
)
from tests.support.behind import save_behind
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
WITHOUT_SPO2 = [name for name in STOPPING if name != "spo2_92"]


@pytest.fixture
def nurse(signed_in: SignedIn, bob: User) -> Client:
    """Bob's browser."""
    return signed_in(bob)


@pytest.fixture
def prescriber(signed_in: SignedIn, alice: User) -> Client:
    """Alice's browser."""
    return signed_in(alice)


@pytest.fixture
def other(alice: User) -> Order:
    """An order of another patient's."""
    return signed_order(patient_record("Reed", "Sam"), alice)


def typed(order: Order, sitter: User, at: str, **more: Any) -> dict[str, Any]:
    """What the planning form sends."""
    return {
        "order": str(order.pk), "scheduled_at": at, "room": "Room 1", "sitter": str(sitter.pk),
        **more,
    }  # fmt: skip


@pytest.mark.parametrize("minutes", [0, 20, 119, -119])
def test_a_patient_is_not_planned_twice_at_one_time(
    session: TreatmentSession, order: Order, bob: User, minutes: int
) -> None:
    with pytest.raises(RefusedError, match="has a session at that time already: session 1"):
        planned(order, bob, minute(minutes), clash_reason="Because")


def test_after_the_time_that_leaving_needs_the_patient_can_be_planned_again(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    assert planned(order, bob, minute(120)).number == 2


def test_a_cancelled_session_takes_no_time(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    actions.cancel(acting(bob), session=session, reason="No escort", now=START)
    assert planned(order, bob).number == 1


def test_a_room_that_is_taken_is_asked_about_and_the_reason_kept(
    session: TreatmentSession, other: Order, bob: User, tara: User
) -> None:
    with pytest.raises(RefusedError, match="Room 2 is taken then: Marsh, Pat") as refused:
        planned(other, bob, sitter=tara, room="room 2")
    assert refused.value.field == "clash_reason"
    made = planned(other, bob, sitter=tara, room="room 2", clash_reason="Two beds stand in it")
    (kept,) = made.plan_changes
    assert kept["reason"] == "Two beds stand in it"
    assert kept["by"] == "B. Okafor"
    assert "Room 2 is taken then" in kept["what"]


def test_a_sitter_has_one_patient_unless_the_clinic_says_more(
    session: TreatmentSession, other: Order, bob: User, olga: User
) -> None:
    with pytest.raises(RefusedError, match="sits with another patient then: Marsh, Pat"):
        planned(other, bob, room="Room 3")
    set_sitter_limit(
        acting(olga), route=other.route, patients=2, reason="Glass wall between", now=START
    )
    assert planned(other, bob, room="Room 3").plan_changes == []


def test_a_group_follows_its_own_rule(
    session: TreatmentSession, order: Order, other: Order, bob: User
) -> None:
    for one in (order, other):
        one.course.regimen = "sublingual_group"
        save_behind(one.course)
    assert planned(other, bob).plan_changes == []


def test_the_form_asks_for_the_reason_and_the_second_press_plans_it(
    session: TreatmentSession, other: Order, bob: User, nurse: Client
) -> None:
    url = reverse("session_new", args=[other.course_id])
    sent = typed(other, bob, "2026-03-02T10:30")
    first = nurse.post(url, sent)
    assert first.status_code == 422
    assert "sits with another patient then: Marsh, Pat, 2 Mar, 10:00" in text_of(first)
    assert 'name="clash_reason"' in first.content.decode()
    assert nurse.post(url, {**sent, "clash_reason": "Both doze"}).status_code == 302


def test_only_the_owner_sets_how_many_patients_a_sitter_has(
    bob: User, signed_in: SignedIn, olga: User
) -> None:
    with pytest.raises(PermissionDenied):
        set_sitter_limit(acting(bob), route="oral", patients=2, reason="More", now=START)
    owner, url = signed_in(olga), reverse("sitters")
    sent = {"route": "oral", "patients": "7", "reason": "A large room"}
    assert owner.post(url, sent).status_code == 422
    assert owner.post(url, {**sent, "patients": "2"}).status_code == 302
    assert by_route(Route.ORAL) == 2
    assert "A large room" in text_of(owner.get(url))


def test_a_rule_of_the_drug_and_route_is_not_left_out_by_a_nurse(order: Order, bob: User) -> None:
    for more in ({"stopping": WITHOUT_SPO2}, {"monitoring": "szarmach_times"}):
        with pytest.raises(RefusedError, match="Only a prescriber leaves out a rule"):
            planned(order, bob, rules_reason="Probe is broken", **more)


def test_a_prescriber_leaves_one_out_with_a_reason(order: Order, alice: User, bob: User) -> None:
    facts: dict[str, Any] = {"sitter": bob, "stopping": WITHOUT_SPO2}
    with pytest.raises(RefusedError, match="Say why this does not run"):
        planned(order, alice, **facts)
    made = planned(order, alice, **facts, rules_reason="Nail varnish")
    (out,) = made.left_out
    assert (out["rule"], out["by"]) == ("stopping/spo2_92", str(alice))
    running(bob, made)
    made.refresh_from_db()
    assert made.stopping == WITHOUT_SPO2


@pytest.mark.parametrize("page", ["session", "session_live", "session_record", "sessions", "today"])
def test_what_does_not_run_is_said_all_the_time(
    order: Order, alice: User, bob: User, nurse: Client, page: str
) -> None:
    made = planned(order, alice, sitter=bob, stopping=WITHOUT_SPO2, rules_reason="Nail varnish")
    running(bob, made)
    address = reverse(
        page, args=[made.pk] if page.startswith("session_") or page == "session" else []
    )
    (out,) = made.left_out
    assert out["title"] in text_of(nurse.get(address))


def test_the_form_offers_no_rule_to_untick_but_to_a_prescriber(
    order: Order, bob: User, nurse: Client, prescriber: Client
) -> None:
    url = reverse("session_new", args=[order.course_id])
    assert 'name="leave_out"' not in nurse.get(url).content.decode()
    assert 'name="leave_out"' in prescriber.get(url).content.decode()
    forged = typed(order, bob, "2026-03-02T10:00", leave_out="spo2_92", rules_reason="No probe")
    assert nurse.post(url, forged).status_code == 302
    assert TreatmentSession.objects.get().left_out == []


def test_the_prescribers_form_keeps_the_rule_left_out_with_the_reason(
    order: Order, bob: User, prescriber: Client
) -> None:
    url = reverse("session_new", args=[order.course_id])
    sent = typed(order, bob, "2026-03-02T10:00", leave_out="spo2_92", monitoring="szarmach_times")
    assert prescriber.post(url, sent).status_code == 422
    assert prescriber.post(url, {**sent, "rules_reason": "A study"}).status_code == 302
    made = TreatmentSession.objects.get()
    assert [each["rule"] for each in made.left_out] == ["stopping/spo2_92", "monitoring/emory_q10"]
    assert made.left_out[1]["instead"] == "szarmach_times"


def test_a_rule_that_came_to_belong_after_the_planning_runs_as_well(
    order: Order, bob: User
) -> None:
    made = planned(order, bob)
    TreatmentSession.objects.update(stopping=["emory_s2"])
    made.refresh_from_db()
    running(bob, made)
    made.refresh_from_db()
    assert set(made.stopping) == set(STOPPING)


def move_to(nurse: Client, session: TreatmentSession, **more: Any) -> Any:
    """What the page for moving sends."""
    sent = {
        "scheduled_at": "2026-03-05T14:00", "room": "Room 3", "sitter": str(session.sitter_id),
        "reason": "The lift is out of order", **more,
    }  # fmt: skip
    return nurse.post(reverse("session_move", args=[session.pk]), sent)


def test_a_move_keeps_from_to_and_why_in_the_audit(
    session: TreatmentSession, nurse: Client
) -> None:
    assert move_to(nurse, session).status_code == 302
    session.refresh_from_db()
    assert (session.room, session.scheduled_at) == ("Room 3", START + timedelta(days=3, hours=4))
    row = AuditRow.objects.get(action="sessions.moved")
    detail = json.loads(row.body)["detail"]
    assert "from 2 Mar, 10:00, Room 2" in detail
    assert "to 5 Mar, 14:00, Room 3" in detail
    assert "The lift is out of order" in detail


def test_a_move_needs_a_reason_and_asks_about_clashes(
    session: TreatmentSession, other: Order, bob: User, nurse: Client
) -> None:
    planned(other, bob, START + timedelta(days=3, hours=4), room="Room 3")
    assert move_to(nurse, session, reason="").status_code == 422
    asked = move_to(nurse, session)
    assert asked.status_code == 422
    assert "Room 3 is taken then: Reed, Sam" in text_of(asked)
    assert move_to(nurse, session, clash_reason="Two beds").status_code == 302


def test_a_move_within_its_own_time_does_not_clash_with_itself(
    session: TreatmentSession, nurse: Client
) -> None:
    again = {"scheduled_at": "2026-03-02T10:30", "room": "Room 2"}
    assert move_to(nurse, session, **again).status_code == 302


def test_what_has_started_or_is_cancelled_is_not_moved(
    session: TreatmentSession, order: Order, bob: User, nurse: Client
) -> None:
    running(bob, session)
    assert "has started" in text_of(move_to(nurse, session))
    later = planned(order, bob, START + timedelta(days=1))
    actions.cancel(acting(bob), session=later, reason="No escort", now=START)
    assert "is cancelled" in text_of(move_to(nurse, later))


@pytest.mark.parametrize("page", ["session", "sessions", "today"])
def test_moving_and_cancelling_are_reached_from_the_page_the_list_and_today(
    order: Order, bob: User, nurse: Client, page: str
) -> None:
    from django.utils import timezone

    made = planned(order, bob, timezone.now())
    html = nurse.get(reverse(page, args=[made.pk] if page == "session" else [])).content.decode()
    for action in ("session_move", "session_cancel"):
        assert f'href="{reverse(action, args=[made.pk])}"' in html


def test_a_therapist_moves_nothing(
    session: TreatmentSession, signed_in: SignedIn, tara: User
) -> None:
    assert move_to(signed_in(tara), session).status_code == 403


def test_a_hint_carries_a_bounded_part_of_the_log_and_the_rest_when_asked_for(
    session: TreatmentSession, bob: User, nurse: Client
) -> None:
    running(bob, session)
    live, log = (reverse(page, args=[session.pk]) for page in ("session_live", "session_log"))
    lengths = []
    for number in range(1, 41):
        wrote(bob, session, minute(number / 4), {"kind": "note", "text": f"Note {number:03}"})
        if number in (20, 40):
            lengths.append(len(nurse.get(live).content))
    assert lengths[1] - lengths[0] < 100
    newest, older = nurse.get(live).content.decode(), nurse.get(log).content.decode()
    assert "Note 040" in newest
    assert "Note 001" not in newest
    assert "Note 001" in older
    assert "Note 040" not in older
    assert "Note 001" in text_of(nurse.get(reverse("session_record", args=[session.pk])))


def test_an_entry_written_late_is_among_the_newest_whatever_time_it_speaks_of(
    session: TreatmentSession, bob: User, nurse: Client
) -> None:
    running(bob, session)
    for number in range(1, 21):
        wrote(bob, session, minute(number), {"kind": "note", "text": f"Note {number:03}"})
    wrote(bob, session, minute(-3), {"kind": "note", "text": "Forgotten"}, now=minute(21))
    assert "Forgotten" in nurse.get(reverse("session_live", args=[session.pk])).content.decode()


def test_a_sitter_whose_patient_needs_one_alone_has_no_group_beside(
    session: TreatmentSession, other: Order, bob: User
) -> None:
    other.course.regimen = "sublingual_group"
    save_behind(other.course)
    with pytest.raises(RefusedError, match="lets a sitter have 1 at a time"):
        planned(other, bob, room="Room 3")


def test_a_group_is_not_made_larger_by_a_second_sitter(order: Order, bob: User, tara: User) -> None:
    order.course.regimen = "sublingual_group"
    save_behind(order.course)
    for number in range(6):
        member = signed_order(patient_record("Reed", f"Sam {number}"), order.signed_by)
        member.course.regimen = "sublingual_group"
        save_behind(member.course)
        planned(member, bob)
    with pytest.raises(RefusedError, match="holds a group of 6 then, the most"):
        planned(order, bob, sitter=tara, room="room  2")


def test_a_session_that_began_on_another_day_than_planned_takes_its_own_time(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    day = minute(24 * 60)
    ready_to_start(bob, session, day)
    wrote(bob, session, day, {**PUMP, "timing": "has_happened"})
    with pytest.raises(RefusedError, match="has a session at that time already"):
        planned(order, bob, day)
