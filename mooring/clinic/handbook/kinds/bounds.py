"""Bounds: which doses pass, and how firmly one that does not is held."""

from __future__ import annotations

from mooring.clinic.handbook.kinds.bounds_cases import case
from mooring.clinic.handbook.kinds.bounds_words import MARKS, TITLES, WORDS, number
from mooring.clinic.handbook.pages import Page, Rule, Section
from mooring.core.protocols.bounds import BoundsPolicy, Level, cases, load
from mooring.core.protocols.bounds.limits import Limit

SECTIONS = (
    (
        "dose",
        "Dose",
        (
            "least_dose",
            "standard_dose",
            "highest_dose",
            "refused_dose",
            "least_amount",
            "standard_amount",
            "highest_amount",
            "not_tolerated",
            "refused_amount",
            "fewest_devices",
            "most_devices",
        ),
    ),
    (
        "rate",
        "How it is given",
        (
            "fastest_rate",
            "slowest_rate",
            "shortest_time",
            "longest_time",
            "closest_sprays",
            "refused_concentration",
            "strongest_in_line",
            "largest_group",
        ),
    ),
    (
        "earlier",
        "With what was given before",
        (
            "standard_day",
            "highest_day",
            "highest_sum",
            "most_sessions",
            "second_dose",
            "other_dose",
            "earlier_doses",
        ),
    ),
    ("guards", "What is checked around the dose", ("drug_and_route", "weight_needed", "drawn_up")),
)
"""Which limits stand together, in the order they are read."""


def page(name: str, version: str | None = None) -> Page:
    """The page of one bounds policy."""
    policy = load(name, version)
    return Page(
        kind="bounds",
        name=name,
        version=policy.version,
        title=policy.title,
        summary=f"Speaks only for {policy.drug.display}, {policy.route.display}. "
        "Neither a drug nor a route is converted into another.",
        disagreements=policy.disagreements,
        sections=tuple(section for section in sections(policy) if section.rules),
        background=(
            "Weighed today and nothing given before; an infusion takes 40 min, with 1 mg/mL in "
            "the line; unless the case says otherwise",
        ),
        cases=tuple(case(row) for row in cases(name, policy.version)),
    )


def sections(policy: BoundsPolicy) -> list[Section]:
    """The limits that the policy has, under their headings; with the dose what has no source."""
    limits = dict(policy.limits())
    unsourced = " ".join(policy.unsourced)
    return [
        Section(
            anchor,
            title,
            tuple(rule(name, limits[name]) for name in names if name in limits),
            text=unsourced if anchor == "dose" else "",
        )
        for anchor, title, names in SECTIONS
    ]


def rule(name: str, limit: Limit) -> Rule:
    """One limit with its number; where it asks for something, also what happens without it."""
    title, level = TITLES[name]
    text = limit.why
    if name in {"refused_concentration", "largest_group"}:
        text += f" Not recorded: {WORDS[Level.HOLD].lower()}."
    if name == "second_dose":
        text += " Where one dose of their sum would be stopped or refused, so is the second."
    return Rule(title.format(number(limit)), text, MARKS[level], WORDS[level], claims=limit.claims)
