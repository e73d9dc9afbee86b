"""Clinical and verification status: by the system of the code, never by its place in a list."""

from __future__ import annotations

from mooring.exchange.fhir.element import Element

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
CLINICAL = frozenset(
    {
        f"{_TERMINOLOGY}condition-clinical",
        f"{_TERMINOLOGY}allergyintolerance-clinical",
        # The addresses of the same lists before FHIR R4.
        "http://hl7.org/fhir/condition-clinical",
        "http://hl7.org/fhir/allergy-clinical-status",
    }
)
VERIFICATION = frozenset(
    {
        f"{_TERMINOLOGY}condition-ver-status",
        f"{_TERMINOLOGY}allergyintolerance-verification",
        "http://hl7.org/fhir/condition-ver-status",
        "http://hl7.org/fhir/allergy-verification-status",
    }
)
_CODES = {
    CLINICAL: {"active", "recurrence", "relapse", "inactive", "remission", "resolved"},
    VERIFICATION: {
        "unconfirmed", "presumed", "provisional", "differential", "confirmed", "refuted",
        "entered-in-error",
    },
}  # fmt: skip
WITHDRAWN = ("refuted", "entered-in-error")


def clinical(resource: Element) -> str | None:
    """The clinical status; None where FHIR's own list gives none, or gives two."""
    return _status(resource.child("clinicalStatus"), CLINICAL)


def verification(resource: Element) -> str | None:
    """The verification status; None where FHIR's own list gives none, or gives two."""
    return _status(resource.child("verificationStatus"), VERIFICATION)


def unread(resource: Element) -> tuple[str, ...]:
    """The status fields that are there and say nothing in FHIR's own codes."""
    found = (("clinicalStatus", clinical), ("verificationStatus", verification))
    return tuple(
        f"{name} (not one code of FHIR's own list)"
        for name, read in found
        if name in resource and read(resource) is None
    )


def _status(concept: Element | None, systems: frozenset[str]) -> str | None:
    """A coding without a system counts when its code is one of the list and no other is there."""
    codings = concept.children("coding") if concept else []
    given = [(each.text("system"), each.text("code", most=40)) for each in codings]
    own = {code for system, code in given if system in systems and code is not None}
    bare = {code for system, code in given if system is None and code in _CODES[systems]}
    found = own or bare
    return next(iter(found)) if len(found) == 1 else None
