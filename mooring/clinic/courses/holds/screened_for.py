"""Whether the decision was made for the drug, route, indication and model that are given now."""

from __future__ import annotations

from django.urls import reverse

from mooring.clinic.courses.models import Course
from mooring.clinic.holds import Hold
from mooring.clinic.screening.decided import newest
from mooring.clinic.screening.models import ScreeningDecision
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.screening import load_policy
from mooring.core.protocols.screening.choosing import Plan, policy_for

BEFORE_PLANS = "1"
"""The version of ketamine by vein when nothing else could be screened for."""


def holds(course: Course, drug: str, route: str) -> list[Hold]:
    """What the newest decision was not made for; empty where it was, or where there is none."""
    decision = newest(course.patient)
    if decision is None:
        return []
    plan = Plan(Drug(drug), Route(route), course.indication, course.model_of_care)
    return against(decision, plan, reverse("screening", args=[course.patient_id]))


def against(decision: ScreeningDecision, plan: Plan, url: str) -> list[Hold]:
    """The plan against the one that was decided on.

    A decision of a build in which no plan could be chosen was meant for whatever was given then:
    it is not held for that, and judged by its own policy until it is made anew.
    """
    if decision.plan is None and decision.policy_version == BEFORE_PLANS:
        return []
    wanted, given = policy_for(plan), f"{plan.drug.display}, {plan.route.display}"
    if decision.policy != wanted:
        text = (
            f"The screening decision was made by “{title(decision.policy)}”; {given} is judged by "
            f"“{title(wanted)}”. Screen for it first."
        )
        return [Hold("screening.policy", text, url, "Screening")]
    decided = decision.plan.plan if decision.plan is not None else None
    if decided is not None and (decided.drug, decided.route) != (plan.drug, plan.route):
        text = (
            f"The screening decision was made for {decided.drug.display}, "
            f"{decided.route.display}, and not for {given}. Screen for it first."
        )
        return [Hold("screening.plan", text, url, "Screening")]
    return []


def title(policy: str) -> str:
    """The title of a policy; its id where it is no longer here."""
    try:
        return load_policy(policy).title
    except ValueError:
        return policy
