"""Stating that nobody else is on duty, and writing down what one person opened alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.alone.models import AloneOpening, AloneStatement
from mooring.clinic.courses.second import ROLES, SecondPerson
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.models import ALONE_REVIEW

LONGEST = timedelta(days=92)
"""A statement is renewed after a quarter of a year: the clinic's choice."""
LOOKED_AT_WITHIN = timedelta(days=3)
"""The clinic's choice."""


@action("clinic.change")
def state_alone(
    by: Actor,
    *,
    first_day: date,
    last_day: date,
    weekdays: Collection[int],
    from_time: time,
    until_time: time,
    reason: str,
    reviewer: User,
    now: datetime,
) -> AloneStatement:
    """State when nobody else is on duty, why, and who looks at it afterwards."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and state it there.")
    if not timedelta(0) <= last_day - first_day <= LONGEST:
        raise RefusedError(
            f"The last day comes after the first, and within {LONGEST.days} days.", field="last_day"
        )
    if until_time <= from_time:
        raise RefusedError("The second time comes after the first.", field="until_time")
    if not weekdays:
        raise RefusedError("Choose at least one day of the week.", field="weekdays")
    if not reason.strip():
        raise RefusedError("Say why nobody else is on duty.", field="reason")
    if not reviewer.is_active or reviewer.roles.isdisjoint(ROLES):
        raise RefusedError("Choose a prescriber or nurse who signs in here.", field="reviewer")
    return AloneStatement.objects.create(
        first_day=first_day,
        last_day=last_day,
        weekdays="".join(str(day) for day in sorted(set(weekdays))),
        from_time=from_time,
        until_time=until_time,
        reason=reason.strip(),
        reviewer=reviewer,
        stated_by=by.user,
        stated_at=now,
    )


@action("clinic.change")
def end_alone(by: Actor, *, statement: AloneStatement, now: datetime) -> AloneStatement:  # noqa: ARG001
    """Somebody else is on duty again."""
    row = AloneStatement.objects.select_for_update().get(pk=statement.pk)
    if row.ended_at is not None:
        raise RefusedError("It was ended already.")
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    return row


def note_opening(
    by: Actor, second: SecondPerson, *, patient: Patient, what: str, what_id: UUID,
    in_words: str, now: datetime,
) -> AloneOpening:  # fmt: skip
    """Write down what one person opened alone, and give the reviewer the task to look at it.

    Within the action that opens it: both stand, or neither.
    """
    statement = second.alone
    if statement is None:
        raise ValueError("a second person opened it")
    made = AloneOpening.objects.create(
        statement=statement,
        patient=patient,
        what=what,
        what_id=what_id,
        in_words=in_words[:300],
        reason=second.reason.strip(),
        opened_by=second.user,
        opened_at=now,
    )
    open_task(
        by,
        patient=patient,
        kind=ALONE_REVIEW,
        title=f"Look at what {second.user} opened alone",
        detail=f"{made.in_words}\nReason: {made.reason}\nOn duty alone: {statement.reason}",
        owner=statement.reviewer,
        source=f"alone.AloneOpening:{made.pk}",
        due_at=now + LOOKED_AT_WITHIN,
        now=now,
    )
    return made
