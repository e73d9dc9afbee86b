"""A clock that is set moves no patient: what lies between two entries is what really passed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.session.entries import CONTENT, Entry
from mooring.core.session.straight import ClockStep, straightened

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTE = {"kind": "note", "text": "She sleeps."}


def minutes(number):
    return timedelta(minutes=number)


def entry(sequence, recorded, effective=None, content=None):
    """An entry stored so many minutes after ten by the clock of then."""
    stored = TEN + minutes(recorded)
    said = stored if effective is None else TEN + minutes(effective)
    return Entry(
        id=UUID(int=sequence), sequence=sequence, effective_at=said, recorded_at=stored,
        author="B. Okafor", content=CONTENT.validate_python(content or NOTE),
    )  # fmt: skip


def told(entries, steps):
    """The times of what happened, in minutes after ten by the present clock."""
    return [(each.effective_at - TEN) / minutes(1) for each in straightened(entries, steps)]


FORWARD, BACK = ClockStep(HOUR, 2), ClockStep(-HOUR, 3)


@pytest.mark.parametrize(
    ("entries", "steps", "expected"),
    [
        ([entry(1, 0), entry(2, 10)], [], [0, 10]),
        # An hour ahead for one reading, then back: it lies between the others.
        ([entry(1, 0), entry(2, 10), entry(3, 80), entry(4, 30)], [FORWARD, BACK], [0, 10, 20, 30]),
        # Set right, and it stays so: what was before is told by the clock of now.
        ([entry(1, 0), entry(2, 10), entry(3, 80)], [FORWARD], [60, 70, 80]),
        ([entry(1, 60), entry(2, 70), entry(3, 20)], [ClockStep(-HOUR, 2)], [0, 10, 20]),
        # The device still goes by the clock of before.
        ([entry(1, 60), entry(2, 70), entry(3, 20, 80)], [ClockStep(-HOUR, 2)], [0, 10, 20]),
        ([entry(1, 0), entry(2, 10), entry(3, 80, 20)], [FORWARD], [60, 70, 80]),
        # Charted late: what fits no clock stays by its own.
        ([entry(1, 0), entry(2, 10, 2), entry(3, 80, 40)], [FORWARD], [60, 62, 40]),
        # Ahead by the clock of now, and late by the one before: it never lies ahead.
        ([entry(1, 60), entry(2, 70), entry(3, 20, 50)], [ClockStep(-HOUR, 2)], [0, 10, -10]),
        # Ahead of every clock: nothing better is known than what it says.
        ([entry(1, 0, 30)], [ClockStep(-minutes(5), 1)], [25]),
    ],
)  # fmt: skip
def test_times_are_told_by_the_present_clock(entries, steps, expected):
    assert told(entries, steps) == expected


@pytest.mark.parametrize(("moved", "expected"), [(15, 75), (None, None)])
def test_the_time_that_a_correction_gives_goes_along(moved, expected):
    more = {} if moved is None else {"replacement_effective_at": TEN + minutes(moved)}
    said = {
        "kind": "correction", "corrects": str(UUID(int=1)), "reason": "Slip.",
        "replacement": NOTE, **more,
    }  # fmt: skip
    _, _, correction = straightened(
        [entry(1, 0), entry(2, 10), entry(3, 20, content=said)], [ClockStep(HOUR, 3)]
    )
    at = correction.content.replacement_effective_at
    assert at == (None if expected is None else TEN + minutes(expected))


@given(
    st.lists(st.integers(1, 30), min_size=2, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.integers(-300, 300)), max_size=4),
)
def test_what_was_written_at_once_lies_as_far_apart_as_it_was(gaps, sets):
    """Whatever the clock was set to in between, as often as somebody likes."""
    steps = [ClockStep(minutes(by), last) for last, by in sorted(sets)]
    true, entries = 0, []
    for number, gap in enumerate(gaps, start=1):
        true += gap
        said = true + sum(step.by / minutes(1) for step in steps if step.last_sequence < number)
        entries.append(entry(number, said))
    found = told(entries, steps)
    assert [round(b - a, 6) for a, b in pairwise(found)] == gaps[1:]
