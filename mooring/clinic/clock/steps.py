"""Steps of the clock: kept, told, and read for one session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max

from mooring.clinic.actions import Actor, action, command
from mooring.clinic.clock import models
from mooring.core.session.straight import ClockStep

if TYPE_CHECKING:
    from mooring.clinic.sessions.models import TreatmentSession
    from mooring.core.session.entries import Entry

NEAR = timedelta(hours=1)
"""How long after a step entries are marked, and times of the other clock accepted."""
REMEMBERED = timedelta(days=2)
"""Sessions without an entry for so long were over by then."""
SEEN_BY_ALL = timedelta(minutes=1)
"""Each process sees a step for itself, within this time of the first."""
ALIKE = timedelta(seconds=2)


def note_step(before: datetime, after: datetime) -> None:
    """Keep one step, once for all processes."""
    for row in models.ClockStep.objects.filter(
        after__gte=after - SEEN_BY_ALL, after__lte=after + SEEN_BY_ALL
    ):
        if abs(row.by - (after - before)) <= ALIKE:
            return
    keep_step(command("clock"), before=before, now=after)


@action("clinic.change")
def keep_step(by: Actor, *, before: datetime, now: datetime) -> models.ClockStep:  # noqa: ARG001
    """Keep what the clock said and would have said, with how far each session's log had come."""
    from mooring.clinic.sessions.models import SessionEntry

    newest = (
        SessionEntry.objects.filter(recorded_at__gte=before - REMEMBERED)
        .values_list("session")
        .annotate(Max("sequence"))
        .order_by()
    )
    last = {str(session): sequence for session, sequence in newest}
    return models.ClockStep.objects.create(before=before, after=now, last_entries=last)


def steps_of(session: TreatmentSession) -> list[ClockStep]:
    """The steps that lie between entries of a session, or after the newest of one that runs."""
    found = [ClockStep(row.by, row.last_entries[str(session.pk)]) for row in _of(session)]
    if session.signed_at is not None and found:
        newest = session.entries.aggregate(Max("sequence"))["sequence__max"]
        # Set after the signature: nothing of the session lies on its other side.
        found = [step for step in found if step.last_sequence < newest]
    return found


def near(moment: datetime) -> list[models.ClockStep]:
    """The steps of the hour before a moment of the present clock."""
    rows = models.ClockStep.objects.filter(after__lte=moment, after__gt=moment - NEAR)
    return list(rows)


def ahead_allowed(now: datetime) -> timedelta:
    """How far beyond the clock a time may lie, since devices follow a step a little later."""
    return max((abs(step.by) for step in near(now)), default=timedelta())


def near_a_step(session: TreatmentSession, entry: Entry) -> str:
    """The step within an hour of which an entry was stored, in words; empty for none.

    The entry's times are by the present clock, as `straightened` gives them.
    """
    later, found = timedelta(), ""
    for row in reversed(_of(session)):
        if abs(entry.recorded_at - (row.after + later)) <= NEAR:
            found = row.in_words
        later += row.by
    return found


def _of(session: TreatmentSession) -> list[models.ClockStep]:
    """The steps that a session knows, read once for each time it is loaded."""
    known: list[models.ClockStep] | None = getattr(session, "_clock_steps", None)
    if known is None:
        rows = models.ClockStep.objects.filter(last_entries__has_key=str(session.pk))
        known = list(rows)
        session._clock_steps = known  # type: ignore[attr-defined]
    return known
