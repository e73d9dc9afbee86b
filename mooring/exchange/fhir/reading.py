"""What a reader gets and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mooring.clinic.people.models import Patient, RecordRow
from mooring.exchange.fhir import hygiene
from mooring.exchange.fhir.element import Element


@dataclass(frozen=True)
class Context:
    """What a reader may know beside its resource."""

    origin: str
    """For example "import Elsa_Vargas.json"."""
    now: datetime
    zone: tzinfo
    """The clinic's own, for dates without a time of day."""
    find: Callable[[str], Element | None]
    """The resource of the bundle that a reference points to."""
    modifiers: bool = True
    """False where the file is known to hold no modifierExtension."""


@dataclass(frozen=True)
class Reading:
    """The rows that a resource becomes, still without their patient."""

    rows: tuple[Patient | RecordRow, ...]
    left_over: tuple[str, ...] = ()
    """What of the resource is in no row; not empty means that the resource is kept and listed."""


@dataclass(frozen=True)
class NotUnderstood:
    """A resource that is kept and listed, and why."""

    reason: str
    taken_back: bool = False
    """True where the source itself says that this does not hold: nothing is missed without it."""


Reader = Callable[[Element, Context], Reading | NotUnderstood]

# Fields that tie a resource to its source system and state nothing about the patient's health.
BOOKKEEPING = frozenset(
    {"resourceType", "id", "meta", "language", "text", "identifier", "encounter", "recorder",
     "asserter", "requester", "performer", "issued", "category", "context", "partOf", "basedOn",
     "groupIdentifier", "priority", "reportedBoolean", "subject", "patient", "author",
     "informationSource", "instantiatesCanonical", "instantiatesUri"}
)  # fmt: skip
IMPLICIT = "implicitRules"


def changed_by_modifier(resource: Element, context: Context) -> NotUnderstood | None:
    """FHIR forbids reading what a modifier one does not know may turn round (R4, 2.4.1)."""
    if IMPLICIT in resource:
        return NotUnderstood(f"It carries {IMPLICIT}, which may change its meaning.")
    found = hygiene.modifier(resource.data) if context.modifiers else None
    if found is None:
        return None
    return NotUnderstood(f"It carries {found}, which may change its meaning.")


def left_over(resource: Element, *read: str) -> tuple[str, ...]:
    """The fields that a reader did not read, apart from bookkeeping, in the resource's order."""
    return tuple(name for name in resource.data if name not in read and name not in BOOKKEEPING)
