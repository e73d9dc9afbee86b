"""Whom a resource is about. Nothing about another patient may come in with this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from mooring.exchange.fhir.element import Element, as_element
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.unfit import UnfitError

# Types that become rows of the chart: each has to say whom it is about.
SUBJECT_FIELD = {
    "Condition": "subject",
    "MedicationRequest": "subject",
    "Observation": "subject",
    "AllergyIntolerance": "patient",
}
# Types that become rows too, whose subject FHIR lets be a place or a group as well: they are read
# when they say that it is the patient, and kept when it is not.
ALSO_READ = {
    "MedicationStatement": "subject",
    "Flag": "subject",
    "FamilyMemberHistory": "patient",
    "Composition": "subject",
}
ABOUT = ("subject", "patient", "beneficiary", "for")


def addresses(full_url: str | None, type_name: str, id_: str) -> frozenset[str]:
    """What a reference may say to mean the entry with this address, type and id."""
    local = f"{type_name}/{id_}" if id_ else None
    return frozenset(address for address in (full_url, local) if address is not None)


def unversioned(reference: str) -> str:
    """A reference without the version of the resource it means."""
    return reference.split("/_history/")[0]


def check(entries: Iterable[Entry], patient: Entry) -> None:
    """Raise UnfitError at the first resource that is about someone else, or about nobody."""
    others = [entry for entry in entries if entry is not patient]
    things = frozenset().union(*(entry.addresses for entry in others))
    for entry in others:
        if not entry.deletes:
            _require_subject(entry)
        for name in entry.subjects:
            _check_reference(entry, name, patient, things)


def subjects(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a resource that say whom it is about."""
    return {name: resource[name] for name in ABOUT if resource.get(name) is not None}


def about_patient(entry: Entry, patient: Entry) -> bool:
    """False for a type that is read only when it is about the patient, and does not say so."""
    name = ALSO_READ.get(entry.type)
    subject = entry.resource.child(name) if name else None
    return name is None or (subject is not None and _is_patient(subject, patient))


def _require_subject(entry: Entry) -> None:
    name = SUBJECT_FIELD.get(entry.type)
    if name is not None and name not in entry.subjects:
        raise UnfitError(entry.place / name, "a reference to the patient of this bundle is needed")


def _check_reference(entry: Entry, name: str, patient: Entry, things: frozenset[str]) -> None:
    only_kept = entry.type not in SUBJECT_FIELD
    value = entry.subjects[name]
    if only_kept and not isinstance(value, dict):
        return
    subject = as_element(value, entry.place / name)
    if _is_patient(subject, patient) or (only_kept and _is_other_thing(subject, things)):
        return
    raise UnfitError(subject.place, "it is about someone other than the patient of this bundle")


def _is_patient(subject: Element, patient: Entry) -> bool:
    reference = subject.text("reference", most=2000)
    if reference is None:
        identifier = subject.child("identifier")
        return identifier is not None and _key(identifier) in _identifiers(patient)
    if reference.startswith("Patient?identifier="):
        return _searched(reference) in _identifiers(patient)
    return unversioned(reference) in patient.addresses


def _is_other_thing(subject: Element, things: frozenset[str]) -> bool:
    """A resource that Mooring only keeps may be about a place or a group; no chart row may."""
    reference = subject.text("reference", most=2000)
    if reference is None:
        return "identifier" not in subject
    return unversioned(reference) in things or (
        "Patient" not in reference and not reference.startswith(("urn:", "#"))
    )


def _identifiers(patient: Entry) -> set[tuple[str | None, str | None]]:
    return {_key(identifier) for identifier in patient.resource.children("identifier")}


def _key(identifier: Element) -> tuple[str | None, str | None]:
    return identifier.text("system"), identifier.text("value")


def _searched(reference: str) -> tuple[str | None, str | None]:
    """The identifier of a conditional reference, Patient?identifier=system|value."""
    system, _, value = unquote(reference.partition("identifier=")[2]).partition("|")
    return system or None, value or None
