"""The cases of bounds: one order each, and what the policy owes it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mooring.clinic.handbook.kinds.bounds_words import MARKS, SHORT, WORDS
from mooring.clinic.handbook.pages import NOTHING, Case, Outcome
from mooring.core.protocols.bounds import BoundCase
from mooring.core.protocols.bounds.case_orders import CaseOrder, Earlier
from mooring.core.quantities import plain


def case(row: BoundCase) -> Case:
    """One order, and what the policy owes it."""
    expected = tuple(
        Outcome(MARKS[level], f"{WORDS[level]}: {SHORT[limit].lower()}")
        for limit, level in row.expected.items()
    )
    return Case(row.title, tuple(given(row)), expected or NOTHING)


def given(row: BoundCase) -> Iterator[str]:
    """The order as it was written, then what differs from the ordinary."""
    yield f"{row.drug.display}, {row.route.display}: {dose(row)}"
    yield weight(row)
    if row.in_line_unknown:
        yield "In the line: not recorded"
    elif row.in_line_mg_per_ml != Decimal(1):
        yield f"In the line: {plain(row.in_line_mg_per_ml)} mg/mL"
    if row.drawn is not None:
        strength = f"{plain(row.drawn.mg_per_ml)} mg/mL"
        yield f"Drawn up: {plain(row.drawn.ml)} mL from a vial of {strength}"
    if row.given_unknown:
        yield "Given before: not known"
    for each in row.given:
        yield f"Given before: {earlier(each)}"
    if row.group_of is not None:
        yield f"In a group of {row.group_of}"


def dose(row: CaseOrder) -> str:
    """What is ordered, in the form of its route."""
    if row.devices:
        return f"{row.devices} × 28 mg"
    if row.sprays:
        minutes = ", ".join(plain(minute) for minute in row.sprays)
        return f"{len(row.sprays)} × 10 mg at minute {minutes}"
    if row.pieces:
        return f"{row.pieces} × {plain(row.piece_mg)} mg"
    over = f" over {plain(row.minutes)} min" if row.takes_time else ""
    return f"{plain(row.dose)} {row.unit}{over}"


def earlier(each: Earlier) -> str:
    """One dose before."""
    amount = "amount not on record" if each.mg is None else f"{plain(each.mg)} mg"
    days = "1 day" if each.days_ago == 1 else f"{each.days_ago} days"
    when = "the same day" if each.days_ago == 0 else f"{days} before"
    return f"{each.drug.display}, {each.route.display}, {amount}, {when}"


def weight(row: CaseOrder) -> str:
    """The weight with its age."""
    if row.weight_kg is None:
        return "Weight: none"
    age = f", {row.weight_age_days} days old" if row.weight_age_days else ""
    return f"Weight: {plain(row.weight_kg)} kg{age}"
