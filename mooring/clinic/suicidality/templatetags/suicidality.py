"""The suicidality tier as one line, for the chart and the bedside."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.tiers import tier_of
from mooring.clinic.web import now

register = template.Library()


@register.inclusion_tag("suicidality/line.html")
def tier_line(patient: Patient) -> dict[str, Any]:
    """The tier that counts now, with how the safety plan stands."""
    moment = now()
    plan = patient.safety_plans.first()
    return {
        "patient": patient,
        "tier": tier_of(patient, moment),
        "plan": plan,
        "plan_overdue": plan is not None and plan.review_on < clinic_day(moment),
    }
