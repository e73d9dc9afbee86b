"""The short form of the findings, beside an order."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic.interactions.reading import POLICY, medication_list
from mooring.clinic.interactions.views import dose
from mooring.clinic.interactions.words import Shown, counted
from mooring.clinic.people.models import Patient
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.interactions import findings

register = template.Library()


@register.inclusion_tag("interactions/beside.html")
def interactions_beside(patient: Patient, drug: str, route: str) -> dict[str, Any]:
    """What the patient's list means for that drug by that route, in a few lines."""
    found = medication_list(patient)
    told = findings(POLICY, found.listed, Drug(drug), Route(route))
    return {
        "patient": patient,
        "route": Route(route),
        "drug": Drug(drug),
        "list": found,
        "counted": counted(told),
        "found": [Shown(each) for each in told],
        "dose": dose(found.listed),
        "abrupt_hold": POLICY.abrupt_hold,
    }
