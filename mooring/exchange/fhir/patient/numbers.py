"""The record number of a chart, with the address of who gave it."""

from __future__ import annotations

from datetime import date

from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.patient.current import candidates, is_over
from mooring.exchange.fhir.systems import V2_IDENTIFIERS
from mooring.exchange.fhir.unfit import UnfitError

# Numbers of a person in society, not of a chart: social security, driver's licence, passport.
_NOT_CHART_NUMBERS = {"SS", "DL", "PPN", "TAX", "NI"}
_USES = ("official", "usual", None, "secondary", "temp", "old")


def record_number(resource: Element, today: date) -> tuple[str, str]:
    """The number and its system; empty where no system is named.

    A number that holds now comes before one that has ended, a medical record number before others.
    """
    found: list[tuple[tuple[bool, bool, int], Element]] = []
    for identifier in candidates(resource, "identifier"):
        types = codes(identifier.child("type"), V2_IDENTIFIERS)
        if identifier.text("value", most=100) is not None and not types & _NOT_CHART_NUMBERS:
            key = (is_over(identifier, today), "MR" not in types, _rank(identifier))
            found.append((key, identifier))
    if not found:
        raise UnfitError(resource.place / "identifier", "a medical record number is needed")
    best = min(found, key=lambda pair: pair[0])[1]
    return (best.text("value") or "").strip(), best.text("system", most=200) or ""


def _rank(identifier: Element) -> int:
    use = identifier.text("use", most=20)
    return _USES.index(use) if use in _USES else len(_USES)
