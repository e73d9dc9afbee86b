"""What came in unread, beside a chart, a screening and an order."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic.imports import unread
from mooring.clinic.people.models import Patient
from mooring.core.measures import LOINC_NOTICE

register = template.Library()


@register.inclusion_tag("imports/unread.html")
def unread_beside(patient: Patient) -> dict[str, Any]:
    """What could not be read, with a link to each; nothing where there is none."""
    return {"unread": unread.unread(patient)}


@register.inclusion_tag("imports/scales.html")
def scales_elsewhere(patient: Patient) -> dict[str, Any]:
    """Scales answered elsewhere, by name, value and day; nothing where there are none."""
    return {"scales": unread.scales_elsewhere(patient), "loinc": LOINC_NOTICE}
