"""A value that cannot be right keeps its resource out of the chart, and the file comes in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch, KeptResource
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import (
    NOW,
    bundle,
    condition,
    importer,
    medication,
    observation,
    pressure,
    text,
)
from tests.support.cast import clinic_row  # noqa: F401

pytestmark = pytest.mark.django_db


def imported(*resources: dict[str, Any], **changes: Any) -> ImportBatch:
    return import_text(text(bundle(*resources, **changes)), "Ada.json", importer(), NOW)


def kept(*resources: dict[str, Any]) -> KeptResource:
    return imported(*resources).kept.get(position=1)


@pytest.mark.parametrize(
    ("resource", "place"),
    [
        (condition(onsetDateTime="2005-02-30"), "onsetDateTime: "),
        (condition(onsetDateTime="29.07.2005"), "onsetDateTime: "),
        (condition(onsetDateTime="2005-07-29T20:37"), "onsetDateTime: "),
        (condition(onsetDateTime="2005-07-29T20:37:06"), "onsetDateTime: "),
        (condition(onsetDateTime="0001-01-01T00:00:00+14:00"), "onsetDateTime: "),
        (condition(onsetDateTime="9999-12-31T23:59:59-14:00"), "onsetDateTime: "),
        (condition(onsetDateTime="٢٠٠٥-٠٧-٢٩"), "onsetDateTime: "),
        (condition(onsetDateTime=2005), "onsetDateTime: text is needed"),
        (condition(onsetDateTime="2020-01-01T24:00:00Z"), "onsetDateTime: "),
        (condition(code="Hypertension"), "code: an object"),
        (condition(code={"coding": {}}), "code.coding: a list"),
        (condition(code={"coding": ["x"]}), "code.coding[0]: an object"),
        (condition(code={"text": "x" * 501}), "code.text: at most 500"),
        (condition(code={"coding": [{"code": "1" * 65}]}), "code.coding[0].code: at most 64"),
        (condition(code={"text": "a\x00b"}), "code.text: text without control"),
        (condition(code={"text": "a\u202eb"}), "code.text: text without control"),
        (condition(code={"text": "a\u2066b"}), "code.text: text without control"),
        (condition(note=[{"text": "\ud800"}]), "note[0].text: text without control"),
        (condition(note=[{"text": "x" * 1_000_001}]), "note[0].text: text of at most"),
        (condition(**{"bad\x07name": 1}), "text without control"),
        (medication(status=7), "status: text"),
        (medication(doNotPerform="no"), "doNotPerform: true or false"),
        (medication(authoredOn=""), "authoredOn: text is needed"),
        (
            observation("29463-7", "70", "kg", valueQuantity={"value": "70"}),
            "valueQuantity.value: a number",
        ),
        (observation("29463-7", "NaN", "kg"), "valueQuantity.value: a finite number"),
        (observation("29463-7", "-Infinity", "kg"), "valueQuantity.value: a finite number"),
        (observation("29463-7", "1e999999999", "kg"), "valueQuantity.value: a number of"),
        (observation("29463-7", "1" * 5000, "kg"), "valueQuantity.value: a number of"),
        (observation("29463-7", "true", "kg"), "valueQuantity.value: a number"),
        (pressure("{}", "80"), "component[0].valueQuantity.value: a number"),
    ],
)
def test_a_value_that_cannot_be_right_is_named_and_its_resource_is_in_no_row(
    resource: dict[str, Any], place: str
) -> None:
    batch = imported(resource)
    reason = batch.kept.get(position=1).reason
    assert reason.startswith("Not read, because of ")
    assert place in reason
    patient = batch.patient
    rows = (patient.conditions, patient.medications, patient.measurements, patient.bloodpressures)
    assert not any(each.exists() for each in rows)


def test_what_stands_beside_it_in_the_file_is_read() -> None:
    batch = imported(condition(onsetDateTime="x"), pressure("120", "80"), condition(id="c2"))
    assert batch.patient.bloodpressures.count() == 1
    assert batch.patient.conditions.count() == 1


def test_deep_nesting_is_its_entrys_own_matter() -> None:
    deep: Any = "x"
    for _ in range(70):
        deep = {"extension": [deep]}
    assert "it is nested too deeply" in kept(condition(extra=deep)).reason


def test_no_reason_and_no_summary_repeats_text_that_could_mislead() -> None:
    row = kept(condition(code={"text": "Hyper\u202etension"}, note=[{"text": "\x00"}]))
    assert "\u202e" not in row.reason + row.subject + row.value + row.resource_id


def test_a_medicine_that_misleads_is_not_read_by_the_order_that_refers_to_it() -> None:
    medicine = {"resourceType": "Medication", "id": "m9", "code": {"text": "Diaz\u202eepam"}}
    order = medication(medicationReference={"reference": "Medication/m9"})
    del order["medicationCodeableConcept"]
    assert not imported(order, medicine).patient.medications.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"birthDate": "2031-01-01"}, "birthDate (not a day within the last 130 years)"),
        ({"birthDate": "1880-01-01"}, "birthDate (not a day within the last 130 years)"),
        ({"birthDate": "1980-13-01"}, "birthDate (not a date)"),
        ({"gender": "banana"}, "gender (not one of FHIR's)"),
        ({"active": "no"}, "active"),
    ],
)
def test_of_the_patient_it_leaves_that_one_thing_unknown(
    changes: dict[str, Any], said: str
) -> None:
    batch = imported(**changes)
    unknown = batch.patient.sex if "gender" in changes else batch.patient.birth_date
    assert unknown is None or "active" in changes
    assert not batch.patient.inactive
    assert said in batch.kept.get(position=0).reason


MODIFIED = [{"url": "http://x/estimated", "valueBoolean": True}]


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        (condition(code={"text": "Stroke", "modifierExtension": MODIFIED}), "code.modifier"),
        (
            medication(dosageInstruction=[{"text": "1", "modifierExtension": MODIFIED}]),
            "dosageInstruction[0].modifier",
        ),
        (
            observation("29463-7", "70", "kg", method={"modifierExtension": MODIFIED}),
            "method.modifier",
        ),
        (observation("8480-6", "190", "mm[Hg]", modifierExtension=MODIFIED), "modifier"),
        (observation("85354-9", None, hasMember=[], modifierExtension=MODIFIED), "modifier"),
    ],
)
def test_a_modifier_anywhere_within_a_resource_stops_the_reading(
    resource: dict[str, Any], where: str
) -> None:
    row = kept(resource)
    assert row.reason == f"It carries {where}Extension, which may change its meaning."


def test_a_modifier_within_the_medicine_an_order_refers_to_stops_the_reading() -> None:
    medicine = {
        "resourceType": "Medication",
        "id": "m9",
        "code": {"text": "Diazepam"},
        "ingredient": [{"modifierExtension": MODIFIED}],
    }
    order = medication(medicationReference={"reference": "Medication/m9"})
    del order["medicationCodeableConcept"]
    assert "modifier" in kept(order, medicine).reason


def test_a_name_that_a_modifier_may_turn_round_is_not_the_one_to_file_under() -> None:
    names = [{"family": "Not", "modifierExtension": MODIFIED}, {"family": "Quill"}]
    assert imported(name=names).patient.family_name == "Quill"


# What a kept resource is about, in its own words.


@pytest.mark.parametrize(
    ("resource", "subject", "value", "dated"),
    [
        (
            observation("29463-7", "154", "kg", id="w") | {
                "valueQuantity": {"value": 154, "unit": "lb", "code": "kg"},
                "code": {"text": "Body weight"},
            },
            "Body weight",
            "154 lb",
            date(2026, 11, 20),
        ),
        (
            {"resourceType": "Procedure", "code": {"coding": [{"code": "1", "display": "ECT"}]},
             "performedPeriod": {"start": "2024-03-05", "end": "2024-04-05"}},
            "ECT", "", date(2024, 3, 5),
        ),
        (
            {"resourceType": "Immunization", "vaccineCode": {"text": "Influenza"},
             "occurrenceDateTime": "2025-10"},
            "Influenza", "", None,
        ),
        (
            {"resourceType": "DocumentReference", "description": "Letter", "date": "2025-10-01"},
            "Letter", "", date(2025, 10, 1),
        ),
        (
            observation("718-7", None, valueString="see note"), "an observation", "see note",
            date(2026, 11, 20),
        ),
        (
            observation("718-7", None, valueBoolean=True),
            "an observation",
            "yes",
            date(2026, 11, 20),
        ),
        (
            observation("718-7", None, valueQuantity={"value": 5, "comparator": "<", "unit": "g"}),
            "an observation", "<5 g", date(2026, 11, 20),
        ),
        ({"resourceType": "Claim", "type": {"coding": {}}, "created": 7}, "", "", None),
        ({"resourceType": "Claim", "title": "x" * 400}, "x" * 299 + "…", "", None),
    ],
)  # fmt: skip
def test_a_kept_resource_says_what_it_is_about_its_value_and_its_day(
    resource: dict[str, Any], subject: str, value: str, dated: date | None
) -> None:
    row = kept(resource)
    assert (row.subject, row.value, row.dated) == (subject, value, dated)


@pytest.mark.usefixtures("clinic_row")  # in London
def test_the_day_is_the_one_the_clinic_had() -> None:
    row = kept(observation("718-7", "1", "g", effectiveDateTime="2026-07-31T23:30:00Z"))
    assert row.dated == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("resource", "concern"),
    [
        (pressure("80", "120"), "blood_pressure"),
        (observation("8480-6", "190", "mm[Hg]"), "blood_pressure"),
        (observation("29463-7", "700", "kg"), "weight"),
        (observation("3141-9", "70", "kg"), "weight"),
        (observation("82810-3", None), "pregnancy"),
        (observation("19080-1", "25000", "m[IU]/mL", code={"text": "hCG, serum"}), "pregnancy"),
        (observation("0-0", "1", "g", code={"text": "Blood pressure, left leg"}), "blood_pressure"),
        (observation("0-0", "1", "g", code={"text": "Birth weight"}), ""),
        (observation("718-7", "1", "g"), ""),
        (medication(authoredOn="x"), "medicine"),
        ({"resourceType": "MedicationDispense", "medication": {}}, "medicine"),
        (condition(onsetDateTime="x"), "condition"),
        ({"resourceType": "Claim"}, ""),
        # What the source itself takes back is not missed.
        (pressure("120", "80", status="entered-in-error"), ""),
        (condition(verificationStatus={"coding": [{"code": "refuted"}]}), ""),
        (medication(intent="proposal"), ""),
    ],
)
def test_what_of_the_chart_is_missed_without_it_is_known(
    resource: dict[str, Any], concern: str
) -> None:
    assert kept(resource).concern == concern
