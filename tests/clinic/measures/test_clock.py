"""The clock of the scales hangs on the end of the infusion, and a new infusion starts it anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mooring.clinic.actions import RefusedError
from mooring.clinic.measures.actions import plan_after_session, plan_baseline
from mooring.clinic.measures.completeness import completeness, fallen_due
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.standing import Standing, standing
from tests.clinic.measures.steps import (
    DAY,
    HOUR,
    answered,
    command_line,
    infused,
    next_session,
    planned,
)
from tests.support.clinical import NOON

pytestmark = pytest.mark.django_db


def test_scale_is_asked_24_hours_after_the_end_of_the_infusion(session):
    first = planned(infused(session))[0]
    assert (first.occasion, first.due_at - session.ended_at) == ("24h", timedelta(hours=24))


def test_then_weekly_for_twelve_weeks(session):
    weekly = [a.due_at - NOON for a in planned(infused(session)) if a.occasion == "weekly"]
    assert weekly == [week * timedelta(days=7) for week in range(1, 13)]


@pytest.mark.parametrize(
    ("occasion", "opens", "closes"),
    [("24h", 20 * HOUR, 48 * HOUR), ("weekly", 6 * DAY, 10 * DAY)],
)
def test_each_window_opens_a_little_before_and_closes_a_while_after(
    session, occasion, opens, closes
):
    asked = next(a for a in planned(infused(session)) if a.occasion == occasion)
    second = timedelta(seconds=1)
    assert standing(asked, NOON + opens - second) is Standing.AHEAD
    assert standing(asked, NOON + opens) is Standing.OPEN
    assert standing(asked, NOON + closes - second) is Standing.OPEN
    assert standing(asked, NOON + closes) is Standing.MISSED


def test_at_no_moment_are_two_scales_of_one_session_open(session):
    asked = planned(infused(session))
    for hour in range(0, 24 * 90):
        moment = NOON + hour * HOUR
        assert sum(standing(a, moment) is Standing.OPEN for a in asked) <= 1


def test_planned_twice_nothing_is_asked_twice(session):
    once = planned(infused(session))
    assert planned(session) == once


def test_small_correction_of_the_end_moves_nothing(session):
    once = planned(infused(session))
    session.ended_at += 30 * timedelta(minutes=1)
    assert planned(session) == once


def test_a_session_with_drug_still_to_go_in_has_no_clock(session):
    with pytest.raises(RefusedError, match="still to go in"):
        plan_after_session(command_line(), session=session, now=NOON)


def test_next_infusion_cancels_what_was_ahead_from_the_one_before(session):
    first = planned(infused(session))
    planned(next_session(session, NOON + 4 * DAY))
    for asked in first[1:]:
        asked.refresh_from_db()
        assert standing(asked, NOON + 5 * DAY) is Standing.CANCELLED
        assert fallen_due([asked], NOON + 100 * DAY) == []


def test_what_was_answered_is_never_cancelled(session):
    first, week, *_ = planned(infused(session))
    answered(first)
    answered(week)
    planned(next_session(session, NOON + 8 * DAY))
    for asked in (first, week):
        again = Assignment.objects.get(pk=asked.pk)
        assert again.cancelled_at is None
        assert standing(again, NOON + 8 * DAY) is Standing.ANSWERED


def test_what_was_missed_stays_missed_and_stays_under_the_line(session):
    first = planned(infused(session))[0]
    planned(next_session(session, NOON + 4 * DAY))
    first.refresh_from_db()
    assert first.cancelled_at is None
    assert standing(first, NOON + 4 * DAY) is Standing.MISSED
    assert fallen_due([first], NOON + 4 * DAY) == [first]


def test_due_scale_cut_short_by_the_next_infusion_counts_as_missed(session):
    week = planned(infused(session))[1]
    planned(next_session(session, NOON + 8 * DAY))
    week.refresh_from_db()
    assert standing(week, NOON + 8 * DAY) is Standing.MISSED
    assert fallen_due([week], NOON + 8 * DAY) == [week]


def test_earlier_session_planned_late_asks_only_up_to_the_next_infusion(session):
    infused(session)
    later = next_session(session, NOON + 9 * DAY)
    after_second = planned(later)
    after_first = planned(session, now=NOON + 10 * DAY)
    assert [a.due_at - NOON for a in after_first] == [DAY, 7 * DAY]
    for asked in after_second:
        asked.refresh_from_db()
        assert asked.cancelled_at is None


def test_first_infusion_closes_a_baseline_nobody_answered(session, baseline):
    planned(infused(session, NOON + DAY))
    baseline.refresh_from_db()
    assert standing(baseline, NOON + DAY) is Standing.MISSED


def test_baseline_can_be_answered_at_once_for_two_weeks(baseline):
    assert standing(baseline, NOON) is Standing.OPEN
    assert standing(baseline, NOON + 14 * DAY) is Standing.MISSED


def test_baseline_planned_twice_stays_one(course, baseline):
    again = plan_baseline(command_line(), course=course, now=NOON + DAY)
    assert again == baseline


def test_answered_baseline_stays_the_baseline(course, baseline):
    answered(baseline, at=NOON)
    assert plan_baseline(command_line(), course=course, now=NOON + 20 * DAY) == baseline


def test_missed_baseline_can_be_asked_again_before_the_first_infusion(course, baseline):
    again = plan_baseline(command_line(), course=course, now=NOON + 15 * DAY)
    assert again != baseline
    assert standing(again, NOON + 15 * DAY) is Standing.OPEN


def test_after_the_first_infusion_there_is_no_baseline_to_ask(course, session):
    infused(session)
    with pytest.raises(RefusedError, match="no baseline"):
        plan_baseline(command_line(), course=course, now=NOON + DAY)


def test_completeness_counts_what_was_answered_or_missed_and_nothing_still_open(session):
    day, first_week, second_week, *_ = planned(infused(session))
    answered(day)
    asked = Assignment.objects.filter(pk__in=[day.pk, first_week.pk, second_week.pk])
    in_first_week = completeness(asked, NOON + 8 * DAY)
    assert (in_first_week.answered, in_first_week.due) == (1, 1)
    after_it = completeness(asked, NOON + 11 * DAY)
    assert after_it.words == "answered 1 of 2 due"


def test_before_anything_fell_due_completeness_says_so(session):
    assert completeness(planned(infused(session)), NOON).words == "nothing was due yet"
