"""Times of a log whose server's clock stepped, set as far apart as they really were.

A clock that is set, in either direction, moves no patient: between two entries lies the time that
passed, not the difference of what two clocks said. The clock that counts is the present one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mooring.core.session.entries import Correction, Entry

WRITTEN_AT_ONCE = timedelta(minutes=2)
"""How far the time of an entry may lie from when it was stored, for one that was written at once;
the same as the clocks of a device and of the server may differ."""


@dataclass(frozen=True)
class ClockStep:
    """The clock was set."""

    by: timedelta
    """Positive: forward."""
    last_sequence: int
    """The newest entry of the session that had been stored by then; 0 for none."""


def straightened(entries: Sequence[Entry], steps: Sequence[ClockStep]) -> list[Entry]:
    """The entries with their times by the present clock. `steps` are in the order they happened.

    A device follows the server's clock a little later: the time of an entry that was written at
    once is read by the clock with which it fits the moment it was stored.
    """
    shifts = [
        sum((step.by for step in steps[number:]), timedelta()) for number in range(len(steps) + 1)
    ]
    return [_straight(entry, steps, shifts) for entry in entries]


def _straight(entry: Entry, steps: Sequence[ClockStep], shifts: list[timedelta]) -> Entry:
    own = shifts[sum(entry.sequence > step.last_sequence for step in steps)]
    recorded = entry.recorded_at + own
    late = {shift: recorded - (entry.effective_at + shift) for shift in (own, *shifts)}
    shift = own
    if abs(late[own]) > WRITTEN_AT_ONCE:
        # By the own clock it came late, or lies ahead: another may fit, and none lies ahead.
        fits = {each: by for each, by in late.items() if by >= -WRITTEN_AT_ONCE}
        best = min(fits, key=lambda each: fits[each], default=own)
        if own not in fits or fits[best] <= WRITTEN_AT_ONCE:
            shift = best
    told = {"effective_at": entry.effective_at + shift, "recorded_at": recorded}
    content = entry.content
    if isinstance(content, Correction) and content.replacement_effective_at is not None:
        moved = content.replacement_effective_at + own
        content = content.model_copy(update={"replacement_effective_at": moved})
    return entry.model_copy(update={**told, "content": content})
