"""Drug against its order, at the bedside: held before it is given, marked where it has been.

What is about to be given passes every gate, or another person opens what they may open. What has
been given is always taken, and keeps what stood against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import orders
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.sessions import order_bounds
from mooring.clinic.sessions.holds import start_holds, vial
from mooring.clinic.sessions.log import plan_of, policies_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.session.chart import chart
from mooring.core.session.corrections import forbidden
from mooring.core.session.entries import (
    AgainstOrder,
    AnyContent,
    Correction,
    DoseGiven,
    DoseNotGiven,
    Entry,
    GivesDrug,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    Opening,
    SignOff,
)
from mooring.core.session.order_conformity import Held, not_faster
from mooring.core.session.policies import MissingPoliciesError
from mooring.core.session.refusals import Judgement, judge
from mooring.core.session.standing import resolve
from mooring.core.session.view import Blocker

MADE_HERE = {"against": (), "opened": None, "vial": None}
"""What the server adds to an entry that gives drug, as it is before."""


class HeldError(RefusedError):
    """Drug that is about to be given, and does not pass."""

    def __init__(self, held: Iterable[Held]) -> None:
        held = tuple(held)
        super().__init__(*(each.blocker.text for each in held))
        self.second_person = all(each.second_person for each in held)
        """True when another person can open all of it."""


def let_through(
    session: TreatmentSession,
    log: list[Entry],
    proposed: Entry,
    now: datetime,
    second: SecondPerson | None = None,
) -> AnyContent:
    """The content to store, with what the server adds to it. RefusedError when it cannot be.

    HeldError when it holds drug that is about to be given; `second` opens what they may open.
    """
    moment = max(now, proposed.effective_at)
    try:
        policies = policies_of(session)
    except MissingPoliciesError as gone:
        return _unjudged(session, log, proposed.content, moment, gone)
    found = judge(policies, plan_of(session.order), log, proposed, moment)
    if found.impossible:
        raise RefusedError(*(reason.text for reason in found.impossible))
    judged = found.entry
    if judged is not None and isinstance(judged.content, DoseNotGiven):
        return _with(proposed.content, withheld=found.withheld_by)
    if judged is None or found.gives is None:
        return proposed.content
    held = (*found.held, *_held_here(session, found, judged.effective_at, now))
    made = {**_let(found.gives, held, second), "vial": vial.words(session, judged)}
    return _with(proposed.content, **made)


def _unjudged(
    session: TreatmentSession,
    log: list[Entry],
    content: AnyContent,
    now: datetime,
    gone: MissingPoliciesError,
) -> AnyContent:
    """Where a policy is missing nothing is judged: what happened is kept, nothing new begins."""
    said: object = content
    if isinstance(content, Correction):
        never, said = forbidden(log, content, now), content.replacement
        if never is not None:
            raise RefusedError(never.text)
    names = ", ".join(gone.missing)
    words = f"This session runs under rules that this program does not have: {names}."
    if isinstance(said, GivesDrug) and said.timing == "has_happened":
        return _with(content, against=(AgainstOrder(id="order.rules", text=words),))
    begins = isinstance(said, InfusionStart | InfusionResume | DoseGiven | SignOff)
    if begins or (isinstance(said, InfusionRate) and not _lower(session, log, said, now)):
        raise RefusedError(
            f"{words} Until they are back nothing can be started or signed here; everything else"
            " is kept."
        )
    return content


def _lower(session: TreatmentSession, log: list[Entry], rate: InfusionRate, now: datetime) -> bool:
    """True for a rate no higher than the one that runs; the log alone tells it."""
    doses = len(plan_of(session.order).doses)
    return not_faster(chart(resolve(log, now).log, now, doses), rate)


def as_sent(content: AnyContent) -> AnyContent:
    """The content without what the server added: what the device had sent."""
    if isinstance(content, Correction):
        replacement = content.replacement
        sent = None if replacement is None else as_sent(replacement)
        return content.model_copy(update={"replacement": sent})
    if isinstance(content, GivesDrug):
        return content.model_copy(update=MADE_HERE)
    if isinstance(content, DoseNotGiven):
        return content.model_copy(update={"withheld": None})
    return content


def _let(
    gives: GivesDrug, held: tuple[Held, ...], second: SecondPerson | None
) -> dict[str, object]:
    """What is kept with the entry of all that held it."""
    stood = tuple(AgainstOrder(id=h.blocker.id, text=h.blocker.text) for h in held)
    if gives.timing == "has_happened":
        return {"against": stood}
    if not held:
        return {}
    if second is None or not all(each.second_person for each in held):
        raise HeldError(held)
    return {
        "opened": Opening(
            by=_opener(second), account=second.user.pk, reason=second.reason, stood=stood
        )
    }


def _opener(second: SecondPerson) -> str:
    """The name that is shown."""
    return str(second.user) if second.alone is None else f"{second.user}, alone on duty"


def _held_here(
    session: TreatmentSession, found: Judgement, at: datetime, now: datetime
) -> Iterator[Held]:
    """What holds at the order, at its form's bounds and at the vial in the hand."""
    order, gives = session.order, found.gives
    happened = gives is not None and gives.timing == "has_happened"
    if found.less and not happened:
        return
    closed = [when for when in (order.withdrawn_at, order.course.ended_at) if when is not None]
    closed_later = bool(closed) and min(closed) > at
    if not (closed_later and happened):
        # What is dated back and about to happen goes in now all the same: by what is known now.
        asked_at = at if happened else max(at, now)
        holds = start_holds(order, asked_at, session) if found.first else None
        for reason in orders.use_holds(order, clinic_day(asked_at)) if holds is None else ():
            yield Held(Blocker("order.in_force", reason, ()), second_person=False)
        for hold in holds or ():
            if not hold.id.startswith("vial"):
                yield Held(Blocker(_named(hold.id), hold.text, hold.claims), second_person=False)
    if isinstance(gives, InfusionStart | DoseGiven):
        for hold in vial.holds(order, at, session):
            yield Held(Blocker(hold.id, hold.text, ()), hold.id in vial.OPENED_BY_ANOTHER)
    yield from order_bounds.refused(order, gives)
    if found.first:
        yield from order_bounds.beyond_the_day(order, at)


def _named(hold: str) -> str:
    """A hold of the order is against the order; any other was missing before the start."""
    return "order.in_force" if hold == "order" else f"start.{hold}"


def _with(content: AnyContent, **made: object) -> AnyContent:
    if not isinstance(content, Correction):
        return content.model_copy(update=made)
    if content.replacement is None:
        return content
    replacement = content.replacement.model_copy(update=made)
    return content.model_copy(update={"replacement": replacement})
