"""The codes of an entry, in words."""

from __future__ import annotations

from django import template

from mooring.clinic.people import called
from mooring.clinic.people.models import CodedRow, Patient
from mooring.clinic.people.record_state import record_says as _record_says

register = template.Library()


@register.filter
def also_called(row: CodedRow) -> str:
    """What its codes are called beyond its own words: "ketamine"; empty where they say no more."""
    return ", ".join(called.also_called(row))


@register.filter
def code_names(row: CodedRow) -> str:
    """For example "RxNorm 6130, SNOMED CT 372614000"."""
    return ", ".join(called.code_names(row))


@register.filter
def record_says(patient: Patient) -> tuple[str, ...]:
    """What the source says of its own record."""
    return _record_says(patient)
