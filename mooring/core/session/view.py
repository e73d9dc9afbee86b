"""What the fold says about a session at one moment. Every screen and printout reads this."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from mooring.core.drugs.drug import Route
from mooring.core.session.entries import Entry, Reading


class Phase(StrEnum):
    """Where the session stands. Phases only move down this list, but for a pause."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    INFUSING = "infusing"
    DOSING = "dosing"
    """Between the first dose of an order that no pump gives and the answer to its last."""
    PAUSED = "paused"
    RECOVERING = "recovering"
    SIGNED = "signed"


class DueState(StrEnum):
    """Upcoming is before its time, due is from its time, overdue is past its grace."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class PlannedDose:
    """One dose of an order that no pump gives."""

    minute: Decimal
    """After the first."""
    milligrams: Decimal
    words: str
    """What is done: "one spray into the right nostril"."""


@dataclass(frozen=True)
class Plan:
    """What the signed order says, as the fold needs it."""

    ordered_mg: Decimal
    over_minutes: Decimal
    ordered_mg_per_kg: Decimal | None
    weight_kg: Decimal | None
    doses: tuple[PlannedDose, ...] = ()
    """What is given one by one; empty for an infusion."""
    concentration_mg_per_ml: Decimal | None = None
    """In the line, after dilution; None where there is no line."""
    strength_mg_per_ml: Decimal | None = None
    """Printed on the vial that the order names; None leaves it open."""
    priming_ml: Decimal = Decimal(0)
    """What the clinic draws up beyond the dose to fill its line."""
    route: Route = Route.INTRAVENOUS_INFUSION


@dataclass(frozen=True)
class Baseline:
    """The mean of the two newest seated blood pressures before the start, each value unrounded."""

    systolic: Decimal
    diastolic: Decimal
    heart_rate: Decimal | None
    spo2: Decimal | None
    readings: tuple[UUID, UUID]
    taken_at: datetime


@dataclass(frozen=True)
class Latest:
    """The newest value of one vital sign, with its age and its change from baseline."""

    check: str
    """blood_pressure, heart_rate, spo2, respiratory_rate or sedation."""
    text: str
    taken_at: datetime
    age_seconds: int
    change: str | None
    """For example "+14/+8"; None when there is no baseline for it."""
    entry: UUID


@dataclass(frozen=True)
class Due:
    """One check the schedule asks for next."""

    check: str
    label: str
    due_at: datetime
    overdue_at: datetime
    state: DueState
    reason: str
    """The schedule's words, or for example "repeat within 2 minutes of a high reading"."""
    policy: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Alert:
    """A rule that fired: which rule, on which entries, in which words, from which source."""

    rule: str
    policy: str
    level: str
    """stop, call or caution."""
    title: str
    detail: str
    """For example "165/90 is +45 over baseline 120/78"."""
    at: datetime
    trigger: UUID
    claims: tuple[str, ...]
    seen_by: str | None
    seen_at: datetime | None
    active: bool
    """True while the newest evidence still meets the rule."""
    subject: str
    """What it is about: a check, a symptom, the baseline or the dose. One banner for each."""


@dataclass(frozen=True)
class Blocker:
    """One thing that is still open before the start, or before the patient may leave."""

    id: str
    text: str
    claims: tuple[str, ...]
    fact: str | None = None
    """Names the fact that a prescriber may weigh; None where a decision opens nothing."""
    opens_at: datetime | None = None
    """When time alone opens it; None where it does not."""


@dataclass(frozen=True)
class WeighedHold:
    """What held the start until a prescriber weighed it and decided to go on."""

    blocker: Blocker
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class DoseStep:
    """From this time on, the pump ran at this rate (0 while paused or ended)."""

    at: datetime
    rate_mg_per_minute: Decimal


@dataclass(frozen=True)
class Dose:
    """One planned dose and what became of it."""

    step: int
    """From 1."""
    planned: PlannedDose
    due_at: datetime | None
    """None before the first dose is given, and once this one is answered or dosing has ended."""
    given_at: datetime | None = None
    given_mg: Decimal | None = None
    not_given: str | None = None
    """The reason, where it was left out."""
    ended_because: str | None = None
    """Why the doses were ended, where that left this one open."""

    @property
    def answered(self) -> bool:
        """True once it was given or left out."""
        return self.given_at is not None or self.not_given is not None


@dataclass(frozen=True)
class TimelineItem:
    """One entry as it reads in the timeline, with what a correction did to it."""

    entry: Entry
    text: str
    struck: bool
    corrected_by: UUID | None
    correction_reason: str | None


@dataclass(frozen=True)
class SessionView:
    """The whole session at `now`."""

    now: datetime
    phase: Phase
    started_at: datetime | None
    ended_at: datetime | None
    """When the infusion was completed or stopped, or the last dose answered."""
    stopped_early: bool
    elapsed_seconds: int | None
    """Infusing time without pauses; without a pump, the time since the first dose."""
    planned_seconds: int
    rate_mg_per_minute: Decimal | None
    given_mg: Decimal
    baseline: Baseline | None
    latest: tuple[Latest, ...]
    due: tuple[Due, ...]
    alerts: tuple[Alert, ...]
    start_blockers: tuple[Blocker, ...]
    start_weighed: tuple[WeighedHold, ...]
    """What would hold the start, had a prescriber not decided to go on."""
    leave_blockers: tuple[Blocker, ...]
    leave_met: tuple[Blocker, ...]
    readings: tuple[tuple[datetime, UUID, Reading], ...]
    dose_steps: tuple[DoseStep, ...]
    doses: tuple[Dose, ...]
    """Of an order that no pump gives, in the order of the plan."""
    withheld: Blocker | None
    """Why no further dose is asked for while a rule is active; None where nothing says so."""
    timeline: tuple[TimelineItem, ...]
    signed_by: str | None
    signed_at: datetime | None
    last_sequence: int
