"""Findings as the screening page shows them: by tier, each with its sources and other sides."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.people.models import ListName
from mooring.core import evidence
from mooring.core.evidence import Disagreement
from mooring.core.protocols.screening import Finding, Policy, Screening, Tier

TIERS = (
    (Tier.BLOCK, "Blocks", "block"),
    (Tier.EVALUATE, "Needs evaluation", "due"),
    (Tier.MISSING, "Not answered or not measured", "unknown"),
    (Tier.CAUTION, "To weigh", "caution"),
)
_MEASUREMENTS = {"weight": "measurement", "blood_pressure": "blood_pressure"}


@dataclass(frozen=True)
class Shown:
    """One finding, with the disagreements it stands in and where it can be answered."""

    finding: Finding
    disagreements: tuple[Disagreement, ...]
    question: str | None
    """The question that answers it; None when no question does."""
    addition: str | None
    """The kind of measurement that answers it; None when none does."""
    asked_list: str | None
    """The list that has to be asked; None when it is none."""


@dataclass(frozen=True)
class Group:
    """The findings of one tier."""

    title: str
    shape: str
    findings: tuple[Shown, ...]


def grouped(screening: Screening, policy: Policy) -> list[Group]:
    """The tiers that have findings, the gravest first."""
    groups = [
        Group(title, shape, tuple(shown_as(finding, policy) for finding in screening.of(tier)))
        for tier, title, shape in TIERS
    ]
    return [group for group in groups if group.findings]


def shown_as(finding: Finding, policy: Policy) -> Shown:
    """One finding with its other sides and the page that answers it."""
    base = evidence.load()
    asks = finding.asks or ""
    return Shown(
        finding,
        tuple(base.disagreement(name) for name in finding.disagreements),
        asks if asks in {question.id for question in policy.questions} else None,
        _MEASUREMENTS.get(asks),
        asks if asks in ListName.values else None,
    )
