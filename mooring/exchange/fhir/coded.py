"""What conditions, medicines and allergies share: a concept, a status, an origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mooring.exchange.fhir.coding import first_code, read_concept
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood

_WITHDRAWN = ("refuted", "entered-in-error")


@dataclass(frozen=True)
class CodedValues:
    """Columns of a coded row, and what of the concept is not in them."""

    columns: dict[str, Any]
    left_over: tuple[str, ...]


def withdrawn(resource: Element) -> str | None:
    """Why the source itself says that this does not hold; None when it does not say so."""
    verification = first_code(resource.child("verificationStatus"))
    if verification in _WITHDRAWN:
        return f"Its verification status is {verification}: the source does not hold it true."
    return None


def coded_values(
    resource: Element, concept: Element | None, context: Context, status: str | None = None
) -> CodedValues | NotUnderstood:
    """Columns for the concept, with `status` or the resource's clinical status."""
    read = read_concept(concept)
    if read is None:
        return NotUnderstood("It has neither words nor a code.")
    columns = {
        "system": read.system,
        "code": read.code,
        "text": read.text,
        "status": status or first_code(resource.child("clinicalStatus")) or "unknown",
        "origin": _origin(resource, context),
        "recorded_at": context.now,
    }
    return CodedValues(columns, read.left_over)


def _origin(resource: Element, context: Context) -> str:
    """Where it came from, with the day it was recorded there and what is not yet certain."""
    parts = [context.origin]
    recorded = read_date(resource, "recordedDate")
    if recorded is not None and recorded.day is not None:
        parts.append(f"recorded there {recorded.day:%-d %b %Y}")
    verification = first_code(resource.child("verificationStatus"))
    if verification not in (None, "confirmed"):
        parts.append(f"verification: {verification}")
    return "; ".join(parts)
