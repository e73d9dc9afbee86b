"""The work list by time: who comes, who is in a session, what was left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mooring.clinic.accounts.models import Clinic
from mooring.clinic.measures.models import Assignment
from mooring.clinic.rows import new_id
from mooring.clinic.sessions.actions import cancel
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.tasks.actions import close_task, open_task
from mooring.clinic.today.agenda import bounds_of_day, gravest_first, read
from mooring.core.session.view import Alert
from tests.clinic.courses.steps import acting
from tests.clinic.sessions.steps import measured, planned, ready_to_start, running, wrote
from tests.support.behind import update_behind


def task(by, patient, owner, now, source="test:1"):
    return open_task(
        acting(by),
        patient=patient,
        kind="call_back",
        title="Call about the ride home",
        detail="",
        owner=owner,
        source=source,
        due_at=now,
        now=now,
    )


def started_at(session, bob, at):
    """The session, running since then."""
    running(bob, session, at)
    return session


def test_an_empty_day_has_nothing_in_it(bob, now):
    agenda = read(bob, now)
    assert not (agenda.under_way or agenda.to_come or agenda.signed or agenda.not_started)
    assert not (agenda.tasks or agenda.unanswered)


def test_sessions_of_the_day_come_by_time(order, bob, now):
    later = planned(order, bob, at=now + timedelta(hours=3))
    sooner = planned(order, bob, at=now + timedelta(hours=1))
    assert [line.session for line in read(bob, now).to_come] == [sooner, later]


def test_other_days_and_cancelled_sessions_stay_away(order, bob, now):
    planned(order, bob, at=now + timedelta(days=1))
    gone = planned(order, bob, at=now + timedelta(hours=1))
    cancel(acting(bob), session=gone, reason="Ill.", now=now)
    assert read(bob, now).to_come == ()


def test_a_session_is_late_from_its_time_until_somebody_checks_in(session, bob, now):
    (line,) = read(bob, now).to_come
    assert not line.late
    (line,) = read(bob, now + timedelta(minutes=61)).to_come
    assert line.late
    wrote(bob, session, now + timedelta(minutes=61), {"kind": "check_in"})
    (line,) = read(bob, now + timedelta(minutes=61)).to_come
    assert not line.late
    assert line.view.phase == "checked_in"


def test_what_the_start_still_waits_for_is_told_once_the_patient_is_there(session, bob, now):
    (line,) = read(bob, now).to_come
    assert line.missing == ()
    wrote(bob, session, now, {"kind": "check_in"})
    (line,) = read(bob, now).to_come
    assert "baseline.pair" in {blocker.id for blocker in line.missing}
    assert "check_in.escort_name" not in {blocker.id for blocker in line.missing}


def test_a_patient_who_is_ready_misses_nothing(session, bob, now):
    ready_to_start(bob, session, now)
    (line,) = read(bob, now).to_come
    assert line.missing == ()


def test_a_running_infusion_shows_its_minutes_and_no_start_checks(session, bob, now):
    started_at(session, bob, now - timedelta(minutes=18))
    agenda = read(bob, now)
    assert agenda.to_come == ()
    (line,) = agenda.under_way
    assert (line.minutes, line.planned_minutes, line.checks) == (18, 40, ())


def test_a_rule_that_is_met_shows_until_the_reading_is_under_it_again(session, bob, now):
    """165/90 is +45 over 120/78: at least +40 (S2.44)."""
    started_at(session, bob, now - timedelta(minutes=18))
    measured(bob, session, now - timedelta(minutes=8), "165/90")
    (line,) = read(bob, now).under_way
    assert [fact.claims for fact in line.facts] == [("S2.44",)]
    assert "165/90" in line.facts[0].gravest.detail
    measured(bob, session, now - timedelta(minutes=1), "130/80")
    (line,) = read(bob, now).under_way
    assert line.facts == ()


def test_readings_past_their_grace_are_overdue(session, bob, now):
    started_at(session, bob, now - timedelta(minutes=35))
    (line,) = read(bob, now).under_way
    assert "blood_pressure" in {due.check for due in line.overdue}


def test_recovery_is_still_under_way(session, bob, now):
    started_at(session, bob, now - timedelta(minutes=50))
    wrote(bob, session, now - timedelta(minutes=10), {"kind": "infusion_complete"})
    (line,) = read(bob, now).under_way
    assert line.view.phase == "recovering"
    assert line.view.leave_blockers


def test_a_session_of_yesterday_that_nobody_signed_stays_on_the_list(order, bob, now):
    yesterday = now - timedelta(days=1)
    session = started_at(planned(order, bob, at=yesterday), bob, yesterday)
    assert [line.session for line in read(bob, now).under_way] == [session]


@pytest.mark.parametrize(("days", "listed"), [(1, True), (6, True), (9, False)])
def test_a_session_that_was_never_started_is_asked_about_for_a_week(order, bob, now, days, listed):
    session = planned(order, bob, at=now - timedelta(days=days))
    agenda = read(bob, now)
    assert agenda.not_started == ((session,) if listed else ())
    assert agenda.to_come == ()


def test_only_open_tasks_with_my_name_are_mine(patient, alice, bob, now):
    mine = task(alice, patient, bob, now)
    task(alice, patient, alice, now, source="test:2")
    done = task(alice, patient, bob, now, source="test:3")
    close_task(acting(bob), task=done, outcome="Called.", now=now)
    assert list(read(bob, now).tasks) == [mine]


def test_scales_past_their_time_are_counted_per_patient(course, patient, bob, now):
    """The baseline was asked for a week ago and can be answered for another week."""
    (found,) = read(bob, now).unanswered
    assert (found, found.scales) == (patient, 1)


@pytest.mark.parametrize("way", ["answered", "cancelled", "expired", "not yet due"])
def test_a_scale_that_is_settled_or_ahead_is_not_counted(course, bob, now, way):
    from mooring.clinic.measures.models import Response

    asked = Assignment.objects.filter(course=course)
    if way == "answered":
        Response.objects.create(
            assignment=asked.get(), answers={}, started_at=now, completed_at=now
        )
    elif way == "cancelled":
        asked.update(cancelled_at=now)
    elif way == "expired":
        update_behind(asked, expires_at=now)
    else:
        update_behind(asked, due_at=now + timedelta(hours=1))
    assert not read(bob, now).unanswered


def test_the_day_is_the_clinic_s_own(clinic_row):
    """23:30 UTC in July is 00:30 of the next day in London."""
    start, end = bounds_of_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert start == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
    assert end == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)


def test_the_day_on_which_the_clocks_go_back_has_25_hours(clinic_row):
    start, end = bounds_of_day(datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)


def test_the_list_is_read_with_at_most_twelve_queries_a_session(
    order, bob, now, django_assert_max_num_queries
):
    assert Clinic.objects.count() == 1
    for day in range(1, 7):
        planned(order, bob, at=now + timedelta(days=day))
    # One patient comes once a day; the list only has to be long.
    TreatmentSession.objects.update(scheduled_at=now + timedelta(minutes=5))
    with django_assert_max_num_queries(6 * 12):
        assert len(read(bob, now).to_come) == 6


def with_alert(line, level, rule):
    alert = Alert(
        rule=rule, policy="emory_s2", level=level, title=rule, detail="", at=line.view.now,
        trigger=new_id(), claims=(), seen_by=None, seen_at=None, active=True, subject=rule,
    )  # fmt: skip
    view = replace(line.view, alerts=(*line.view.alerts, alert))
    return replace(line, view=view)


def test_a_stop_stands_above_a_call_and_a_caution_within_a_line_and_between_lines(
    session, bob, now
):
    started_at(session, bob, now)
    (line,) = read(bob, now).under_way
    quiet, caution, call = line, with_alert(line, "caution", "c"), with_alert(line, "call", "b")
    stop = with_alert(caution, "stop", "a")
    assert [fact.level for fact in stop.facts] == ["stop", "caution"]
    assert gravest_first([quiet, caution, call, stop]) == (stop, call, caution, quiet)
