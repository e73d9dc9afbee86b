"""What each resource becomes in the chart, and what is kept beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import (
    NOW,
    UCUM,
    Raw,
    bundle,
    coded,
    condition,
    importer,
    medication,
    observation,
    pressure,
    text,
)

pytestmark = pytest.mark.django_db


def imported(*resources: dict[str, Any], **changes: Any) -> ImportBatch:
    return import_text(text(bundle(*resources, **changes)), "Ada.json", importer(), NOW)


def reason(batch: ImportBatch, position: int = 1) -> str:
    return batch.kept.get(position=position).reason


def test_a_patient_is_filed_under_the_official_name() -> None:
    names = [{"use": "maiden", "family": "Old"}, {"use": "official", "family": "Quill"}]
    patient = imported(name=names).patient
    assert (patient.family_name, patient.given_name) == ("Quill", "")


def test_the_record_number_is_taken_before_any_other_and_never_a_social_number() -> None:
    def typed(kind: str, value: str) -> dict[str, Any]:
        system = "http://terminology.hl7.org/CodeSystem/v2-0203"
        return {"type": coded(system, kind, kind), "value": value}

    numbers = [typed("SS", "999-11"), {"value": "other"}, typed("MR", "M-5")]
    assert imported(identifier=numbers).patient.identifier == "M-5"


def test_an_unknown_sex_and_an_incomplete_birth_date_stay_unknown() -> None:
    batch = imported(gender="unknown", birthDate="1980")
    assert (batch.patient.sex, batch.patient.birth_date) == (None, None)
    assert "birthDate (no full date)" in reason(batch, 0)


def test_a_condition_keeps_its_code_words_status_and_dates() -> None:
    row = imported(condition(abatementDateTime="2020-02-01")).patient.conditions.get()
    assert (row.code, row.text, row.status) == ("38341003", "Hypertension", "active")
    assert (row.since, row.until) == (date(2005, 7, 29), date(2020, 2, 1))
    assert row.origin == "import Ada.json"


def test_a_condition_the_source_does_not_hold_true_is_kept_but_not_in_the_chart() -> None:
    batch = imported(condition(verificationStatus={"coding": [{"code": "refuted"}]}))
    assert not batch.patient.conditions.exists()
    assert "refuted" in reason(batch)


def test_a_condition_not_yet_certain_says_so_in_its_origin() -> None:
    batch = imported(condition(verificationStatus={"coding": [{"code": "provisional"}]}))
    assert "verification: provisional" in batch.patient.conditions.get().origin


def test_an_onset_known_by_its_year_only_is_no_date_and_is_listed() -> None:
    batch = imported(condition(onsetDateTime="2005"))
    assert batch.patient.conditions.get().since is None
    assert reason(batch) == "Read in part. Not read: onsetDateTime (no full date)."


def test_a_status_that_is_not_given_is_unknown_not_active() -> None:
    resource = condition()
    del resource["clinicalStatus"]
    assert imported(resource).patient.conditions.get().status == "unknown"


def test_a_modifier_that_mooring_does_not_know_stops_the_reading_of_its_resource() -> None:
    batch = imported(condition(modifierExtension=[{"url": "x", "valueBoolean": True}]))
    assert not batch.patient.conditions.exists()
    assert "modifierExtension" in reason(batch)


def test_of_several_codes_all_are_kept_and_the_snomed_code_is_the_one_to_sort_by() -> None:
    concept = {
        "coding": [
            {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10"},
            {"system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertension"},
        ]
    }
    batch = imported(condition(code=concept))
    row = batch.patient.conditions.get()
    assert (row.code, row.text) == ("38341003", "Hypertension")
    assert row.codings == [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10", "display": None},
        {"system": "http://snomed.info/sct", "code": "38341003", "display": "Hypertension"},
    ]
    assert not batch.kept.exists()


def test_a_written_dosage_is_taken_word_for_word() -> None:
    row = imported(
        medication(dosageInstruction=[{"text": "20 mg in the morning"}])
    ).patient.medications.get()
    assert (row.dose, row.status, row.since) == (
        "20 mg in the morning",
        "active",
        date(2020, 1, 17),
    )


def test_a_dosage_is_put_in_words_without_working_out_an_amount() -> None:
    instruction = {
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseQuantity": {"value": Raw("0.50"), "unit": "mg"}}],
        "asNeededBoolean": True,
    }
    row = imported(medication(dosageInstruction=[instruction])).patient.medications.get()
    assert row.dose == "0.50 mg, 2 × per day, as needed"


@pytest.mark.parametrize(
    ("as_needed", "written", "dose"),
    [
        ({"asNeededBoolean": True}, "1 tablet at night", "1 tablet at night, as needed"),
        ({"asNeededBoolean": True}, "1 tablet PRN", "1 tablet PRN"),
        ({"asNeededBoolean": False}, "1 tablet at night", "1 tablet at night"),
        ({"asNeededCodeableConcept": {"text": "panic"}}, "1 tablet", "1 tablet, as needed"),
    ],
)
def test_that_it_is_taken_as_needed_is_never_lost(as_needed, written, dose) -> None:
    instruction = {"text": written, **as_needed}
    row = imported(medication(dosageInstruction=[instruction])).patient.medications.get()
    assert row.dose == dose


def test_a_range_of_doses_is_not_taken_for_one_tablet() -> None:
    instruction = {
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "doseAndRate": [{"doseRange": {"low": {"value": 1}, "high": {"value": 2}}}],
    }
    batch = imported(medication(dosageInstruction=[instruction]))
    assert batch.patient.medications.get().dose == "(amount not read), 2 × per day"
    assert reason(batch) == "Read in part. Not read: dosageInstruction.doseAndRate."


def test_a_dosage_that_says_more_than_the_words_is_listed() -> None:
    instruction = {"timing": {"repeat": {"frequency": 2, "period": 1, "dayOfWeek": ["mon"]}}}
    batch = imported(medication(dosageInstruction=[instruction]))
    assert batch.patient.medications.get().dose == ""
    assert reason(batch) == "Read in part. Not read: dosageInstruction.timing."


def test_a_medicine_given_by_reference_is_followed_into_the_bundle() -> None:
    medicine = {"resourceType": "Medication", "id": "med9", "code": {"text": "Diazepam 5 mg"}}
    order = medication(medicationReference={"reference": "Medication/med9"})
    del order["medicationCodeableConcept"]
    assert imported(order, medicine).patient.medications.get().text == "Diazepam 5 mg"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"intent": "proposal"}, "proposal"),
        ({"status": "entered-in-error"}, "entered-in-error"),
        ({"doNotPerform": True}, "not to be given"),
        ({"medicationCodeableConcept": {}}, "neither words nor a code"),
    ],
)
def test_an_order_that_gives_no_medicine_is_kept_but_not_in_the_chart(
    changes: dict[str, Any], words: str
) -> None:
    batch = imported(medication(**changes))
    assert not batch.patient.medications.exists()
    assert words in reason(batch)


def test_kilograms_are_stored_as_received() -> None:
    row = imported(observation("29463-7", "70.5", "kg")).patient.measurements.get()
    assert (row.code, row.value, row.unit) == ("weight", Decimal("70.5"), "kg")
    assert row.origin == "import Ada.json"
    assert row.taken_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def test_pounds_become_kilograms_and_the_pounds_stay_readable() -> None:
    # 155 lb × 0.45359237 kg/lb = 70.30681735 kg (the international pound, exact)
    row = imported(observation("29463-7", "155", "[lb_av]")).patient.measurements.get()
    assert (row.value, row.unit) == (Decimal("70.307"), "kg")
    assert "received as 155 [lb_av]" in row.origin


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        (observation("29463-7", "11", "[stone_av]"), "Mooring reads kg, g, [lb_av] or [oz_av]"),
        (observation("8302-2", "5.6", "[ft_i]"), "Mooring reads cm, m or [in_i]"),
        (observation("29463-7", "70", ""), None),
        (observation("29463-7", "700", "kg"), "20 to 400 kg can be right"),
        (observation("29463-7", "7", "kg"), "20 to 400 kg can be right"),
        (observation("8302-2", "1.75", "cm"), "100 to 250 cm can be right"),
        (observation("59408-5", "0.97", "%"), "40 to 100 % can be right"),
        (observation("8867-4", "-72", "/min"), "15 to 300 /min can be right"),
        (observation("29463-7", "30", "kg", focus=[{"display": "fetus"}]), "other than the pat"),
        (observation("8480-6", "80", "mm[Hg]", focus=[{"display": "x"}]), "other than the pat"),
        (observation("29463-7", None), "no valueQuantity"),
        (observation("29463-7", "70", "kg", status="entered-in-error"), "entered-in-error"),
        (observation("29463-7", "70", "kg", status="preliminary"), "preliminary"),
        (observation("29463-7", "70", "kg", effectiveDateTime="2026-11"), "on which day"),
        (observation("29463-7", "70", "kg", effectiveDateTime=None), "when it was measured"),
        (observation("29463-7", "70", "kg", effectiveDateTime="2031-01-01"), "future"),
        (observation("72166-2", None), "does not read this kind"),
        (pressure("80", "120"), "higher than the diastolic"),
        (pressure("80.3", "79.9"), "higher than the diastolic"),
        (pressure("16", "10.4", "kPa"), "Mooring reads mm[Hg]"),
        (pressure("350", "80"), "30 to 300 mmHg can be right"),
        (observation("85354-9", None, component=[]), "0 systolic values"),
    ],
)
def test_a_number_that_cannot_be_relied_on_is_kept_and_never_a_value(
    resource: dict[str, Any], words: str | None
) -> None:
    if words is None:
        resource["valueQuantity"].pop("code")
        words = "no UCUM code"
    batch = imported(resource)
    assert not batch.patient.measurements.exists()
    assert not batch.patient.bloodpressures.exists()
    assert words in reason(batch)


def test_a_bound_is_no_number() -> None:
    quantity = {"value": 400, "comparator": "<", "system": UCUM, "code": "kg"}
    batch = imported(observation("29463-7", "70", "kg", valueQuantity=quantity))
    assert not batch.patient.measurements.exists()


@pytest.mark.parametrize("code", ["59408-5", "2708-6"])
def test_both_codes_of_oxygen_saturation_are_read(code: str) -> None:
    assert imported(observation(code, "97", "%")).patient.measurements.get().code == "spo2"


def test_a_measurement_without_a_time_of_day_says_so() -> None:
    batch = imported(observation("8867-4", "72", "/min", effectiveDateTime="2026-11-20"))
    row = batch.patient.measurements.get()
    assert row.taken_at.date() == date(2026, 11, 20)
    assert "no time of day given" in row.origin


@pytest.mark.parametrize(
    ("received", "stored"), [("119.5", 120), ("119.49999", 119), ("120", 120), ("120.500", 121)]
)
def test_a_blood_pressure_is_rounded_half_up_to_whole_millimetres(
    received: str, stored: int
) -> None:
    row = imported(pressure(received, "78")).patient.bloodpressures.get()
    assert (row.systolic, row.diastolic) == (stored, 78)


def test_a_kept_resource_stays_character_by_character() -> None:
    raw = text(bundle(observation("72166-2", "1.00", "x")))
    batch = import_text(raw, "Ada.json", importer(), NOW)
    kept = batch.kept.get(position=1)
    assert batch.received.decode() == raw
    assert '"value": 1.00' in kept.content
    assert kept.content in raw
    assert (kept.resource_type, kept.resource_id) == ("Observation", "o1")


def test_types_that_mooring_does_not_read_are_kept_and_counted() -> None:
    batch = imported(condition(), {"resourceType": "Claim", "id": "k", "patient": None})
    assert batch.counts["Claim"] == {"understood": 0, "kept": 1}
    assert batch.counts["Condition"] == {"understood": 1, "kept": 0}


def test_an_import_is_one_audited_write_in_the_name_of_who_did_it() -> None:
    batch = imported(condition())
    row = AuditRow.objects.get()
    assert (row.action, row.actor_name, row.patient) == (
        "imports.keep_bundle",
        "test",
        batch.patient_id,
    )
    assert batch.imported_by == "test"


def test_a_file_name_with_folders_is_known_by_its_last_part_only() -> None:
    batch = import_text(text(bundle()), "..\\..\\etc/Ada.json", importer(), NOW)
    assert batch.file_name == "Ada.json"
