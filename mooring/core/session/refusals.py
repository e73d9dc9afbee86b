"""What stands against an entry. Asked before it is written; the fold never refuses.

What is judged is the log with the entry folded in: a correction is judged as what it makes of the
log. Some of it is impossible: the log could not say it. The rest holds drug that is about to be
given; drug that went in can always be charted, and is then marked as given against the order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mooring.core.session.chart import chart
from mooring.core.session.corrections import forbidden, replaced
from mooring.core.session.entries import (
    Content,
    Correction,
    DoseGiven,
    DoseNotGiven,
    DosingStopped,
    Entry,
    GivesDrug,
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
from mooring.core.session.order_conformity import (
    Held,
    differences,
    followed_too_soon,
    not_faster,
)
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.standing import resolve
from mooring.core.session.view import Blocker, Phase, Plan, SessionView
from mooring.core.session.withholding import rules, stop_rules

RUNNING = (Phase.INFUSING, Phase.PAUSED)
DRUG_OPEN = (*RUNNING, Phase.DOSING)


@dataclass(frozen=True)
class Judgement:
    """What stands against an entry."""

    entry: Entry | None
    """What was judged: the entry, or what a correction makes of one; None where it takes back."""
    impossible: tuple[Blocker, ...] = ()
    """Nobody can write it."""
    held: tuple[Held, ...] = ()
    """Holds drug that is about to be given."""
    withheld_by: str | None = None
    """The rules that hold back the next dose at the time of the entry, by their titles."""
    first: bool = False
    """True for the first drug of the session."""
    less: bool = False
    """True for a rate no higher than the one that runs: nothing holds it before the act."""

    @property
    def gives(self) -> GivesDrug | None:
        """What puts drug in, and was not judged before; None for anything else."""
        content = None if self.entry is None else self.entry.content
        if not isinstance(content, GivesDrug) or content.against or content.opened:
            return None
        return content


@dataclass(frozen=True)
class _Place:
    """Where the session stands for an entry that is judged."""

    here: SessionView
    """Where pump and doses stand."""
    whole: SessionView
    """With everything that is in the log."""
    then: SessionView
    """As it was heard at the time that the entry speaks of."""


def refusals(
    policies: SessionPolicies,
    plan: Plan,
    entries: Sequence[Entry],
    proposed: Entry,
    now: datetime,
) -> list[Blocker]:
    """Why `proposed` cannot be written on top of `entries`; empty when nothing speaks against it.

    What holds drug back is among it only where the drug is about to be given.
    """
    found = judge(policies, plan, entries, proposed, now)
    if found.impossible:
        return list(found.impossible)
    happened = found.gives is not None and found.gives.timing == "has_happened"
    return [] if happened else [held.blocker for held in found.held]


def judge(
    policies: SessionPolicies,
    plan: Plan,
    entries: Sequence[Entry],
    proposed: Entry,
    now: datetime,
) -> Judgement:
    """What stands against `proposed` on top of `entries`.

    Where the pump or the doses stand is taken from the whole log at `now`. What a start or a
    sign-off needs is judged at the time the entry speaks of, so that a tablet that was offline is
    heard as it was. What a correction says anew is judged where it comes to stand.
    """
    if isinstance(proposed.content, Correction):
        return _correction(policies, plan, entries, proposed, now)
    whole = fold(policies, plan, entries, now)
    if whole.phase is Phase.SIGNED:
        return Judgement(proposed, tuple(_after_signing(proposed.content)))
    heard_at = min(now, proposed.effective_at)
    then = fold(policies, plan, entries, heard_at)
    place = _Place(whole, whole, then)
    return _judged(plan, place, entries, proposed, heard_at)


def _correction(
    policies: SessionPolicies,
    plan: Plan,
    entries: Sequence[Entry],
    proposed: Entry,
    now: datetime,
) -> Judgement:
    correction = proposed.content
    assert isinstance(correction, Correction)  # noqa: S101 - the caller has looked
    never = forbidden(entries, correction, now) or _reopens(policies, plan, entries, proposed, now)
    if never is not None:
        return Judgement(None, (never,))
    anew = replaced(entries, proposed, correction, now)
    if anew is None:
        return Judgement(None)
    at = anew.entry.effective_at
    then = fold(policies, plan, anew.before, at)
    place = _Place(then, fold(policies, plan, anew.others, now), then)
    found = _judged(plan, place, anew.before, anew.entry, at)
    if found.impossible or not isinstance(found.gives, DoseGiven):
        return found
    counted = resolve([*anew.others, anew.entry], now).log
    after = followed_too_soon(plan, counted, anew.entry.id)
    return replace(found, held=(*found.held, *after))


def _judged(
    plan: Plan, place: _Place, before: Sequence[Entry], entry: Entry, at: datetime
) -> Judgement:
    impossible = tuple(_impossible(entry.content, place))
    withheld_by = rules(place.then.alerts) if place.then.withheld else None
    found = Judgement(entry, impossible, withheld_by=withheld_by)
    if impossible or found.gives is None:
        return found
    seen = chart(resolve(before, at).log, at, len(plan.doses))
    if not_faster(seen, entry.content):
        return replace(found, less=True)
    stop = stop_rules(place.then.alerts)
    differs = differences(plan, seen, entry.content, place.then.withheld, stop)
    if place.whole.started_at is not None:
        return replace(found, held=tuple(differs))
    return replace(found, held=(*_needs_of_a_start(place), *differs), first=True)


def _impossible(content: Content, place: _Place) -> list[Blocker]:
    match content:
        case InfusionStart():
            return _start(content, place.whole)
        case SignOff():
            return _sign(content, place)
        case DoseGiven() | DoseNotGiven():
            return _dose(content, place)
        case PrescriberDecision():
            return _decision(content, place.here, place.then)
    return _pump_at(content, place)


def _needs_of_a_start(place: _Place) -> Iterator[Held]:
    """What the first drug of a session needs at the patient; another person does not replace it."""
    for blocker in place.then.start_blockers:
        named = replace(blocker, id=f"start.{blocker.id}")
        yield Held(named, second_person=False)


def _reopens(
    policies: SessionPolicies,
    plan: Plan,
    entries: Sequence[Entry],
    proposed: Entry,
    now: datetime,
) -> Blocker | None:
    """A correction below a signature does not set the pump running again, or open a dose."""
    if fold(policies, plan, entries, now).phase is not Phase.SIGNED:
        return None
    unsigned = [each for each in [*entries, proposed] if not isinstance(each.content, SignOff)]
    if fold(policies, plan, unsigned, now).phase not in DRUG_OPEN:
        return None
    words = "Signed, and this would leave the drug running: strike the signature first"
    return Blocker("signed", words, ())


def _after_signing(content: Content) -> list[Blocker]:
    if isinstance(content, Note):
        return []
    if isinstance(content, GivesDrug):
        words = "The session is signed: strike the signature first, then chart what was given"
        return _because("signed", words)
    return _because("signed", "The session is signed: a correction or a note can still be added")


def _start(start: InfusionStart, view: SessionView) -> list[Blocker]:
    if view.doses:
        return _because("no_pump", "This order is not given by a pump: chart its doses")
    again = view.ended_at is not None and start.timing == "has_happened"
    if view.started_at is not None and not again:
        return _because("started", "The infusion has already started")
    return []


def _sign(content: SignOff, place: _Place) -> list[Blocker]:
    """A reason overrides open criteria; it does not leave a pump running or a dose open."""
    view, then = place.here, place.then
    if view.phase in RUNNING:
        return _because("running", "The infusion has not ended: complete or stop it first")
    if view.phase is Phase.DOSING:
        return _because("dosing", "A dose is still to come: chart it, or say why it is not given")
    if view.ended_at is not None and then.ended_at is None:
        return _because("before_end", "At that time the drug had not ended: sign at a later time")
    return [] if content.override_reason is not None else list(then.leave_blockers)


def _dose(content: DoseGiven | DoseNotGiven, place: _Place) -> list[Blocker]:
    """Each dose of the order is answered once. What went in beyond that can still be charted."""
    doses, happened = place.whole.doses, _happened(content)
    if not doses:
        return _because("pump", "This order is an infusion: it is started with the pump")
    if content.step > len(doses):
        words = f"There is no dose {content.step}: the order's last is {len(doses)}"
        return [] if happened else _because("no_such_dose", words)
    dose = doses[content.step - 1]
    if dose.given_at is not None or (dose.answered and not happened):
        words = f"Dose {content.step} is charted already: correct that entry"
        return _because("charted", words)
    if place.here.ended_at is not None and not happened:
        return _because("ended", "The doses have ended: correct the entry that ended them")
    return []


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


def _happened(content: Content) -> bool:
    return isinstance(content, GivesDrug) and content.timing == "has_happened"


def _dose_words(view: SessionView) -> str:
    if not view.doses:
        return "this order is an infusion"
    return "none was given yet" if view.started_at is None else "the doses have ended"


def _pump_at(content: Content, place: _Place) -> list[Blocker]:
    """What does not fit where the pump stands; of what has happened also where it stood then.

    A pause and a stop always speak of what has happened. Who charts them late is not refused
    because the drug has ended since. Drug that is about to be given goes in now.
    """
    found = _pump(content, place.here)
    ahead = isinstance(content, GivesDrug) and not _happened(content)
    return found if ahead or _pump(content, place.then) else []


def _pump(content: Content, view: SessionView) -> list[Blocker]:
    match content:
        case DosingStopped() if view.phase is not Phase.DOSING:
            return _because("not_dosing", f"There is no dose to stop: {_dose_words(view)}")
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
