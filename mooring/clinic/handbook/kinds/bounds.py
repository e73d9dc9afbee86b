"""Bounds: which doses pass, and how firmly one that does not is held."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mooring.clinic.handbook.pages import NOTHING, Case, Outcome, Page, Rule, Section
from mooring.core.protocols.bounds import BoundCase, BoundsPolicy, Level, cases, load
from mooring.core.quantities import plain

MARKS = {Level.SOFT: "caution", Level.HARD: "stop", Level.REFUSE: "stop", Level.HOLD: "unknown"}
WORDS = {
    Level.SOFT: "Warning",
    Level.HARD: "Stop, opened by a second person with a reason",
    Level.REFUSE: "Refused, whoever signs",
    Level.HOLD: "Waits for what is missing",
}
TITLES = {
    "drug_and_route": "Another drug or route",
    "standard_dose": "Above the standard dose",
    "highest_dose": "Above the highest dose",
    "refused_dose": "Above what this policy ever accepts",
    "fastest_rate": "Faster than the fastest rate",
    "refused_concentration": "Concentration in the line",
    "weight_needed": "Weight missing or too old",
    "drawn_up": "Volume drawn up",
}


def page(name: str) -> Page:
    """The page of one bounds policy."""
    policy = load(name)
    return Page(
        kind="bounds",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=f"Speaks only for {policy.drug.display} by {policy.route.display}. "
        "Neither a drug nor a route is converted into another.",
        disagreements=policy.disagreements,
        sections=(
            Section("dose", "Dose by body weight", tuple(doses(policy))),
            Section("rate", "Rate and concentration", tuple(rates(policy))),
            Section("guards", "What is checked around the dose", tuple(guards(policy))),
        ),
        background=(
            "Racemic ketamine by intravenous infusion over 40 min, weighed today, 1 mg/mL in the "
            "line, unless the case says otherwise",
        ),
        cases=tuple(case(row) for row in cases(name)),
    )


def rule(title: str, why: str, level: Level, claims: tuple[str, ...]) -> Rule:
    """One limit."""
    return Rule(title, why, MARKS[level], WORDS[level], claims=claims)


def doses(policy: BoundsPolicy) -> Iterator[Rule]:
    """The three doses an order is held against."""
    for limit, level in (
        (policy.standard_dose, Level.SOFT),
        (policy.highest_dose, Level.HARD),
        (policy.refused_dose, Level.REFUSE),
    ):
        yield rule(f"More than {plain(limit.mg_per_kg)} mg/kg", limit.why, level, limit.claims)


def rates(policy: BoundsPolicy) -> Iterator[Rule]:
    """How fast, and how strong in the line."""
    rate, strength = policy.fastest_rate, policy.refused_concentration
    fastest = f"{plain(rate.mg_per_kg)} mg/kg in {plain(rate.over_minutes)} min"
    yield rule(f"Faster than {fastest}", rate.why, Level.HARD, rate.claims)
    undiluted = f"{plain(strength.mg_per_ml)} mg/mL or more in the line"
    yield rule(undiluted, strength.why, Level.REFUSE, strength.claims)
    unknown = "What is in the line is not recorded"
    yield rule(unknown, "Unknown is not the same as diluted.", Level.HOLD, strength.claims)


def guards(policy: BoundsPolicy) -> Iterator[Rule]:
    """Drug, route, weight and the volume drawn up."""
    for title, limit, level in (
        (TITLES["drug_and_route"], policy.drug_and_route, Level.REFUSE),
        (TITLES["weight_needed"], policy.weight_needed, Level.HOLD),
        ("The volume drawn up does not hold the ordered dose", policy.drawn_up, Level.REFUSE),
    ):
        yield rule(title, limit.why, level, limit.claims)


def case(row: BoundCase) -> Case:
    """One order, and what the policy owes it."""
    expected = tuple(
        Outcome(MARKS[level], f"{WORDS[level]}: {TITLES[limit].lower()}")
        for limit, level in row.expected.items()
    )
    return Case(row.title, tuple(given(row)), expected or NOTHING)


def given(row: BoundCase) -> Iterator[str]:
    """The order as it was written, then what differs from the ordinary."""
    dose = f"{plain(row.dose)} {row.unit} over {plain(row.minutes)} min"
    yield f"{row.drug.display}, {row.route.display}: {dose}"
    yield weight(row)
    if row.in_line_unknown:
        yield "In the line: not recorded"
    elif row.in_line_mg_per_ml != Decimal(1):
        yield f"In the line: {plain(row.in_line_mg_per_ml)} mg/mL"
    if row.drawn is not None:
        strength = f"{plain(row.drawn.mg_per_ml)} mg/mL"
        yield f"Drawn up: {plain(row.drawn.ml)} mL from a vial of {strength}"


def weight(row: BoundCase) -> str:
    """The weight with its age."""
    if row.weight_kg is None:
        return "Weight: none"
    age = f", {row.weight_age_days} days old" if row.weight_age_days else ""
    return f"Weight: {plain(row.weight_kg)} kg{age}"
