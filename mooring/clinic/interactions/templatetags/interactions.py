"""The short form of the findings, beside an order."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic.interactions.reading import POLICY, Planned, medication_list
from mooring.clinic.interactions.views import dose, shown
from mooring.clinic.people.models import Patient
from mooring.core.drugs.drug import Drug, Route

register = template.Library()


@register.inclusion_tag("interactions/beside.html")
def interactions_beside(patient: Patient, drug: str, route: str) -> dict[str, Any]:
    """What the patient's list means for that drug by that route, in a few lines.

    Without a drug or a route, as on a form that is not filled in yet, it leads to the page alone.
    """
    if drug not in set(Drug) or route not in set(Route):
        return {"patient": patient}
    planned = Planned(Drug(drug), Route(route))
    found = medication_list(patient)
    return {
        "patient": patient,
        "planned": planned,
        "list": found,
        "found": shown(found.listed, planned),
        "dose": dose(found.listed),
        "abrupt_hold": POLICY.abrupt_hold,
    }
