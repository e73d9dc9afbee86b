"""A bundle as received: its entries in order, its one patient, and who its resources are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mooring.clinic.people.text import forbidden
from mooring.exchange.fhir import hygiene, references, versions, whole
from mooring.exchange.fhir.element import Element, as_element
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.pieces import Piece, Resources, walk
from mooring.exchange.fhir.unfit import Place, UnfitError

BUNDLE_TYPES = ("transaction", "collection", "batch", "searchset", "document")
MOST_ENTRIES = 100_000
BUNDLE = Place("the bundle")
NO_RESOURCE = "Entry"
"""Stands for the type of an entry that names none."""


@dataclass(frozen=True)
class Bundle:
    """A checked bundle about one patient."""

    entries: tuple[Entry, ...]
    patient: Entry
    incomplete: str
    """Why it is not the whole, as its source says; empty where nothing says so."""
    resources: Resources

    @cached_property
    def _by_address(self) -> dict[str, Entry]:
        standing = (entry for entry in self.entries if entry.stands)
        return {address: entry for entry in standing for address in entry.addresses}

    def find(self, reference: str) -> Element | None:
        """The resource that a reference within this bundle points to."""
        entry = self._by_address.get(references.unversioned(reference))
        return entry.resource if entry is not None else None


def read_bundle(content: bytes) -> Bundle:
    """Read a file as a bundle about one patient. Raises UnfitError at the first misfit."""
    taken = _Taken(content)
    data = walk(content, taken.take)
    if isinstance(data, dict):
        hygiene.check({k: v for k, v in data.items() if k != "entry"}, BUNDLE)
    else:
        hygiene.check(data, Place("the file"))
    bundle = as_element(data, BUNDLE)
    _check_type(bundle)
    _check_entries(bundle)
    if taken.misfit is not None:
        raise taken.misfit
    entries = versions.marked(taken.entries)
    patient = _only_patient(entries)
    references.check(entries, patient)
    incomplete = whole.incomplete(bundle, entries)
    return Bundle(tuple(entries), patient, incomplete, taken.resources)


class _Taken:
    """The entries as they come; the first that stops the file is told after the bundle's own."""

    def __init__(self, content: bytes) -> None:
        self.resources = Resources(content)
        self.entries: list[Entry] = []
        self.misfit: UnfitError | None = None
        self._plain = hygiene.plain(content)

    def take(self, position: int, value: Any, piece: Piece) -> None:
        """Make an entry of what stands there."""
        if self.misfit is not None or position >= MOST_ENTRIES:
            return
        try:
            entry = _entry(position, value, plain=self._plain, resources=self.resources)
        except UnfitError as misfit:
            self.misfit = misfit
            return
        self.resources.add(position, piece, value.get("resource") or {})
        self.entries.append(entry)


def _check_type(bundle: Element) -> None:
    if bundle.text("resourceType") != "Bundle":
        raise UnfitError("the file", 'a FHIR R4 Bundle is needed ("resourceType": "Bundle")')
    if bundle.text("type") not in BUNDLE_TYPES:
        raise UnfitError(bundle.place / "type", f"one of {', '.join(BUNDLE_TYPES)} is needed")


def _check_entries(bundle: Element) -> None:
    entries = bundle.data.get("entry")
    if not isinstance(entries, list) or not entries:
        raise UnfitError(bundle.place / "entry", "a list of entries is needed")
    if len(entries) > MOST_ENTRIES:
        raise UnfitError(bundle.place / "entry", "at most 100,000 entries are read")


def _entry(position: int, value: Any, *, plain: bool, resources: Resources) -> Entry:
    place = Place(f"entry {position + 1}{_shown_type(value)}")
    if not isinstance(value, dict):
        hygiene.check(value, place)
    entry = as_element(value, place)
    beside = {name: each for name, each in entry.data.items() if name != "resource"}
    hygiene.check(beside, place, texts=not plain)
    full_url = entry.text("fullUrl", most=2000)
    request = entry.child("request")
    deletes = request is not None and request.text("method") == "DELETE"
    resource = entry.data.get("resource")
    if resource is None and request is not None and deletes:
        return _taken_back(position, request, full_url, place)
    if resource is None:
        raise UnfitError(place / "resource", "a resource is needed")
    if not isinstance(resource, dict):
        hygiene.check(resource, place)
    element = Element(as_element(resource, place / "resource").data, place)
    type_name, id_ = _resource_type(element), element.text("id", most=128) or ""
    id_ = id_ if plain or not forbidden(id_) else ""
    found = hygiene.misfit(resource, texts=not plain)
    unfit = "" if found is None else UnfitError(Place(place.root, found.steps), found.need)
    if isinstance(unfit, UnfitError) and type_name == "Patient":
        raise unfit
    return Entry(
        position,
        place,
        type_name,
        id_,
        references.addresses(full_url, type_name, id_),
        resources=resources,
        subjects=references.subjects(resource),
        full_url=full_url,
        mode=whole.mode(entry.data),
        deletes=deletes,
        unfit=unfit.reason if isinstance(unfit, UnfitError) else "",
    )


def _taken_back(position: int, request: Element, full_url: str | None, place: Place) -> Entry:
    """An entry without a resource: its address alone says what its source takes back."""
    address = request.text("url", most=2000) or ""
    type_name, _, id_ = address.partition("/")
    known = re.fullmatch(r"[A-Z][A-Za-z]{1,63}", type_name) is not None and len(id_) <= 128
    return Entry(
        position,
        place,
        type_name if known else NO_RESOURCE,
        id_ if known else "",
        references.addresses(full_url, type_name, id_) if known else frozenset(),
        full_url=full_url,
        deletes=True,
    )


def _resource_type(resource: Element) -> str:
    name = resource.text("resourceType", most=64)
    if name is None or not re.fullmatch(r"[A-Z][A-Za-z]+", name):
        raise UnfitError(resource.place / "resourceType", "the name of a FHIR resource is needed")
    return name


def _shown_type(value: Any) -> str:
    """The type of an entry for sentences, where it has a name that can be shown."""
    resource = value.get("resource") if isinstance(value, dict) else None
    name = resource.get("resourceType") if isinstance(resource, dict) else None
    if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Za-z]{1,63}", name):
        return f" ({name})"
    return ""


def _only_patient(entries: list[Entry]) -> Entry:
    patients = [entry for entry in entries if entry.type == "Patient" and entry.stands]
    if not patients:
        raise UnfitError(BUNDLE, "one Patient is needed; there is none")
    if len(patients) > 1:
        places = ", ".join(str(entry.position + 1) for entry in patients[:5])
        raise UnfitError(
            BUNDLE, f"exactly one Patient is needed; there are {len(patients)} (entries {places})"
        )
    return patients[0]
