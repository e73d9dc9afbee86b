"""Patient → the identity at the head of a chart."""

from __future__ import annotations

from datetime import date, datetime

from mooring.clinic.people.models import Patient
from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.unfit import UnfitError

RESOURCE_TYPE = "Patient"
IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
# Numbers of a person in society, not of a chart: social security, driver's licence, passport.
_NOT_CHART_NUMBERS = {"SS", "DL", "PPN", "TAX", "NI"}
_NAME_USES = ("official", "usual")
_SEXES = ("male", "female", "other", "unknown")
_OLDEST = 130
_LONGEST_GIVEN = 200


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Name, birth date, sex, record number and phone. Raises UnfitError where one cannot stand."""
    name = _name(resource)
    birth_date = _birth_date(resource, context.now)
    patient = Patient(
        family_name=_family(name),
        given_name=_given(name),
        birth_date=birth_date,
        sex=_sex(resource),
        identifier=_identifier(resource),
        phone=_phone(resource),
        registered_at=context.now,
    )
    unread = list(left_over(resource, "name", "gender", "telecom", "birthDate"))
    if birth_date is None and "birthDate" in resource:
        unread.append("birthDate (no full date)")
    if len(resource.children("identifier")) > 1:
        unread.append("further identifiers")
    if len(resource.children("name")) > 1:
        unread.append("further names")
    return Reading((patient,), tuple(unread))


def _name(resource: Element) -> Element:
    names = resource.children("name")
    for use in _NAME_USES:
        for name in names:
            if name.text("use") == use:
                return name
    if not names:
        raise UnfitError(resource.place / "name", "a name is needed")
    return names[0]


def _family(name: Element) -> str:
    family = name.text("family", most=200)
    if family is None:
        raise UnfitError(name.place / "family", "a family name is needed")
    return family.strip()


def _given(name: Element) -> str:
    """All given names; empty for people who have one name only."""
    given = " ".join(name.texts("given")).strip()
    if len(given) > _LONGEST_GIVEN:
        raise UnfitError(name.place / "given", f"at most {_LONGEST_GIVEN} characters are needed")
    return given


def _sex(resource: Element) -> str | None:
    sex = resource.text("gender")
    if sex is not None and sex not in _SEXES:
        raise UnfitError(resource.place / "gender", f"one of {', '.join(_SEXES)} is needed")
    return None if sex == "unknown" else sex


def _birth_date(resource: Element, now: datetime) -> date | None:
    read = read_date(resource, "birthDate")
    if read is None or read.day is None:
        return None
    if read.day > now.date() or now.year - read.day.year > _OLDEST:
        raise UnfitError(
            resource.place / "birthDate", f"a day within the last {_OLDEST} years is needed"
        )
    return read.day


def _identifier(resource: Element) -> str:
    """The medical record number; without one, the first identifier that is a chart's."""
    found: list[tuple[int, str]] = []
    for identifier in resource.children("identifier"):
        types = codes(identifier.child("type"), IDENTIFIER_TYPES)
        value = identifier.text("value", most=100)
        if value is not None and not types & _NOT_CHART_NUMBERS:
            found.append((0 if "MR" in types else 1, value.strip()))
    if not found:
        raise UnfitError(resource.place / "identifier", "a medical record number is needed")
    return min(found, key=lambda pair: pair[0])[1]


def _phone(resource: Element) -> str:
    for telecom in resource.children("telecom"):
        if telecom.text("system") == "phone":
            return telecom.text("value", most=40) or ""
    return ""
