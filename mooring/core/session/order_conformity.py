"""Whether what is given is what was ordered: amount, rate, concentration, preparation, spacing.

Less drug is never held: a lower rate, a pause, a stop, a smaller dose. A syringe or a bag that does
not hold what was ordered is held either way, because it was prepared for something else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from mooring.core.session.chart import Chart, plain
from mooring.core.session.dosing import Dosing, spacing
from mooring.core.session.entries import (
    Content,
    DoseGiven,
    InfusionRate,
    InfusionResume,
    InfusionStart,
)
from mooring.core.session.infusion import Infusion
from mooring.core.session.standing import Log, Standing, of
from mooring.core.session.view import Blocker, Plan

HALF_A_MARK_ML = Decimal("0.005")
"""Half of the 0.01 mL to which a syringe is read."""
PUMP_STEP_ML_PER_HOUR = Decimal("0.01")
RATE_STEP = Decimal("0.0001")
"""mg/min; how finely the bedside page writes a rate."""
CLAIMS = ("choice.held-against-order",)


@dataclass(frozen=True)
class Held:
    """One thing that holds drug back before it is given."""

    blocker: Blocker
    second_person: bool = True
    """True when another person, with a reason, can open it; else nobody can."""


def differences(
    plan: Plan, before: Chart, content: Content, withheld: Blocker | None, stop: Blocker | None
) -> Iterator[Held]:
    """Where `content`, given at `before.now`, is not what the order says.

    `before` is what came before it, `withheld` what holds the next dose back at that time, `stop`
    what says that no more drug should run in.
    """
    if stop is not None and isinstance(content, InfusionResume | InfusionRate):
        yield Held(stop)
    match content:
        case InfusionStart():
            yield from _start(plan, before, content)
        case InfusionRate():
            yield from _faster(plan, before, content.rate_mg_per_minute)
        case DoseGiven():
            yield from _dose(plan, before, content, withheld)


def followed_too_soon(plan: Plan, log: Log, moved: UUID) -> Iterator[Held]:
    """The doses after one that a correction moved, where they now follow sooner than ordered."""
    given = of(log, DoseGiven)
    place = [dose.id for dose in given].index(moved)
    for later, dose in enumerate(given[place + 1 :], start=place + 1):
        marked = dose.content.against or dose.content.opened
        if not marked and dose.content.step <= len(plan.doses):
            yield from _spaced(plan, given[:later], dose.content.step, dose.at)


def _start(plan: Plan, before: Chart, start: InfusionStart) -> Iterator[Held]:
    if before.giving is not None:
        yield _held("started_again", "The infusion had ended: the order does not start it again")
    line, given = plan.concentration_mg_per_ml, start.concentration_mg_per_ml
    if line is not None and given != line:
        words = f"{plain(given)} mg/mL in the line: the order says {plain(line)} mg/mL"
        yield _held("concentration", words)
    yield from _drawn_up(plan, start)
    yield from _preparation(plan, start)
    yield from _faster(plan, before, start.rate_mg_per_minute)


def _drawn_up(plan: Plan, start: InfusionStart) -> Iterator[Held]:
    """The ordered amount to the mark of a syringe, and what the clinic primes its line with."""
    line = start.concentration_mg_per_ml
    vials = (line, plan.strength_mg_per_ml or start.vial_mg_per_ml)
    rounding = HALF_A_MARK_ML * max(strength for strength in vials if strength is not None)
    priming = plan.priming_ml * line
    if plan.ordered_mg - rounding <= start.drawn_up_mg <= plan.ordered_mg + rounding + priming:
        return
    primed = f", and {plain(plan.priming_ml)} mL to prime the line" if plan.priming_ml else ""
    words = (
        f"{plain(start.drawn_up_mg)} mg drawn up: the order says {plain(plan.ordered_mg)} mg"
        f"{primed}"
    )
    yield _held("drawn_up", words)


def made_mg_per_ml(plan: Plan, start: InfusionStart) -> Decimal | None:
    """The concentration that vial and diluent come to; None where they are not recorded."""
    vial = start.vial_mg_per_ml or plan.strength_mg_per_ml
    if vial is None or start.diluent_ml is None:
        return None
    return start.drawn_up_mg / (start.drawn_up_mg / vial + start.diluent_ml)


def _preparation(plan: Plan, start: InfusionStart) -> Iterator[Held]:
    """Vial and diluent have to come to what is said to be in the line, from the ordered vial."""
    ordered, taken = plan.strength_mg_per_ml, start.vial_mg_per_ml
    if ordered is not None and taken is not None and taken != ordered:
        words = f"A vial of {plain(taken)} mg/mL: the order names {plain(ordered)} mg/mL"
        yield _held("vial_strength", words)
    vial, line = start.vial_mg_per_ml or plan.strength_mg_per_ml, start.concentration_mg_per_ml
    if vial is None:
        return
    if vial < line:
        words = f"A vial of {plain(vial)} mg/mL does not make {plain(line)} mg/mL"
        yield _held("preparation", words)
        return
    if start.diluent_ml is None:
        return
    needed = start.drawn_up_mg / line - start.drawn_up_mg / vial
    if abs(start.diluent_ml - needed) > HALF_A_MARK_ML * (1 + vial / line):
        made = made_mg_per_ml(plan, start) or vial
        words = (
            f"{plain(start.diluent_ml)} mL of diluent with {plain(start.drawn_up_mg)} mg of "
            f"{plain(vial)} mg/mL makes {plain(made.quantize(Decimal('0.01')))} mg/mL, not "
            f"{plain(line)}"
        )
        yield _held("preparation", words)


def _faster(plan: Plan, before: Chart, rate: Decimal) -> Iterator[Held]:
    """Only what is faster than the order and than what runs: a lower rate is never held."""
    if not plan.over_minutes:
        return
    ordered = plan.ordered_mg / plan.over_minutes
    line = plan.concentration_mg_per_ml or Decimal(0)
    rounding = max(RATE_STEP, PUMP_STEP_ML_PER_HOUR * line / 60)
    if _runs_as_fast(before, rate) or rate <= ordered + rounding:
        return
    words = (
        f"{plain(rate)} mg/min is faster than ordered: {plain(plan.ordered_mg)} mg over "
        f"{plain(plan.over_minutes)} min is {plain(ordered.quantize(RATE_STEP))} mg/min"
    )
    yield _held("rate", words)


def not_faster(before: Chart, content: Content) -> bool:
    """True for a change to a rate no higher than the one that runs, or stands while paused."""
    return isinstance(content, InfusionRate) and _runs_as_fast(before, content.rate_mg_per_minute)


def _runs_as_fast(before: Chart, rate: Decimal) -> bool:
    runs = before.giving
    return isinstance(runs, Infusion) and runs.end is None and rate <= runs.set_rate


def _dose(plan: Plan, before: Chart, dose: DoseGiven, withheld: Blocker | None) -> Iterator[Held]:
    if dose.step > len(plan.doses):
        yield _held("no_such_dose", f"The order's last dose is {len(plan.doses)}: this is one more")
    else:
        yield from _amount(plan, dose)
        yield from _spaced(plan, of(before.log, DoseGiven), dose.step, before.now)
    if isinstance(before.giving, Dosing) and before.giving.end is not None:
        yield _held("ended", "The doses had ended")
    if withheld is not None:
        yield Held(Blocker("order.withheld", withheld.text, withheld.claims))


def _amount(plan: Plan, dose: DoseGiven) -> Iterator[Held]:
    planned = plan.doses[dose.step - 1].milligrams
    rounding = HALF_A_MARK_ML * (plan.strength_mg_per_ml or Decimal(0))
    if dose.amount_mg > planned + rounding:
        words = f"Dose {dose.step}: {plain(dose.amount_mg)} mg, {plain(planned)} mg ordered"
        yield _held("amount", words)


def _spaced(
    plan: Plan, given: Sequence[Standing[DoseGiven]], step: int, at: datetime
) -> Iterator[Held]:
    if not given:
        return
    due_at, after = spacing(plan, given, step)
    if at < due_at:
        words = (
            f"Dose {step} comes {_span(at - after.at)} after dose {after.content.step}: "
            f"the order has {_span(due_at - after.at)} between the two"
        )
        yield _held("spacing", words)


def _held(name: str, words: str) -> Held:
    return Held(Blocker(f"order.{name}", words, CLAIMS))


def _span(length: timedelta) -> str:
    """For example "18 s", "5 min", "4 min 42 s"."""
    whole, seconds = divmod(int(length.total_seconds()), 60)
    parts = [f"{whole} min"] if whole else []
    parts += [f"{seconds} s"] if seconds or not whole else []
    return " ".join(parts)
