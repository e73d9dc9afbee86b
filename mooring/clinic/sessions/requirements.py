"""What a session and an entry need before they are written; each refusal is a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.holds import start_holds
from mooring.clinic.sessions.log import content_of, plan_of, policies_of
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.core.datafiles import DataFileError
from mooring.core.session.entries import (
    AnyContent,
    Correction,
    DoseGiven,
    Entry,
    InfusionResume,
    InfusionStart,
    PrescriberDecision,
    SignOff,
)
from mooring.core.session.policies import MissingPoliciesError, session_policies
from mooring.core.session.refusals import refusals

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


def require_same(
    row: SessionEntry, session_id: UUID, effective_at: datetime, content: AnyContent
) -> None:
    """An id stands for one entry: RefusedError when it is stored with anything else."""
    sent = (session_id, effective_at, content)
    if (row.session_id, row.effective_at, content_of(row)) != sent:
        raise RefusedError("Another entry is stored under this id: send this one under a new id.")


def times_in(content: AnyContent) -> list[datetime]:
    """The times that an entry's content names."""
    values = content.model_dump().values()
    return [value for value in values if isinstance(value, datetime)]


def require_time(moment: datetime, now: datetime) -> None:
    """Not ahead of the clinic's clock, and not so long ago that the date must be a slip."""
    if moment > now + CLOCKS_MAY_DIFFER:
        raise RefusedError(
            "The time lies in the future: an entry says what has already happened.",
            field="effective_at",
        )
    if moment < now - LONGEST_AGO:
        raise RefusedError("The time lies more than a year ago: check the date.")


def require_fitting(
    session: TreatmentSession, log: list[Entry], proposed: Entry, now: datetime
) -> None:
    """Ask core whether the entry can stand where the session is; drug also needs its order."""
    try:
        policies = policies_of(session)
    except MissingPoliciesError as gone:
        require_no_judgement(proposed.content, gone)
        return
    plan = plan_of(session.order)
    found = refusals(policies, plan, log, proposed, max(now, proposed.effective_at))
    reasons = [reason.text for reason in found]
    gives = isinstance(proposed.content, InfusionStart | DoseGiven)
    if gives and session.started_at is None:
        reasons += [hold.text for hold in start_holds(session.order, proposed.effective_at)]
    elif gives:
        reasons += orders.use_holds(session.order, clinic_day(proposed.effective_at))
    if reasons:
        raise RefusedError(*reasons)


def require_no_judgement(content: AnyContent, gone: MissingPoliciesError) -> None:
    """Where a policy is missing nothing is judged: what happened is kept, nothing new begins."""
    said = content.replacement if isinstance(content, Correction) else content
    if isinstance(said, InfusionStart | InfusionResume | DoseGiven | SignOff):
        names = ", ".join(gone.missing)
        raise RefusedError(
            f"This session runs under rules that this program does not have: {names}. Until they"
            " are back nothing can be started or signed here; everything else is kept."
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
    """What holds a start is weighed by a prescriber, also where a correction says so."""
    said = content.replacement if isinstance(content, Correction) else content
    if isinstance(said, PrescriberDecision) and Role.PRESCRIBER not in by.roles:
        raise RefusedError("Only a prescriber weighs what holds a start, and decides.")
