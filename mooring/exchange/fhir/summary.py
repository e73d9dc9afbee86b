"""What a kept resource is about, in a line: its own words, its value, its day. Never refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from mooring.clinic.people.text import forbidden
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.kinds import NAMES
from mooring.exchange.fhir.unfit import Place, UnfitError

_LONGEST = 300
_CONCEPTS = (
    "code", "medicationCodeableConcept", "medication", "medicationReference", "vaccineCode",
    "type", "class", "relationship",
)  # fmt: skip
_DATES = (
    "effectiveDateTime", "effectiveInstant", "effectivePeriod", "onsetDateTime", "authoredOn",
    "performedDateTime", "performedPeriod", "occurrenceDateTime", "period", "billablePeriod",
    "started", "recordedDate", "date", "created", "dateAsserted", "issued",
)  # fmt: skip
_NOWHERE = Place("")


@dataclass(frozen=True)
class Summary:
    """One line about a resource; empty and None for what it does not say."""

    subject: str
    value: str
    dated: date | None


def summary(resource: dict[str, Any], zone: tzinfo) -> Summary:
    """What the resource is about, what it says of that, and its day in that zone."""
    subject = next(filter(None, (_concept(resource.get(name)) for name in _CONCEPTS)), "")
    named = subject or _text(resource.get("title")) or _text(resource.get("description"))
    return Summary(_short(named), _short(_value(resource)), _dated(resource, zone))


def _concept(value: Any) -> str:
    """The words of a concept, of a reference, or of either within (R5); else its code."""
    if isinstance(value, list):
        return next(filter(None, (_concept(each) for each in value)), "")
    if not isinstance(value, dict):
        return ""
    codings = [each for each in _list(value.get("coding")) if isinstance(each, dict)]
    words = [
        _text(value.get("text")),
        *(_text(each.get("display")) for each in codings),
        _text(value.get("display")),
        _concept(value.get("concept")),
        _concept(value.get("reference")),
        *(NAMES.get(_text(each.get("code")), "") for each in codings),
        *(_text(each.get("code")) for each in codings),
    ]
    return next(filter(None, words), "")


def _value(resource: dict[str, Any]) -> str:
    parts = [_one_value(resource)]
    for component in _list(resource.get("component")):
        if isinstance(component, dict):
            name, value = _concept(component.get("code")), _one_value(component)
            parts.append(f"{name} {value}".strip() if value else "")
    dosages = _list(resource.get("dosageInstruction")) or _list(resource.get("dosage"))
    parts.extend(_text(each.get("text")) for each in dosages if isinstance(each, dict))
    return "; ".join(filter(None, parts))


def _one_value(element: dict[str, Any]) -> str:
    for name, value in element.items():
        if name.startswith("value"):
            return _said(value)
    return ""


def _said(value: Any) -> str:
    """A value as it stands there: a quantity with its unit, words, a number, yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "value" in value:
        unit = _text(value.get("unit")) or _text(value.get("code"))
        return f"{_text(value.get('comparator'))}{_said(value['value'])} {unit}".strip()
    if isinstance(value, dict):
        return _concept(value)
    return _text(value) if isinstance(value, str) else _number(value)


def _number(value: Any) -> str:
    return "" if value is None or isinstance(value, list) else str(value)[:40]


def _dated(resource: dict[str, Any], zone: tzinfo) -> date | None:
    return next((day for day in _days(resource, zone) if day is not None), None)


def _days(resource: dict[str, Any], zone: tzinfo) -> Iterator[date | None]:
    for name in _DATES:
        value = resource.get(name)
        if isinstance(value, dict):
            yield _day(value, "start", zone) or _day(value, "end", zone)
        elif value is not None:
            yield _day(resource, name, zone)


def _day(data: dict[str, Any], name: str, zone: tzinfo) -> date | None:
    try:
        read = read_date(Element(data, _NOWHERE), name)
    except UnfitError:
        return None
    if read is None or read.moment is None:
        return read.day if read else None
    return read.moment.astimezone(zone).date()


def _text(value: Any) -> str:
    """Text that may be shown; empty for anything else."""
    if not isinstance(value, str) or len(value) > 5000 or forbidden(value):
        return ""
    return value.strip()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
