"""What a session and an entry need before they are written; each refusal is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.clock.steps import ahead_allowed
from mooring.clinic.courses.models import Order
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.gates import as_sent
from mooring.clinic.sessions.log import content_of
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.core.datafiles import DataFileError
from mooring.core.session.entries import (
    AlertSeen,
    AnyContent,
    Correction,
    Entry,
    PrescriberDecision,
    Readiness,
    SignOff,
)
from mooring.core.session.policies import session_policies
from mooring.core.session.standing import root_of

CLOCKS_MAY_DIFFER = timedelta(minutes=2)
LONGEST_AGO = timedelta(days=366)


def require_open_order(order: Order) -> None:
    """A session is given under an order that stands, in a course that goes on."""
    if order.withdrawn_at is not None:
        raise RefusedError("This order is withdrawn: a session needs a signed order.")
    if order.course.ended_at is not None:
        raise RefusedError("This course has ended: a session needs a course that goes on.")


def require_known_policies(
    stopping: Sequence[str], monitoring: str, starting: str, leaving: str
) -> None:
    """Each policy is installed, and at least one rule can raise the banner."""
    if not stopping:
        raise RefusedError("Choose at least one stop rule.", field="stopping")
    try:
        session_policies(stopping, monitoring, starting, leaving)
    except DataFileError as unknown:
        raise RefusedError(str(unknown)) from unknown


def require_sitter(sitter: User | None) -> User:
    """A session has somebody who stays with the patient."""
    if sitter is None:
        raise RefusedError("Name the person who will sit with the patient.", field="sitter")
    return sitter


def require_movable(session: TreatmentSession) -> None:
    """Only what has not started can be planned for another time."""
    if session.cancelled_at is not None:
        raise RefusedError("This session is cancelled: plan a new one.")
    if session.started_at is not None or session.signed_at is not None:
        raise RefusedError("This session has started: its time is what its log says.")


def require_same(
    row: SessionEntry, session_id: UUID, effective_at: datetime, content: AnyContent
) -> None:
    """An id stands for one entry: RefusedError when it is stored with anything else."""
    sent = (session_id, effective_at, content)
    if (row.session_id, row.effective_at, as_sent(content_of(row))) != sent:
        raise RefusedError("Another entry is stored under this id: send this one under a new id.")


def require_words(content: AnyContent) -> None:
    """Where something is said, it is said in words: blanks are no reason, and no name."""
    for name, text in texts_in(content.model_dump()):
        if text and not text.strip():
            raise RefusedError("Say it in words: only blanks were typed.", field=name)


def texts_in(values: Any, named: str = "") -> Iterator[tuple[str, str]]:
    """Every text within a content, however deep, with the name of its field."""
    if isinstance(values, str):
        yield named, values
    elif isinstance(values, dict):
        for name, value in values.items():
            yield from texts_in(value, name)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from texts_in(value, named)


def times_in(content: AnyContent) -> list[datetime]:
    """The times that an entry's content names, also within what a correction puts in its place."""
    said = [content, content.replacement] if isinstance(content, Correction) else [content]
    values = (value for each in said if each is not None for value in dict(each).values())
    return [value for value in values if isinstance(value, datetime)]


def require_time(moment: datetime, now: datetime) -> None:
    """Not ahead of the clinic's clock, and not so long ago that the date must be a slip.

    For an hour after the clock was set a time by the clock before it is taken too.
    """
    if moment > now + CLOCKS_MAY_DIFFER and moment > now + CLOCKS_MAY_DIFFER + ahead_allowed(now):
        raise RefusedError(
            "The time lies in the future: an entry says what has already happened.",
            field="effective_at",
        )
    if moment < now - LONGEST_AGO:
        raise RefusedError("The time lies more than a year ago: check the date.")


def require_may_strike(
    by: Actor, session: TreatmentSession, log: Sequence[Entry], content: AnyContent
) -> None:
    """A signature is struck by who signed, or by a prescriber; a decision by a prescriber only.

    A decision to wait that is gone would let the one before it speak again.
    """
    if not isinstance(content, Correction) or Role.PRESCRIBER in by.roles:
        return
    root = root_of(log, content.corrects)
    if root is not None and isinstance(root.content, PrescriberDecision):
        raise RefusedError("A prescriber's decision is struck by a prescriber.")
    signed = session.entries.filter(pk=content.corrects, kind="sign_off").first()
    if signed is not None and by.user is not None and signed.author_id != by.user.pk:
        raise RefusedError("A signature is struck by who signed, or by a prescriber.")


def require_own_reading(log: Sequence[Entry], content: AnyContent) -> None:
    """What was seen is a reading of this session, and not of another one."""
    said = content.replacement if isinstance(content, Correction) else content
    if isinstance(said, AlertSeen) and said.reading not in {entry.id for entry in log}:
        raise RefusedError(
            "There is no such reading in this session: choose one that stands in its log.",
            field="reading",
        )


def require_own_signature(by: Actor, content: SignOff) -> None:
    """A sign-off carries the signer's own name and credential."""
    if by.user is None or not by.user.credential:
        raise RefusedError("Your account names no credential: ask the clinic's owner to add it.")
    if (content.clinician, content.credential) != (str(by.user), by.user.credential):
        raise RefusedError(f"Sign as yourself: {by.user}, {by.user.credential}.")
    if content.override_reason is not None and Role.PRESCRIBER not in by.roles:
        raise RefusedError("Only a prescriber signs while something is still open.")


def require_prescriber(by: Actor, content: AnyContent) -> None:
    """What only a prescriber decides, also where a correction says so."""
    said = content.replacement if isinstance(content, Correction) else content
    if isinstance(said, PrescriberDecision) and Role.PRESCRIBER not in by.roles:
        raise RefusedError("Only a prescriber weighs what holds a start, and decides.")
    decides = isinstance(said, Readiness) and said.decided is not None
    if decides and Role.PRESCRIBER not in by.roles:
        raise RefusedError(
            "Only a prescriber decides after an answer about suicidal thoughts.", field="decided"
        )
