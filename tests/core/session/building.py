"""Short ways to write a session's log in tests. Minute 0 is 10:00 UTC on 2 March 2026."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from mooring.core.session.entries import (
    CheckIn,
    Content,
    Correction,
    Entry,
    InfusionComplete,
    InfusionStart,
    Padss,
    Readiness,
    Reading,
    Sedation,
)
from mooring.core.session.fold import fold
from mooring.core.session.policies import session_policies
from mooring.core.session.view import Plan, SessionView

ZERO = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
POLICIES = session_policies(
    ("emory_s2", "spo2_92", "sedation_call"), "emory_q10", "iv_start", "iv_recovery"
)
PLAN = Plan(Decimal(35), Decimal(40), Decimal("0.5"), Decimal(70))
"""0.5 mg/kg for 70 kg over 40 minutes: 0.875 mg a minute."""

CHECK_IN = CheckIn(
    identified_by=("name", "birth_date"),
    last_food_at=ZERO - timedelta(hours=8),
    last_fluid_at=ZERO - timedelta(hours=3),
    escort_name="T. Marsh",
    substances_today="none",
    medicines_today="sertraline 100 mg",
)
START = InfusionStart(
    rate_mg_per_minute=Decimal("0.875"),
    drawn_up_mg=Decimal(35),
    concentration_mg_per_ml=Decimal(1),
)


def at(minute: float) -> datetime:
    return ZERO + timedelta(minutes=minute)


def name_of(number: int) -> UUID:
    return UUID(int=number)


def seated(systolic: int = 120, diastolic: int = 78, **more: Any) -> Reading:
    vitals = {"heart_rate": 72, "spo2": 97, "respiratory_rate": 14} | more
    return Reading(systolic=systolic, diastolic=diastolic, position="seated", **vitals)


def entry(sequence: int, minute: float, content: Content, author: str = "R. Okafor") -> Entry:
    """An entry whose id is its sequence number, for the eye."""
    moment = at(minute)
    return Entry(
        id=name_of(sequence),
        sequence=sequence,
        effective_at=moment,
        recorded_at=moment,
        author=author,
        content=content,
    )


def log(*lines: tuple[float, Content]) -> list[Entry]:
    """Entries in the order in which the server took them: ids and sequences 1, 2, 3 ..."""
    return [entry(number, minute, content) for number, (minute, content) in enumerate(lines, 1)]


def started(*lines: tuple[float, Content]) -> list[Entry]:
    """A checked-in patient with baseline 120/78 whose infusion starts at minute 0 (entry 4)."""
    return log((-20, CHECK_IN), (-12, seated()), (-5, seated()), (0, START), *lines)


def answer_to(criterion: str) -> Literal["no"] | None:
    """The answer that the criterion about suicidal thoughts asks for."""
    return "no" if criterion == "suicidal_ideation_asked" else None


def recovered(*lines: tuple[float, Content]) -> list[Entry]:
    """A whole session in which everything for leaving is met at minute 120."""
    score = Padss(vital_signs=2, activity=2, nausea_and_vomiting=2, pain=2, bleeding=2)
    looked_at = [
        (112.0, Readiness(criterion=criterion, met=True, ideation=answer_to(criterion)))
        for criterion in (
            "oriented", "steady_gait", "nausea_controlled", "escort_present",
            "driving_restriction_acknowledged", "suicidal_ideation_asked",
        )
    ]  # fmt: skip
    return started(
        (40, InfusionComplete()),
        (90, score),
        (110, score),
        (111, Sedation(moaas=5)),
        (111, seated(oxygen_litres_per_minute=Decimal(0))),
        *looked_at,
        *lines,
    )


def strike(number: int) -> Correction:
    return Correction(corrects=name_of(number), reason="Wrong patient")


def correct(number: int, replacement: Any, **more: Any) -> Correction:
    return Correction(corrects=name_of(number), reason="Mistyped", replacement=replacement, **more)


def view(entries: Sequence[Entry], minute: float) -> SessionView:
    return fold(POLICIES, PLAN, entries, at(minute))


def pressures_of(seen: SessionView) -> list[str]:
    return [f"{r.systolic}/{r.diastolic}" for _, _, r in seen.readings if r.systolic is not None]
