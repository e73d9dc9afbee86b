"""Writes of restricted charts: closing them, naming a team, breaking in with a reason, review."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.audit import chain
from mooring.clinic.people.models import Patient
from mooring.clinic.restricted.models import Kind, Notice, NoticeReview, Restriction, TeamMember
from mooring.clinic.restricted.reading import is_restricted
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.owners import in_turn, may_hold, newest_course

OPEN_FOR = timedelta(minutes=60)
"""How long a restricted chart stays open to who opened it with a reason: the clinic's choice."""
REVIEWED_WITHIN = timedelta(hours=24)
"""Until when somebody looks back on it."""
PERSON = "This needs the name of a person: sign in and do it there."


def by_person(by: Actor) -> User:
    """The person who acts. RefusedError where there is none."""
    if by.user is None:
        raise RefusedError(PERSON)
    return by.user


def words(text: str, field: str, ask: str) -> str:
    """What was typed, without the space around it. RefusedError where nothing is left."""
    if not text.strip():
        raise RefusedError(ask, field=field)
    return text.strip()


@action("chart.restrict")
def restrict(by: Actor, *, patient: Patient, on: bool, reason: str, now: datetime) -> Restriction:
    """Restrict a chart to its team, or open it to everybody in care again."""
    if is_restricted(patient.pk) == on:
        raise RefusedError("The chart stands so already.")
    return Restriction.objects.create(
        patient=patient,
        on=on,
        reason=words(reason, "reason", "Say why."),
        set_by=by_person(by),
        set_at=now,
    )


@action("chart.restrict")
def set_team(by: Actor, *, patient: Patient, person: User, on: bool, now: datetime) -> TeamMember:
    """Take a person into the team of a chart, or out of it."""
    if on and person not in may_hold():
        raise RefusedError("Choose somebody in care who works here now.", field="person")
    return TeamMember.objects.create(
        patient=patient, person=person, on=on, set_by=by_person(by), set_at=now
    )


@action("chart.break_glass")
def break_glass(by: Actor, *, patient: Patient, reason: str, now: datetime) -> Notice:
    """Open a restricted chart to oneself for an hour, with the reason.

    The prescriber who is responsible is told by a task that is due within a day; the owner looks
    back on it on their own page.
    """
    person, why = by_person(by), words(reason, "reason", "Say why you need this chart now.")
    ends = timezone.localtime(now + OPEN_FOR)
    made = Notice.objects.create(
        kind=Kind.BROKEN, person=person, patient=patient, words=why, at=now, until=ends
    )
    # With the reason in the audit itself: the row alone would only be bound by its digest.
    chain.append(
        at=now, actor=by.key, actor_name=by.name, action="chart.broken_into",
        subject="people.Patient", subject_id=str(patient.pk), patient=patient.pk, detail=why,
    )  # fmt: skip
    owner = next((each for each in in_turn(newest_course(patient)) if each != person), None)
    if owner is not None:
        open_task(
            by,
            patient=patient,
            kind="broken_into",
            title="A restricted chart was opened",
            detail=f"{person} opened it, until {ends:%H:%M}. Reason: {why}",
            owner=owner,
            source=f"restricted.Notice:{made.pk}",
            due_at=now + REVIEWED_WITHIN,
            now=now,
        )
    return made


@action("chart.review")
def review(by: Actor, *, notice: Notice, said: str, now: datetime) -> NoticeReview:
    """Say what came of a notice. Nobody reviews what they did themselves."""
    person = by_person(by)
    if person == notice.person:
        raise RefusedError("Somebody else looks back on what you did yourself.")
    if NoticeReview.objects.filter(notice=notice).exists():
        raise RefusedError("Somebody has looked back on this already.")
    return NoticeReview.objects.create(
        notice=notice,
        words=words(said, "said", "Say what came of it."),
        reviewed_by=person,
        reviewed_at=now,
    )


@action("home.view")
def tell_many(by: Actor, *, charts: int, minutes: int, now: datetime) -> Notice:
    """Tell the owner that this person opened many charts in a short time."""
    said = f"{charts} different charts within {minutes} minutes"
    return Notice.objects.create(kind=Kind.MANY, person=by_person(by), words=said, at=now)
