"""Screening of a chart as it is now, and how its findings are written down."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from mooring.clinic.courses import care
from mooring.clinic.once.standing import Stands
from mooring.clinic.people.models import Patient
from mooring.clinic.people.record import read_record
from mooring.clinic.screening.models import ScreeningPlan, SideTaken
from mooring.core.protocols.screening import Policy, Screening, evaluate, load_policy, taking
from mooring.core.protocols.screening.choosing import policy_for

POLICY = "iv_ketamine"
"""The policy that judges who has no plan yet, and by which older decisions were made."""


def chosen_plan(patient: Patient) -> ScreeningPlan | None:
    """What the patient is screened for; None where nobody has chosen it."""
    return patient.screening_plans.first()


def plan_stands(patient: Patient) -> Stands:
    """What the patient is screened for, in words."""
    plan, said = chosen_plan(patient), {}
    if plan is not None:
        said = {
            "Drug and route": f"{plan.plan.drug.display}, {plan.plan.route.display}",
            "For": care.indication(plan.indication).name,
            "Model of care": care.model_of_care(plan.model_of_care).name,
        }
    return Stands(f"screening plan of {patient.pk}", said or {"Screened for": "nothing yet"})


def the_policy(plan: ScreeningPlan | None = None) -> Policy:
    """The policy of a plan, under the sides that the clinic takes."""
    return policy_called(POLICY if plan is None else policy_for(plan.plan))


def policy_called(name: str) -> Policy:
    """The newest version of a policy, under the sides that the clinic takes."""
    return taking(load_policy(name), sides_taken())


def sides_taken() -> dict[str, str]:
    """The newest side by disagreement. A disagreement that is not here follows its first side."""
    rows = SideTaken.objects.order_by("taken_at", "id")
    return {row.disagreement: row.side for row in rows}


def screen(patient: Patient, today: date) -> Screening:
    """The policy of the patient's plan applied to the chart as it stands."""
    return evaluate(the_policy(chosen_plan(patient)), read_record(patient, today))


def snapshot(screening: Screening) -> list[dict[str, Any]]:
    """The findings as JSON, in policy order: what a decision keeps for ever."""
    return [{**asdict(finding), "tier": finding.tier.value} for finding in screening.findings]


def fingerprint(screening: Screening) -> str:
    """One value for one set of findings, so that a decision is about what was read."""
    content = [screening.policy, screening.version, snapshot(screening)]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
