"""What makes an entry impossible now. Asked before an entry is written; the fold never refuses."""

from collections.abc import Sequence
from datetime import datetime

from mooring.core.session.entries import (
    Content,
    Correction,
    DoseGiven,
    DoseNotGiven,
    DosingStopped,
    Entry,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    InfusionStop,
    Note,
    PrescriberDecision,
    SignOff,
)
from mooring.core.session.fold import fold
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.view import Blocker, Phase, Plan, SessionView

RUNNING = (Phase.INFUSING, Phase.PAUSED)


def refusals(
    policies: SessionPolicies,
    plan: Plan,
    entries: Sequence[Entry],
    proposed: Entry,
    now: datetime,
) -> list[Blocker]:
    """Why `proposed` cannot be written on top of `entries`; empty when nothing speaks against it.

    Where the pump or the doses stand is taken from the whole log at `now`. What a start or a
    sign-off needs is judged at the time the entry speaks of, so that a tablet that was offline is
    heard as it was.
    """
    view = fold(policies, plan, entries, now)
    content = proposed.content
    if view.phase is Phase.SIGNED:
        return _after_signing(content)
    then = fold(policies, plan, entries, min(now, proposed.effective_at))
    match content:
        case InfusionStart():
            return _start(view, then)
        case SignOff():
            return _sign(content, view, then)
        case DoseGiven() | DoseNotGiven():
            return _dose(content, view, then)
        case PrescriberDecision():
            return _decision(content, view, then)
        case DosingStopped() if view.phase is not Phase.DOSING:
            return _because("not_dosing", f"There is no dose to stop: {_dose_words(view)}")
    return _pump(content, view)


def _after_signing(content: Content) -> list[Blocker]:
    if isinstance(content, Correction | Note):
        return []
    return _because("signed", "The session is signed: a correction or a note can still be added")


def _start(view: SessionView, then: SessionView) -> list[Blocker]:
    if view.doses:
        return _because("no_pump", "This order is not given by a pump: chart its doses")
    if view.started_at is not None:
        return _because("started", "The infusion has already started")
    return list(then.start_blockers)


def _sign(content: SignOff, view: SessionView, then: SessionView) -> list[Blocker]:
    """A reason overrides open criteria; it does not leave a pump running or a dose open."""
    if view.phase in RUNNING:
        return _because("running", "The infusion has not ended: complete or stop it first")
    if view.phase is Phase.DOSING:
        return _because("dosing", "A dose is still to come: chart it, or say why it is not given")
    return [] if content.override_reason is not None else list(then.leave_blockers)


def _dose(content: DoseGiven | DoseNotGiven, view: SessionView, then: SessionView) -> list[Blocker]:
    """Each dose of the order is answered once; the first that is given needs what a start needs."""
    if not view.doses:
        return _because("pump", "This order is an infusion: it is started with the pump")
    if content.step > len(view.doses):
        words = f"There is no dose {content.step}: the order's last is {len(view.doses)}"
        return _because("no_such_dose", words)
    if view.doses[content.step - 1].answered:
        words = f"Dose {content.step} is charted already: correct that entry"
        return _because("charted", words)
    if view.ended_at is not None:
        return _because("ended", "The doses have ended: correct the entry that ended them")
    first = isinstance(content, DoseGiven) and view.started_at is None
    return list(then.start_blockers) if first else []


def _decision(content: PrescriberDecision, view: SessionView, then: SessionView) -> list[Blocker]:
    """Only what holds the start is weighed, and only what a prescriber may open."""
    if view.started_at is not None:
        return _because("started", "Drug has gone in: there is no start to decide on")
    known = {(one.id, one.fact) for one in then.start_blockers}
    known |= {(one.blocker.id, one.blocker.fact) for one in then.start_weighed}
    return [
        Blocker("not_open", f"This does not hold the start, or no longer: {one.text}", ())
        for one in content.weighed
        if (one.hold, one.fact) not in known
    ]


def _dose_words(view: SessionView) -> str:
    if not view.doses:
        return "this order is an infusion"
    return "none was given yet" if view.started_at is None else "the doses have ended"


def _pump(content: Content, view: SessionView) -> list[Blocker]:
    match content:
        case InfusionPause() if view.phase is not Phase.INFUSING:
            return _because("not_infusing", f"There is nothing to pause: {_pump_words(view)}")
        case InfusionResume() if view.phase is not Phase.PAUSED:
            return _because("not_paused", f"There is nothing to resume: {_pump_words(view)}")
        case InfusionStop() | InfusionComplete() if view.phase not in RUNNING:
            return _because("not_running", f"There is nothing to end: {_pump_words(view)}")
        case InfusionRate() if view.phase not in RUNNING:
            return _because("not_running", f"There is no rate to change: {_pump_words(view)}")
    return []


def _pump_words(view: SessionView) -> str:
    if view.doses:
        return "no pump gives this order"
    if view.started_at is None:
        return "the infusion has not started"
    if view.ended_at is not None:
        return "the infusion has ended"
    return "the infusion is paused" if view.phase is Phase.PAUSED else "the infusion is running"


def _because(name: str, text: str) -> list[Blocker]:
    return [Blocker(name, text, ())]
