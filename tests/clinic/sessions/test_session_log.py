"""The log of a session: written once, in order, as far as the session allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import uuid_utils.compat
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.log import columns, content_of, read_view
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.core.session.entries import Reading, Sedation
from mooring.core.session.view import Phase
from tests.clinic.sessions.steps import (
    BASELINE,
    CHECK_IN,
    PADSS,
    PUMP,
    START,
    acting,
    content,
    measured,
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


def test_entries_are_numbered_without_gaps(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    assert list(session.entries.values_list("sequence", flat=True)) == [1, 2, 3, 4]


def test_vital_signs_have_columns_of_their_own(session: TreatmentSession, bob: User) -> None:
    row = wrote(bob, session, START, BASELINE)
    row.refresh_from_db()
    assert (row.systolic, row.diastolic, row.heart_rate, row.spo2) == (120, 78, 72, 98)
    assert set(row.detail) == {"position", "oxygen_litres_per_minute", "origin"}


@pytest.mark.parametrize(
    "facts",
    [
        CHECK_IN,
        BASELINE,
        PUMP,
        PADSS,
        {"kind": "sedation", "moaas": 0},
        {"kind": "symptom", "symptom": "nausea", "severity": "none"},
        {"kind": "reading", "spo2": 91, "oxygen_litres_per_minute": "2.5"},
        {"kind": "note", "text": "Zoë hört Musik – ruhig 🌊"},
        {
            "kind": "correction",
            "corrects": "018f3c5e-0000-7000-8000-000000000001",
            "reason": "Typing slip",
            "replacement": {"kind": "reading", "systolic": 130, "diastolic": 80},
            "replacement_effective_at": "2026-03-02T09:00:00Z",
        },
    ],
    ids=lambda facts: facts["kind"],
)
def test_what_is_read_back_is_what_was_written(
    session: TreatmentSession, bob: User, facts: dict[str, object]
) -> None:
    row = SessionEntry.objects.create(
        session=session, sequence=1, author=bob, effective_at=START, recorded_at=START,
        **columns(content(**facts)),
    )  # fmt: skip
    assert content_of(SessionEntry.objects.get(pk=row.pk)) == content(**facts)


@given(
    heart_rate=st.none() | st.integers(0, 300),
    spo2=st.integers(0, 100),
    respiratory_rate=st.none() | st.integers(0, 80),
)
def test_an_unmeasured_value_stays_unknown(
    heart_rate: int | None, spo2: int, respiratory_rate: int | None
) -> None:
    reading = Reading(heart_rate=heart_rate, spo2=spo2, respiratory_rate=respiratory_rate)
    assert content_of(SessionEntry(**columns(reading))) == reading


def test_a_score_of_zero_is_not_unknown() -> None:
    assert content_of(SessionEntry(**columns(Sedation(moaas=0)))) == Sedation(moaas=0)


def test_the_same_entry_sent_twice_is_stored_once(session: TreatmentSession, bob: User) -> None:
    sent = {"entry_id": uuid_utils.compat.uuid7()}
    first = wrote(bob, session, START, BASELINE, **sent)
    again = wrote(bob, session, START, BASELINE, **{**sent, "now": minute(3)})
    assert (again.pk, again.sequence, again.recorded_at) == (first.pk, 1, START)
    assert SessionEntry.objects.count() == 1
    assert AuditRow.objects.filter(action="sessions.record").count() == 1


@pytest.mark.parametrize(
    "other", [{"effective_at": minute(-1)}, {"facts": {**BASELINE, "systolic": 121}}]
)
def test_one_id_cannot_stand_for_two_entries(
    session: TreatmentSession, bob: User, other: dict[str, object]
) -> None:
    sent = {"entry_id": uuid_utils.compat.uuid7()}
    wrote(bob, session, START, BASELINE, **sent)
    facts = other.pop("facts", BASELINE)
    with pytest.raises(RefusedError, match="new id"):
        wrote(bob, session, START, facts, **sent, **other)


def test_one_id_cannot_stand_in_two_sessions(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    sent = {"entry_id": uuid_utils.compat.uuid7()}
    wrote(bob, session, START, BASELINE, **sent)
    with pytest.raises(RefusedError, match="new id"):
        wrote(bob, planned(order, bob, START + timedelta(days=1)), START, BASELINE, **sent)


def test_an_entry_that_was_refused_leaves_only_the_word_that_it_was(
    session: TreatmentSession, bob: User
) -> None:
    before = AuditRow.objects.count()
    with pytest.raises(RefusedError, match="Check-in is not done"):
        wrote(bob, session, START, PUMP)
    assert not SessionEntry.objects.exists()
    told = list(AuditRow.objects.order_by("sequence").values_list("action", flat=True))[before:]
    assert told == ["refused.sessions.record"]


def test_the_pump_starts_once_everything_for_the_start_is_there(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    assert read_view(session, START).start_blockers == ()
    wrote(bob, session, START, PUMP)
    session.refresh_from_db()
    assert session.started_at == START


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"withdrawn_at": START, "withdrawn_reason": "Weight has changed"}, "withdrawn"),
        (half_a_milligram(date(2025, 1, 1)), "weigh"),
    ],
)
def test_the_pump_starts_only_under_an_order_that_can_be_used_today(
    session: TreatmentSession, bob: User, change: dict[str, object], says: str
) -> None:
    ready_to_start(bob, session)
    update_behind(Order.objects.filter(pk=session.order_id), **change)
    with pytest.raises(RefusedError, match=says):
        wrote(bob, session, START, PUMP)


def test_a_reading_made_while_offline_keeps_its_own_time(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    row = wrote(bob, session, minute(10), BASELINE, now=minute(37))
    assert (row.effective_at, row.recorded_at) == (minute(10), minute(37))


def test_a_small_difference_between_clocks_is_let_pass(
    session: TreatmentSession, bob: User
) -> None:
    wrote(bob, session, START + timedelta(minutes=2), BASELINE, now=START)
    with pytest.raises(RefusedError, match="future"):
        wrote(bob, session, START + timedelta(minutes=2, seconds=1), BASELINE, now=START)


def test_a_start_a_few_seconds_ahead_of_the_server_is_still_a_start(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    wrote(bob, session, START + timedelta(seconds=5), PUMP, now=START)
    session.refresh_from_db()
    assert session.started_at == START + timedelta(seconds=5)


@pytest.mark.parametrize("field", ["last_food_at", "last_fluid_at"])
def test_times_within_an_entry_lie_in_the_past_as_well(
    session: TreatmentSession, bob: User, field: str
) -> None:
    with pytest.raises(RefusedError, match="future"):
        wrote(bob, session, START, {**CHECK_IN, field: minute(60).isoformat()})
    with pytest.raises(RefusedError, match="check the date"):
        wrote(bob, session, START, {**CHECK_IN, field: "0001-01-01T00:00:00Z"})


def test_yesterday_can_still_be_entered(session: TreatmentSession, bob: User) -> None:
    assert wrote(bob, session, minute(-60 * 30), BASELINE, now=START).sequence == 1


def test_ending_the_infusion_plans_what_is_asked_afterwards(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    wrote(bob, session, minute(40), {"kind": "infusion_complete"})
    session.refresh_from_db()
    assert (session.ended_at, session.stopped_early) == (minute(40), False)
    asked_at = list(session.assignments.order_by("due_at").values_list("due_at", flat=True))
    assert asked_at[0] == minute(40) + timedelta(hours=24)


def test_a_stop_is_kept_as_a_stop(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    measured(bob, session, minute(10), "165/90")
    wrote(bob, session, minute(11), {"kind": "infusion_stop", "reason": "Stop rule"})
    session.refresh_from_db()
    assert (session.ended_at, session.stopped_early) == (minute(11), True)


def test_a_stop_struck_by_a_correction_is_undone_on_the_session_too(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    stop = wrote(bob, session, minute(11), {"kind": "infusion_stop", "reason": "Wrong button"})
    undo = {"kind": "correction", "corrects": str(stop.pk), "reason": "Undone at once"}
    wrote(bob, session, minute(11.1), undo)
    session.refresh_from_db()
    assert (session.ended_at, session.stopped_early) == (None, False)
    assert read_view(session, minute(12)).phase is Phase.INFUSING


def test_a_nurse_signs_when_nothing_is_open(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    end = recovered(bob, session)
    wrote(bob, session, end, signature(bob))
    session.refresh_from_db()
    assert session.signed_at == end
    assert AuditRow.objects.filter(action="sessions.sign_off").count() == 1


def test_signing_is_refused_with_what_is_still_open(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    wrote(bob, session, minute(40), {"kind": "infusion_complete"})
    with pytest.raises(RefusedError, match="Not yet: PADSS is not scored"):
        wrote(bob, session, minute(41), signature(bob))


def test_only_a_prescriber_signs_over_what_is_open(
    session: TreatmentSession, bob: User, alice: User
) -> None:
    running(bob, session)
    wrote(bob, session, minute(40), {"kind": "infusion_complete"})
    why = {"override_reason": "Transferred to hospital by ambulance"}
    with pytest.raises(RefusedError, match="Only a prescriber"):
        wrote(bob, session, minute(41), signature(bob, **why))
    wrote(alice, session, minute(41), signature(alice, **why))
    session.refresh_from_db()
    assert session.signed_at == minute(41)


def test_nobody_signs_for_another(session: TreatmentSession, bob: User, alice: User) -> None:
    with pytest.raises(RefusedError, match="Sign as yourself"):
        wrote(bob, session, START, signature(alice))


def test_who_has_no_credential_cannot_sign(session: TreatmentSession, bob: User) -> None:
    bob.credential = ""
    with pytest.raises(RefusedError, match="names no credential"):
        wrote(bob, session, START, {**signature(bob), "credential": "RN"})


@pytest.mark.parametrize("name", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
def test_only_prescribers_and_nurses_write(
    session: TreatmentSession, name: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        wrote(person, session, START, BASELINE)
    with pytest.raises(PermissionDenied):
        wrote(person, session, START, {**signature(person), "credential": "RN"})


def test_a_command_has_no_hand_to_write_with(session: TreatmentSession) -> None:
    with pytest.raises(RefusedError, match="signed in"):
        actions.write_entry(
            command("seed"), session=session, entry_id=uuid_utils.compat.uuid7(),
            effective_at=START, content=content(**BASELINE), now=START,
        )  # fmt: skip


def test_the_database_itself_refuses_to_change_or_remove_a_line(
    session: TreatmentSession, bob: User
) -> None:
    row = wrote(bob, session, START, BASELINE)
    with pytest.raises(DatabaseError), transaction.atomic():
        SessionEntry.objects.filter(pk=row.pk).update(systolic=130)
    with pytest.raises(DatabaseError), transaction.atomic():
        SessionEntry.objects.filter(pk=row.pk).delete()
    assert SessionEntry.objects.get(pk=row.pk).systolic == 120


def test_each_new_line_has_its_audit_row(session: TreatmentSession, bob: User) -> None:
    row = wrote(bob, session, START, BASELINE)
    audited = AuditRow.objects.order_by("-sequence").first()
    assert audited is not None
    assert (audited.action, audited.actor_name) == ("sessions.record", "B. Okafor")
    assert str(row.pk) in audited.body
    assert acting(bob).key in audited.body
