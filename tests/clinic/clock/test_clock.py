"""The server's clock is set while a patient lies there: it is told, and no rule is fooled by it.

Hazard: a clock an hour ahead for one reading made a false stop that lasted for the hour; one an
hour behind refused each rightly timed reading.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.verdict import verify
from mooring.clinic.clock import watch
from mooring.clinic.clock.models import ClockStep
from mooring.clinic.clock.steps import note_step
from mooring.clinic.sessions.log import entries_of, read_view
from mooring.clinic.tasks.models import Task
from tests.clinic.sessions.steps import (
    BASELINE,
    START,
    minute,
    planned,
    running,
    signed_order,
    wrote,
)

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def seen(*looks):
    """What a watch says of wall clock and running seconds, both from noon."""
    watching = watch.Watch()
    return [watching.look(NOON + timedelta(seconds=wall), run) for wall, run in looks]


def test_a_clock_that_runs_as_it_should_says_nothing():
    assert seen((0, 100), (10, 110), (3610, 3710)) == [None] * 3


def test_a_step_is_noticed_once_with_what_it_should_have_said():
    before, after = NOON + timedelta(seconds=10), NOON + timedelta(seconds=3610)
    assert seen((0, 100), (3610, 110), (3620, 120)) == [None, (before, after), None]
    assert seen((0, 100), (-3590, 110))[1][1] == NOON - timedelta(seconds=3590)


@pytest.mark.parametrize(("ahead", "told"), [(2, False), (2.5, True), (-2, False), (-2.5, True)])
def test_more_than_two_seconds_are_a_step(ahead, told):
    assert (seen((0, 0), (10 + ahead, 10))[1] is not None) is told


def test_a_sleeping_machine_steps_over_nothing():
    """The running clock counts sleep."""
    assert seen((0, 0), (8 * 3600, 8 * 3600)) == [None, None]
    assert watch.running() > 0


@pytest.fixture
def session(patient, alice, bob, db):
    made = planned(signed_order(patient, alice), bob)
    running(bob, made)
    wrote(bob, made, minute(5), BASELINE)
    return made


def stepped(session, number, by):
    """The clock says otherwise from that minute on. What stands is read anew."""
    note_step(minute(number), minute(number) + by)
    session.refresh_from_db()
    session.__dict__.pop("_clock_steps", None)


def stops(session, now):
    return [alert.rule for alert in read_view(session, now).alerts if alert.level == "stop"]


def test_an_hour_ahead_for_one_reading_and_back_makes_no_stop_at_any_time(session, bob):
    stepped(session, 10, HOUR)
    wrote(bob, session, minute(70), BASELINE)
    assert stops(session, minute(71)) == []
    stepped(session, 72, -HOUR)
    wrote(bob, session, minute(15), BASELINE)
    assert stops(session, minute(16)) == []
    assert not Task.objects.exists()
    view = read_view(session, minute(16))
    assert view.started_at == START
    assert view.elapsed_seconds == 16 * 60
    assert [each.effective_at for each in entries_of(session)][-2:] == [minute(10), minute(15)]


def test_a_pressure_measured_meanwhile_is_neither_hidden_nor_late(session, bob):
    high = {**BASELINE, "systolic": 230, "diastolic": 130}
    stepped(session, 10, HOUR)
    wrote(bob, session, minute(71), high)
    at_once = stops(session, minute(71))
    assert at_once
    stepped(session, 72, -HOUR)
    assert stops(session, minute(13)) == at_once


def test_an_hour_behind_takes_what_is_timed_rightly(session, bob):
    stepped(session, 10, -HOUR)
    wrote(bob, session, minute(11), BASELINE, now=minute(-49))
    view = read_view(session, minute(-48))
    assert view.elapsed_seconds == 12 * 60

    with pytest.raises(RefusedError, match="future"):
        wrote(bob, session, minute(30), BASELINE, now=minute(-47))


def test_after_an_hour_the_future_is_the_future_again(session, bob):
    stepped(session, 10, -HOUR)
    with pytest.raises(RefusedError, match="future"):
        wrote(bob, session, minute(75), BASELINE, now=minute(12))


def test_a_step_after_the_signature_moves_nothing_of_the_session(session, bob):
    session.signed_at = minute(30)
    session.save()
    before = [each.effective_at for each in entries_of(session)]
    stepped(session, 40, HOUR)
    assert [each.effective_at for each in entries_of(session)] == before


def test_the_bedside_says_so_and_marks_what_is_near(session, bob, signed_in, monkeypatch):
    stepped(session, 10, HOUR)
    wrote(bob, session, minute(72), BASELINE)
    monkeypatch.setattr("mooring.clinic.sessions.views.now", lambda: minute(73))
    page = signed_in(bob).get(reverse("session", args=[session.pk])).content.decode()
    assert "The server's clock was set at 11:10, by +1 h." in page
    assert "near a clock step of +1 h" in page
    monkeypatch.setattr("mooring.clinic.sessions.views.now", lambda: minute(140))
    later = signed_in(bob).get(reverse("session", args=[session.pk])).content.decode()
    assert "clock was set" not in later


def test_the_owner_reads_it_and_the_audit_holds_it(session, olga, signed_in, caplog):
    with caplog.at_level(logging.WARNING):
        watch.noted(minute(10), minute(10) - HOUR)
    assert "stepped from" in caplog.text
    assert "by -1 h" in signed_in(olga).get(reverse("staff")).content.decode()
    assert verify().whole


def test_two_processes_that_see_one_step_keep_it_once(session):
    note_step(minute(10), minute(70))
    note_step(minute(10) + timedelta(seconds=3), minute(70) + timedelta(seconds=3))
    assert ClockStep.objects.count() == 1
    note_step(minute(70), minute(10))
    assert ClockStep.objects.count() == 2


@pytest.mark.parametrize(
    ("seconds", "words"), [(3600, "+1 h"), (-5405, "-1 h 30 min 5 s"), (3, "+3 s")]
)
def test_how_far_it_stepped_in_words(seconds, words):
    assert ClockStep(before=NOON, after=NOON + timedelta(seconds=seconds)).in_words == words


def test_every_request_looks(client, clinic_row, monkeypatch):
    kept = []
    monkeypatch.setattr(watch, "_watch", watch.Watch())
    monkeypatch.setattr(watch, "noted", lambda *step: kept.append(step))
    client.get("/favicon.ico")
    monkeypatch.setattr(watch, "running", lambda: watch.time.monotonic() - 10_000_000)
    client.get("/favicon.ico")
    assert len(kept) == 1
