"""When a copy is due, and which copies are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mooring.clinic.backups import schedule
from mooring.clinic.backups.schedule import Copy, copies, is_due, name_for, retention, superfluous

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SMALL, HUGE = 200_000_000, 200_000_001


def a_copy(at: datetime, row: int = 1) -> Copy:
    return Copy(Path(name_for(at, row)), at, row)


@pytest.mark.parametrize(
    ("minutes", "row", "size", "signed_off", "due"),
    [
        (5, 2, SMALL, False, True),
        (5, 1, SMALL, True, False),
        (5, 2, HUGE, False, False),
        (5, 2, HUGE, True, True),
        (59, 2, HUGE, False, False),
        (60, 2, HUGE, False, True),
        (60, 1, HUGE, False, False),
        (5, 2, None, False, False),
        (60, 2, None, False, True),
    ],
)
def test_every_five_minutes_up_to_200_mb_then_hourly_and_after_each_signed_session(
    minutes, row, size, signed_off, due
):
    last = a_copy(NOON, row=1)
    now = NOON + minutes * MINUTE
    assert is_due(last, row=row, size=size, signed_off=signed_off, now=now) is due


def test_the_first_copy_is_due_at_once():
    assert is_due(None, row=1, size=HUGE, signed_off=False, now=NOON)


def test_a_copy_s_name_tells_when_it_was_made_and_its_last_row(tmp_path):
    for name in (f"{name_for(NOON, 7)}.age", name_for(NOON - DAY, 3), "mooring-by-hand.tar", "x"):
        (tmp_path / name).touch()
    assert [(copy.at, copy.row) for copy in copies(tmp_path)] == [(NOON - DAY, 3), (NOON, 7)]


def left_after(ages: list[timedelta]) -> list[timedelta]:
    """The ages of the copies that stay."""
    found = [a_copy(NOON - age) for age in ages]
    gone = superfluous(found, retention(), NOON)
    return sorted(NOON - copy.at for copy in found if copy not in gone)


def test_every_copy_of_the_last_two_hours_stays():
    recent = [number * 5 * MINUTE for number in range(25)]
    assert left_after(recent) == recent


def test_after_two_years_of_copies_every_five_minutes_few_and_the_right_ones_are_left():
    """Played through day by day as the server does it, with hourly copies to keep it short."""
    kept: list[Copy] = []
    start = NOON - 730 * DAY
    for hour in range(730 * 24 + 1):
        now = start + hour * HOUR
        kept.append(a_copy(now))
        if hour % 24 == 0:
            gone = {copy.file for copy in superfluous(kept, retention(), now)}
            kept = [copy for copy in kept if copy.file not in gone]
    ages = [NOON - copy.at for copy in kept]
    assert sum(age < 48 * HOUR for age in ages) == 48
    assert {age.days for age in ages if age < 30 * DAY} == set(range(30))
    assert len({(NOON - age).isocalendar()[:2] for age in ages if age < 91 * DAY}) >= 13
    assert len({(NOON - age).strftime("%Y-%m") for age in ages}) == 25
    assert len(ages) < 48 + 30 + 13 + 25


def test_the_newest_copy_stays_however_old_it_is():
    assert left_after([4000 * DAY, 4001 * DAY])[0] == 4000 * DAY


def test_the_numbers_are_settings(monkeypatch):
    monkeypatch.setenv("MOORING_BACKUPS_KEEP", "days=3 months=120")
    assert (retention().days, retention().months, retention().hours) == (3, 120, 48)


def test_no_place_is_named_without_a_setting(monkeypatch):
    monkeypatch.delenv("MOORING_BACKUPS", raising=False)
    assert schedule.place() is None
