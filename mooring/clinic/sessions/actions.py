"""The only writers of sessions and their logs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Max

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.alone.actions import note_opening
from mooring.clinic.alone.standing import require_alone_may
from mooring.clinic.audit import chain
from mooring.clinic.clock.steps import steps_of
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.once.standing import still
from mooring.clinic.sessions import following, planning
from mooring.clinic.sessions.gates import let_through
from mooring.clinic.sessions.log import (
    columns,
    content_of,
    entries_of,
    entry_of,
    policies_of,
    view_if_judged,
)
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.sessions.requirements import (
    require_known_policies,
    require_may_strike,
    require_movable,
    require_open_order,
    require_own_reading,
    require_own_signature,
    require_prescriber,
    require_same,
    require_sitter,
    require_time,
    require_words,
    times_in,
)
from mooring.clinic.sessions.usual import usual
from mooring.clinic.suicidality.asked import call_about_answer
from mooring.core.session.entries import (
    AnyContent,
    SignOff,
)
from mooring.core.session.straight import straightened
from mooring.core.session.view import SessionView

REPEATED = ("started_at", "ended_at", "signed_at", "stopped_early")
"""What the session's row repeats of its log, so that lists need not fold every session."""


class RepeatedError(Exception):
    """The entry is stored already; `row` is what is stored."""

    def __init__(self, row: SessionEntry) -> None:
        super().__init__(str(row.pk))
        self.row = row


@action("session.schedule")
def schedule(
    by: Actor,
    *,
    order: Order,
    scheduled_at: datetime,
    room: str,
    sitter: User | None,
    now: datetime,
    stopping: Sequence[str] | None = None,
    monitoring: str | None = None,
    starting: str | None = None,
    leaving: str | None = None,
    rules_reason: str = "",
    clash_reason: str = "",
) -> TreatmentSession:
    """Plan the next session of a course under a signed order, with the policies it will follow.

    Policies that are not named are those that belong to the order's drug and route. Others than
    those take a prescriber and `rules_reason`; a room or a sitter that is taken `clash_reason`.
    """
    require_open_order(order)
    otherwise = usual(order)
    chosen: dict[str, Any] = {
        "stopping": list(otherwise.stopping if stopping is None else stopping),
        "monitoring": monitoring or otherwise.monitoring,
        "starting": starting or otherwise.starting,
        "leaving": leaving or otherwise.leaving,
    }
    require_known_policies(**chosen)
    out = planning.left_out(by, order, chosen, rules_reason, now)
    slot = planning.Slot(order, scheduled_at, room, require_sitter(sitter))
    taken = planning.require_room_in_time(slot, clash_reason)
    session = TreatmentSession.objects.create(
        course=order.course, order=order, number=next_number(order), scheduled_at=scheduled_at,
        room=room, sitter=sitter, left_out=out, plan_changes=agreed(by, taken, clash_reason, now),
        **chosen,
    )  # fmt: skip
    following.tell(session)
    return session


@action("session.schedule")
def move(
    by: Actor,
    *,
    session: TreatmentSession,
    scheduled_at: datetime,
    room: str,
    sitter: User | None,
    reason: str,
    now: datetime,
    clash_reason: str = "",
) -> TreatmentSession:
    """Plan a session that has not started for another time, room or sitter, with the reason."""
    session = locked(session.pk)
    still(planning.plan_stands(session))
    require_movable(session)
    if not reason.strip():
        raise RefusedError("Say why the session is moved.", field="reason")
    slot = planning.Slot(session.order, scheduled_at, room, require_sitter(sitter), session)
    taken = planning.require_room_in_time(slot, clash_reason)
    what = planning.moved_words(session, slot)
    said = {"what": what, "reason": reason.strip(), "by": by.name, "at": now.isoformat()}
    session.plan_changes = [*session.plan_changes, said, *agreed(by, taken, clash_reason, now)]
    session.scheduled_at, session.room, session.sitter = scheduled_at, room.strip(), sitter
    session.save(update_fields=["scheduled_at", "room", "sitter", "plan_changes"])
    chain.append(
        at=now, actor=by.key, actor_name=by.name, action="sessions.moved",
        subject=session._meta.label, subject_id=str(session.pk), patient=session.patient_key,
        detail=f"{what}: {reason.strip()}",
    )  # fmt: skip
    following.tell(session)
    return session


def agreed(by: Actor, taken: list[str], reason: str, now: datetime) -> list[dict[str, str]]:
    """Each clash that was agreed to, as the session keeps it."""
    said = {"reason": reason.strip(), "by": by.name, "at": now.isoformat()}
    return [{"what": clash, **said} for clash in taken]


@action("session.schedule")
def cancel(
    by: Actor,  # noqa: ARG001
    *,
    session: TreatmentSession,
    reason: str,
    now: datetime,
) -> TreatmentSession:
    """Call off a session in which nothing has been written yet; its number becomes free."""
    session = locked(session.pk)
    still(planning.plan_stands(session))
    if session.cancelled_at is not None:
        raise RefusedError("This session is already cancelled.")
    if session.entries.exists():
        raise RefusedError("This session has begun: its log stays open until it is signed off.")
    if not reason.strip():
        raise RefusedError("Say why the session is cancelled.", field="reason")
    session.cancelled_at, session.cancel_reason = now, reason.strip()
    session.save(update_fields=["cancelled_at", "cancel_reason"])
    following.tell(session)
    return session


def write_entry(
    by: Actor,
    *,
    session: TreatmentSession,
    entry_id: UUID,
    effective_at: datetime,
    content: AnyContent,
    now: datetime,
    second: SecondPerson | None = None,
) -> SessionEntry:
    """Store one line of the log, once.

    `second` opens what another person may open of what holds drug back.

    The same id with the same content gives the row that was stored first (its `recorded_at` is
    then not `now`) and changes nothing. RefusedError with core's sentences when the entry cannot
    stand where the session is, or when its id is taken by another entry.
    """
    try:
        if isinstance(content, SignOff):
            require_new(entry_id)
            return sign_off(by, session.pk, entry_id, effective_at, content, now=now)
        return record(by, session.pk, entry_id, effective_at, content, second, now=now)
    except RepeatedError as repeated:
        row = repeated.row
    except IntegrityError:
        # The same id may have been stored under another session between our look and our insert.
        taken = SessionEntry.objects.filter(pk=entry_id).first()
        if taken is None:
            raise
        row = taken
    require_same(row, session.pk, effective_at, content)
    return row


def require_new(entry_id: UUID) -> None:
    """RepeatedError for a signature whose answer was lost: nobody signs it a second time."""
    stored = SessionEntry.objects.filter(pk=entry_id).first()
    if stored is not None:
        raise RepeatedError(stored)


@action("session.record")
def record(
    by: Actor,
    session_id: UUID,
    entry_id: UUID,
    effective_at: datetime,
    content: AnyContent,
    second: SecondPerson | None = None,
    *,
    now: datetime,
) -> SessionEntry:
    """Store a new line of the log. RepeatedError when its id is stored already."""
    require_prescriber(by, content)
    return append(by, session_id, entry_id, effective_at, content, now, second)


@action("session.sign")
def sign_off(
    by: Actor,
    session_id: UUID,
    entry_id: UUID,
    effective_at: datetime,
    content: SignOff,
    *,
    now: datetime,
) -> SessionEntry:
    """Sign that the patient may leave; over something that still blocks, prescribers only."""
    require_own_signature(by, content)
    return append(by, session_id, entry_id, effective_at, content, now)


def append(
    by: Actor,
    session_id: UUID,
    entry_id: UUID,
    effective_at: datetime,
    content: AnyContent,
    now: datetime,
    second: SecondPerson | None = None,
) -> SessionEntry:
    """Take the next sequence number under the session's lock and store the entry there."""
    if by.user is None:
        raise RefusedError("An entry is written by a person who is signed in.")
    session = locked(session_id)
    stored = SessionEntry.objects.filter(pk=entry_id).first()
    if stored is not None:
        raise RepeatedError(stored)
    if session.cancelled_at is not None:
        raise RefusedError("This session is cancelled: schedule a new one.")
    for moment in (effective_at, *times_in(content)):
        require_time(moment, now)
    require_words(content)
    log = entries_of(session)
    require_may_strike(by, session, log, content)
    require_own_reading(log, content)
    row = SessionEntry(
        id=entry_id,
        session=session,
        sequence=log[-1].sequence + 1 if log else 1,
        effective_at=effective_at,
        recorded_at=now,
        author=by.user,
        **columns(content),
    )
    if second is not None and second.alone is not None:
        require_alone_may(session.order.course, session.order.group_of, now)
    steps = steps_of(session)
    (sent,) = straightened([entry_of(row)], steps)
    row.detail = columns(let_through(session, log, sent, now, second))["detail"]
    row.save(force_insert=True)
    if second is not None and second.alone is not None and was_opened(row):
        note_opening(
            by, second, patient=session.course.patient, what="treatment.SessionEntry",
            what_id=row.pk, in_words=f"Held drug, opened in session {session.number}", now=now,
        )  # fmt: skip
    (taken,) = straightened([entry_of(row)], steps)
    view = view_if_judged(session, now, [*log, taken])
    if view is not None:
        keep_in_step(by, session, view, now)
        following.call(view.alerts)
    following.tell(session)
    following.review_touch(by, session, row, now)
    call_about_answer(by, session.course.patient, session.pk, content, now)
    return row


def was_opened(row: SessionEntry) -> bool:
    """True where the entry holds who opened what stood against it."""
    said = content_of(row)
    said = getattr(said, "replacement", None) or said
    return getattr(said, "opened", None) is not None


def keep_in_step(by: Actor, session: TreatmentSession, view: SessionView, now: datetime) -> None:
    """Repeat on the session what its log now says, and start what follows from it."""
    ended_anew = view.ended_at is not None and view.ended_at != session.ended_at
    changed = [name for name in REPEATED if getattr(session, name) != getattr(view, name)]
    for name in changed:
        setattr(session, name, getattr(view, name))
    begun = view.started_at is not None or view.signed_at is not None
    if begun and not session.policy_versions:
        begun_under = policies_of(session)
        session.stopping = [policy.id for policy in begun_under.stopping]
        session.policy_versions = begun_under.versions
        changed += ["stopping", "policy_versions"]
    if changed:
        session.save(update_fields=changed)
    if ended_anew:
        following.plan_measures(by, session, now)


def locked(session_id: UUID) -> TreatmentSession:
    """The session, with its row held until the end of the transaction on PostgreSQL."""
    rows = TreatmentSession.objects.select_related("order", "course")
    return rows.select_for_update(of=("self",)).get(pk=session_id)


def next_number(order: Order) -> int:
    """The place in the course after the sessions that are not cancelled."""
    planned = TreatmentSession.objects.filter(course=order.course, cancelled_at__isnull=True)
    last: int | None = planned.aggregate(last=Max("number"))["last"]
    return 1 if last is None else last + 1
