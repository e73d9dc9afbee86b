"""Who the chart is about: the name and the number that hold now, and whether the record does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch, WaitingFile
from mooring.clinic.people.actions import Identity, register_patient
from mooring.clinic.people.models import Patient
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import NOW, bundle, coded, importer, text

pytestmark = pytest.mark.django_db
TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203"
MR = {"type": coded(TYPES, "MR", "record")}
ENDED, CURRENT = {"period": {"end": "2015-06-01"}}, {"period": {"start": "2015-06-01"}}


def imported(**changes: Any) -> ImportBatch:
    return import_text(text(bundle(**changes)), "Ada.json", importer(), NOW)


@pytest.mark.parametrize(
    ("names", "family"),
    [
        ([{"use": "official", "family": "A", **ENDED}, {"use": "official", "family": "B"}], "B"),
        ([{"use": "official", "family": "A", **ENDED}, {"use": "nickname", "family": "B"}], "B"),
        ([{"use": "maiden", "family": "A"}, {"use": "usual", "family": "B"}], "B"),
        ([{"use": "old", "family": "A"}, {"family": "B"}], "B"),
        ([{"family": "A", "period": {"start": "2030-01-01"}}, {"family": "B"}], "B"),
        ([{"family": "A", "period": {"end": "2015"}}, {"family": "B", **CURRENT}], "B"),
        ([{"family": "A", "period": {"end": "2015-06"}}, {"family": "B"}], "B"),
        ([{"family": "A", "period": {"end": "x"}}, {"family": "B"}], "A"),
        ([{"use": "official"}, {"use": "usual", "family": "B"}], "B"),
        ([{"use": "old", "family": "A"}], "A"),
    ],
)
def test_the_name_that_holds_now_is_the_one_to_file_under(
    names: list[dict[str, Any]], family: str
) -> None:
    assert imported(name=names).patient.family_name == family


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ({"given": ["Suharto"]}, "Suharto"),
        ({"family": "Suharto"}, "Suharto"),
        ({"text": "Suharto"}, "Suharto"),
        ({"family": "Quill", "given": ["Ada", "May"], "text": "Ada Quill"}, "Quill, Ada May"),
    ],
)
def test_who_has_one_name_is_filed_under_it(name: dict[str, Any], shown: str) -> None:
    assert imported(name=[name]).patient.name == shown


def test_what_of_a_name_is_not_in_the_chart_is_said() -> None:
    batch = imported(name=[{"family": "Quill", "prefix": ["Dr"]}, {"family": "Old", "use": "old"}])
    assert batch.kept.get().reason == "Read in part. Not read: name.prefix, further names."


@pytest.mark.parametrize(
    ("numbers", "number"),
    [
        ([{**MR, "use": "old", "value": "A"}, {**MR, "use": "official", "value": "B"}], "B"),
        ([{**MR, "value": "A", **ENDED}, {**MR, "value": "B"}], "B"),
        ([{**MR, "use": "old", "value": "A"}, {"value": "B"}], "B"),
        ([{"use": "temp", "value": "A"}, {"use": "usual", "value": "B"}], "B"),
        ([{"value": "A"}, {**MR, "use": "secondary", "value": "B"}], "B"),
        ([{**MR}, {"value": "B"}], "B"),
    ],
)
def test_the_number_that_holds_now_is_the_charts(
    numbers: list[dict[str, Any]], number: str
) -> None:
    assert imported(identifier=numbers).patient.identifier == number


@pytest.mark.parametrize(
    ("telecoms", "phone"),
    [
        ([{"system": "phone", "value": "1", "use": "old"}, {"system": "phone", "value": "2"}], "2"),
        ([{"system": "phone", "value": "1", **ENDED}], ""),
        ([{"system": "email", "value": "a@example.org"}], ""),
        ([{"system": "phone", "value": "1" * 41}], ""),
    ],
)
def test_a_telephone_that_no_longer_rings_is_not_the_charts(
    telecoms: list[dict[str, Any]], phone: str
) -> None:
    batch = imported(telecom=telecoms)
    assert batch.patient.phone == phone
    assert "telecom" in batch.kept.get().reason


def given_by(system: str | None, number: str = "1001") -> list[dict[str, Any]]:
    return [{**MR, "value": number, **({"system": system} if system else {})}]


def test_one_number_of_two_hospitals_is_two_people() -> None:
    first = imported(identifier=given_by("urn:hospital-A"), birthDate="1970-01-01")
    second = imported(identifier=given_by("urn:hospital-B"))
    assert first.patient != second.patient
    assert second.patient.identifier_system == "urn:hospital-B"


def test_a_number_of_the_clinics_own_is_not_the_hospitals() -> None:
    own = Identity("Beta", "B", date(1970, 1, 1), "female", "1001")
    register_patient(importer(), own, now=NOW)
    imported(identifier=given_by("urn:hospital-B"))
    assert Patient.objects.filter(identifier="1001").count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [("urn:a", "urn:a"), (None, "urn:a"), ("urn:a", None), (None, None)],
)
def test_where_two_numbers_cannot_be_told_apart_the_second_waits_to_be_compared(
    first: str | None, second: str | None
) -> None:
    batch = imported(identifier=given_by(first), birthDate="1970-01-01")
    waiting = imported(identifier=given_by(second))
    assert isinstance(waiting, WaitingFile)
    assert (waiting.patient, waiting.by_number) == (batch.patient, True)


def test_a_namesake_of_the_same_birth_date_waits_too() -> None:
    batch = imported(identifier=given_by("urn:a"))
    waiting = imported(identifier=[{"system": "urn:a", "value": "2002"}])
    assert isinstance(waiting, WaitingFile)
    assert (waiting.patient, waiting.by_number) == (batch.patient, False)
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "died", "on", "kept"),
    [
        ({"deceasedBoolean": True}, True, None, False),
        ({"deceasedBoolean": False}, False, None, False),
        ({"deceasedDateTime": "2024-03-02"}, True, date(2024, 3, 2), False),
        ({"deceasedDateTime": "2024"}, True, None, True),
        ({"deceasedDateTime": "x"}, True, None, True),
        ({"deceasedBoolean": "yes"}, True, None, True),
        ({}, False, None, False),
    ],
)
def test_that_a_person_has_died_is_in_the_chart_and_never_lost_for_a_date(
    changes: dict[str, Any], died: bool, on: date | None, kept: bool
) -> None:
    batch = imported(**changes)
    assert (batch.patient.deceased, batch.patient.deceased_on) == (died, on)
    assert batch.kept.exists() == kept


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"reference": "Patient/p2"}, "Patient/p2"),
        ({"reference": "Patient/p2", "display": "Ann Quill, 77"}, "Ann Quill, 77"),
        ({"identifier": {"value": "MRN-78"}, "display": "x"}, "MRN-78"),
        ({}, "another record"),
    ],
)
def test_a_record_that_another_replaces_names_the_other(other: dict[str, Any], named: str) -> None:
    batch = imported(active=False, link=[{"type": "replaced-by", "other": other}])
    assert (batch.patient.inactive, batch.patient.replaced_by_number) == (True, named)
    assert not batch.kept.exists()


def test_a_link_of_another_kind_replaces_nothing_and_is_listed() -> None:
    batch = imported(active=True, link=[{"type": "seealso", "other": {"reference": "Patient/2"}}])
    assert (batch.patient.inactive, batch.patient.replaced_by_number) == (False, "")
    assert batch.kept.get().reason == "Read in part. Not read: link."
