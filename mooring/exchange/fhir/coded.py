"""What conditions, medicines and allergies share: a concept, a status, an origin."""

from __future__ import annotations

from typing import Any

from mooring.core.words import day
from mooring.exchange.fhir import statuses
from mooring.exchange.fhir.coding import FINDINGS, Concept
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood
from mooring.exchange.fhir.systems import ABSENT

NEITHER = NotUnderstood("It has neither words nor a code.")
_NOTHING_KNOWN = {"no-allergy-info", "no-medication-info", "no-problem-info"}


def withdrawn(resource: Element) -> NotUnderstood | None:
    """Why the source itself says that this does not hold; None when it does not say so."""
    verification = statuses.verification(resource)
    if verification in statuses.WITHDRAWN:
        reason = f"Its verification status is {verification}: the source does not hold it true."
        return NotUnderstood(reason, taken_back=True)
    return None


def nothing_known(concept: Concept) -> NotUnderstood | None:
    """An entry that says that nothing is known (IPS) is no entry and no "none"."""
    for coding in concept.codings:
        if coding["system"] == ABSENT and coding["code"] in _NOTHING_KNOWN:
            reason = "It says that nothing is known about this. That is not the same as none."
            return NotUnderstood(reason, taken_back=True)
    return None


def columns(
    concept: Concept,
    context: Context,
    *,
    status: str | None,
    preferred: tuple[str, ...] = FINDINGS,
    origin: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Columns of a coded row. `origin` is what there is to say of where it came from."""
    first = concept.first(preferred)
    return {
        "system": first["system"],
        "code": first["code"],
        "codings": list(concept.codings),
        "text": concept.text,
        "status": status or "unknown",
        "origin": "; ".join((context.origin, *origin))[:300],
        "recorded_at": context.now,
    }


def recorded_there(resource: Element) -> tuple[str, ...]:
    """The day it was recorded at its source, and what is not yet certain."""
    parts = []
    recorded = read_date(resource, "recordedDate")
    if recorded is not None and recorded.day is not None:
        parts.append(f"recorded there {day(recorded.day)}")
    verification = statuses.verification(resource)
    if verification not in (None, "confirmed"):
        parts.append(f"verification: {verification}")
    return tuple(parts)


def imprecise(resource: Element, *names: str) -> tuple[str, ...]:
    """Of these dates, those that are less than a day: no column holds them."""
    found = ((name, read_date(resource, name)) for name in names)
    return tuple(
        f"{name} (no full date)" for name, read in found if read is not None and read.day is None
    )
