"""Patient → the identity at the head of a chart."""

from __future__ import annotations

from datetime import date, datetime

from mooring.clinic.people.models import Patient
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.patient import names, numbers, record
from mooring.exchange.fhir.patient.current import candidates, is_over
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.unfit import UnfitError

RESOURCE_TYPE = "Patient"
_SEXES = ("male", "female", "other", "unknown")
_OLDEST = 130
_LONGEST_PHONE = 40
# Identifiers are bookkeeping of every other resource; here they are read.
_READ = (
    "name", "gender", "telecom", "birthDate", "active", "link", "deceasedBoolean",
    "deceasedDateTime",
)  # fmt: skip


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Name, birth date, sex, record number, phone, and whether the record still holds.

    Raises UnfitError without a name or a record number: such a chart could not be filed.
    """
    today = context.now.astimezone(context.zone).date()
    name = names.current_name(resource, today)
    family, given = names.family_and_given(name)
    number, system = numbers.record_number(resource, today)
    birth_date, birth_unread = _birth_date(resource, context.now)
    deceased, deceased_on, death_unread = record.death(resource)
    phone, phone_unread = _phone(resource, today)
    sex = _sex(resource)
    patient = Patient(
        family_name=family,
        given_name=given,
        birth_date=birth_date,
        sex=None if sex == "unknown" else sex,
        identifier=number,
        identifier_system=system,
        phone=phone,
        registered_at=context.now,
        deceased=deceased,
        deceased_on=deceased_on,
        inactive=resource.data.get("active") is False,
        replaced_by_number=record.replaced_by(resource),
    )
    unread = [*left_over(resource, *_READ), *birth_unread, *death_unread, *phone_unread]
    if sex is None and "gender" in resource:
        unread.append("gender (not one of FHIR's)")
    if not isinstance(resource.data.get("active", True), bool):
        unread.append("active")
    unread.extend(record.further_links(resource))
    if len(resource.children("identifier")) > 1:
        unread.append("further identifiers")
    return Reading((patient,), (*unread, *names.left_over(resource, name)))


def _sex(resource: Element) -> str | None:
    sex = resource.data.get("gender")
    return sex if isinstance(sex, str) and sex in _SEXES else None


def _birth_date(resource: Element, now: datetime) -> tuple[date | None, tuple[str, ...]]:
    """The day of birth, and why there is none: a date that is none leaves it unknown."""
    if "birthDate" not in resource:
        return None, ()
    try:
        read = read_date(resource, "birthDate")
    except UnfitError:
        return None, ("birthDate (not a date)",)
    if read is None or read.day is None:
        return None, ("birthDate (no full date)",)
    if read.day > now.date() or now.year - read.day.year > _OLDEST:
        return None, (f"birthDate (not a day within the last {_OLDEST} years)",)
    return read.day, ()


def _phone(resource: Element, today: date) -> tuple[str, tuple[str, ...]]:
    """The first telephone that still holds; whatever else can be reached is said to be unread."""
    telecoms = candidates(resource, "telecom")
    phones = [
        each
        for each in telecoms
        if each.text("system", most=20) == "phone" and not is_over(each, today)
    ]
    number = next(filter(None, (each.text("value", most=200) for each in phones)), "")
    if len(number) > _LONGEST_PHONE:
        return "", ("telecom (a number longer than 40 characters)",)
    further = len(resource.children("telecom")) > (1 if number else 0)
    return number, ("further telecom",) if further else ()
