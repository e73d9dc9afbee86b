"""The watch in one line, on the patient's chart."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic import web
from mooring.clinic.exposure.reading import POLICY, pressing
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.given import doses_given
from mooring.core.quantities import scaled

register = template.Library()
register.filter("scaled", scaled)


@register.inclusion_tag("exposure/line.html")
def watch_line(patient: Patient) -> dict[str, Any]:
    """Which organs have something due, and since when; whether any dose was given at all."""
    now = web.now()
    doses = doses_given(patient, now)
    return {
        "patient": patient,
        "doses": doses,
        "organs": pressing(patient, doses, now),
        "policy": POLICY,
    }
