"""What tests of scales do again and again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.support.clinical import NOON

if TYPE_CHECKING:
    from mooring.clinic.actions import Actor
    from mooring.clinic.measures.models import Assignment, Response
    from mooring.clinic.sessions.models import TreatmentSession

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ITEMS = [f"phq9.{number}" for number in range(1, 10)]
NOTHING = dict.fromkeys(ITEMS, 0)
# Kroenke 2001's form adds columns: 3 × 1 + 2 × 2 + 3 × 3 = 16, item 9 at 0.
SIXTEEN = dict(zip(ITEMS, [1, 1, 1, 2, 2, 3, 3, 3, 0], strict=True))


def command_line() -> Actor:
    """The command line, which may do what staff may."""
    from mooring.clinic.actions import command

    return command("test")


def person(user: object) -> Actor:
    """The signed-in person as an actor."""
    from mooring.clinic.actions import Actor

    return Actor(name=str(user), roles=user.roles, user=user)  # type: ignore[attr-defined, arg-type]


def infused(
    session: TreatmentSession, ended_at: datetime = NOON, minutes: int = 40
) -> TreatmentSession:
    """The session, with an infusion that ended at `ended_at`."""
    session.started_at, session.ended_at = ended_at - timedelta(minutes=minutes), ended_at
    session.save()
    return session


def next_session(session: TreatmentSession, ended_at: datetime) -> TreatmentSession:
    """The following session of the same course, held."""
    from mooring.clinic.sessions.models import TreatmentSession

    fields = ("course", "order", "room", "stopping", "monitoring", "starting", "leaving")
    following = TreatmentSession(
        **{field: getattr(session, field) for field in fields},
        number=session.number + 1,
        scheduled_at=ended_at,
    )
    return infused(following, ended_at)


def planned(session: TreatmentSession, now: datetime | None = None) -> list[Assignment]:
    """What `plan_after_session` asks for after the session, by due time."""
    from mooring.clinic.measures.actions import plan_after_session

    plan_after_session(command_line(), session=session, now=now or session.ended_at or NOON)
    return list(session.assignments.order_by("due_at"))


def answered(
    assignment: Assignment, answers: dict[str, int] | None = None, at: datetime | None = None
) -> Response:
    """The patient's answers (all 0 unless given), through the action, begun and sent at `at`."""
    from mooring.clinic.measures.actions import answer, by_link

    moment = at or assignment.due_at
    return answer(
        by_link(assignment.patient),
        assignment=assignment,
        answers=NOTHING if answers is None else answers,
        started_at=moment,
        now=moment,
    )
