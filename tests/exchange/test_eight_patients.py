"""Eight synthetic patients made by others (Synthea): what the chart has to show of each.

The counts were read from the JSON files with another program than Mooring.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mooring.clinic.imports.models import ImportBatch
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.standing import screen
from mooring.core.protocols.screening import Screening, Tier
from mooring.exchange.fhir.importing import import_file
from tests.exchange.bundles import NOW, SYNTHEA, importer

pytestmark = pytest.mark.django_db

# name: conditions, medicines, allergies, weights, heights, pressures, entries in the file
HELD = {
    "Elsa_Vargas": (5, 12, 6, 5, 5, 5, 230),
    "Eugenia_Schuster": (5, 2, 0, 10, 10, 10, 183),
    "Jacki_Feil": (7, 8, 0, 7, 7, 7, 257),
    "Liz_Conn": (1, 1, 0, 3, 3, 3, 73),
    "Louis_Maggio": (12, 5, 1, 5, 5, 5, 156),
    "Milan_Beatty": (5, 3, 0, 6, 6, 6, 220),
    "Rudy_Macejkovic": (10, 6, 0, 10, 10, 10, 221),
    "Trenton_Turner": (2, 0, 0, 3, 3, 3, 173),
}


def imported(name: str) -> ImportBatch:
    (path,) = SYNTHEA.glob(f"{name}_*.json")
    return import_file(path, importer(), NOW)


def chart(name: str) -> Patient:
    return imported(name).patient


def active(rows: object) -> set[str]:
    return {row.text for row in rows.all() if row.status == "active"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", HELD)
def test_every_resource_of_the_file_is_in_the_chart_or_listed_as_kept(name: str) -> None:
    batch = imported(name)
    patient = batch.patient
    measured = patient.measurements
    assert (
        patient.conditions.count(),
        patient.medications.count(),
        patient.allergies.count(),
        measured.filter(code="weight").count(),
        measured.filter(code="height").count(),
        patient.bloodpressures.count(),
    ) == HELD[name][:6]
    in_full = sum(HELD[name][:6]) - batch.kept.filter(reason__startswith="Read in part").count()
    assert in_full + 1 + batch.kept.count() == HELD[name][6]


def test_elsa_vargas_two_pregnancies_are_not_one_and_hers_is_over() -> None:
    patient = chart("Elsa_Vargas")
    assert (patient.family_name, patient.given_name) == ("Vargas", "Elsa")
    assert (patient.birth_date, patient.sex) == (date(1976, 9, 11), "female")
    assert patient.identifier == "61e3368b-5e7e-45ee-a256-874b26192263"
    assert patient.phone == "555-121-6206"
    pregnancy = patient.conditions.get(code="72892002")
    assert (pregnancy.status, pregnancy.since, pregnancy.until) == (
        "resolved",
        date(2011, 7, 16),
        date(2011, 8, 6),
    )
    assert {row.text for row in patient.allergies.all()} == {
        "Allergy to mould",
        "House dust mite allergy",
        "Dander (animal) allergy",
        "Allergy to grass pollen",
        "Allergy to tree pollen",
        "Shellfish allergy",
    }


def test_eugenia_schuster_has_had_a_stroke_in_2019() -> None:
    stroke = chart("Eugenia_Schuster").conditions.get(code="230690007")
    assert (stroke.text, stroke.status, stroke.since, stroke.until) == (
        "Stroke",
        "active",
        date(2019, 2, 15),
        None,
    )


def test_jacki_feil_has_chronic_pain_and_was_given_oxycodone() -> None:
    patient = chart("Jacki_Feil")
    assert active(patient.conditions) == {
        "Body mass index 30+ - obesity (finding)",
        "Chronic pain",
        "Prediabetes",
    }
    oxycodone = patient.medications.get(code="1860154")
    assert oxycodone.status == "stopped"
    assert oxycodone.since == date(2011, 12, 19)
    assert "Oxycodone Hydrochloride 15 MG" in oxycodone.text


def test_liz_conn_has_hypertension_and_her_last_pressure_was_152_95() -> None:
    patient = chart("Liz_Conn")
    hypertension = patient.conditions.get()
    assert (hypertension.system, hypertension.code) == ("http://snomed.info/sct", "38341003")
    assert (hypertension.status, hypertension.since) == ("active", date(2005, 7, 29))
    last = patient.bloodpressures.all()[0]
    assert (last.systolic, last.diastolic) == (152, 95)  # 151.86… and 94.68… in the file
    assert last.taken_at.isoformat() == "2018-08-17T20:37:06+00:00"
    assert "rounded to whole mmHg" in last.origin
    weight = patient.measurements.filter(code="weight")[0]
    assert (weight.value, weight.unit) == (Decimal("74.235"), "kg")  # 74.23527345209692
    assert "74.23527345209692 kg" in weight.origin


def test_louis_maggio_takes_diazepam_and_has_epilepsy() -> None:
    patient = chart("Louis_Maggio")
    assert active(patient.medications) == {
        "Diazepam [Valium]",
        "Chlorpheniramine Maleate 2 MG/ML Oral Solution",
        "Naproxen sodium 220 MG Oral Tablet",
    }
    assert {"Seizure disorder", "Epilepsy", "Diabetes"} <= active(patient.conditions)


def test_milan_beatty_has_a_depression_treated_with_fluoxetine() -> None:
    patient = chart("Milan_Beatty")
    assert "Major depression disorder" in active(patient.conditions)
    stopped, running = patient.medications.filter(code="406022").order_by("since")
    assert (stopped.status, running.status) == ("stopped", "active")
    assert (stopped.since, running.since) == (date(1993, 1, 9), date(1993, 1, 17))
    assert running.dose == "1 (unit not stated), 1 × per day"


def test_rudy_macejkovic_has_coronary_disease_and_an_infarction() -> None:
    patient = chart("Rudy_Macejkovic")
    assert {
        "Coronary Heart Disease",
        "Myocardial Infarction",
        "History of myocardial infarction (situation)",
    } <= active(patient.conditions)
    assert active(patient.medications) == {
        "Simvastatin 20 MG Oral Tablet",
        "Amlodipine 5 MG Oral Tablet",
        "Clopidogrel 75 MG Oral Tablet",
        "Nitroglycerin 0.4 MG/ACTUAT Mucosal Spray",
    }


def test_trenton_turner_has_had_an_overdose_and_takes_nothing_the_file_knows_of() -> None:
    patient = chart("Trenton_Turner")
    assert active(patient.conditions) == {
        "Chronic intractable migraine without aura",
        "Drug overdose",
    }
    assert patient.conditions.get(code="55680006").since == date(2000, 7, 17)
    assert not patient.medications.exists()


# What screening shows of the imported chart. The record alone never clears anybody.

TODAY = date(2026, 11, 23)


def found(name: str) -> Screening:
    return screen(chart(name), TODAY)


def reasons(screening: Screening, rule: str) -> str:
    (finding,) = (finding for finding in screening.findings if finding.rule == rule)
    return " | ".join(trigger.text for trigger in finding.triggers)


@pytest.mark.parametrize("name", HELD)
def test_a_chart_from_an_import_alone_can_never_start(name: str) -> None:
    screening = found(name)
    assert screening.holds
    missing = {finding.asks for finding in screening.of(Tier.MISSING)}
    assert {"pregnancy", "psychosis", "suicidality", "weight", "blood_pressure"} <= missing


def test_liz_conn_screening_shows_hypertension_and_a_pressure_of_2018_as_missing() -> None:
    screening = found("Liz_Conn")
    assert "Hypertension, active since 29 Jul 2005" in reasons(screening, "hypertension")
    assert "152/95 mmHg on 17 Aug 2018" in reasons(screening, "blood-pressure-missing")
    assert "74.2 kg on 17 Aug 2018" in reasons(screening, "weight-missing")


def test_milan_beatty_screening_shows_depression_as_indication_and_the_ssri() -> None:
    screening = found("Milan_Beatty")
    assert ["Major depression disorder" in one.text for one in screening.indications] == [True]
    assert "Fluoxetine 25MG, active since 17 Jan 1993" in reasons(screening, "ssri")


def test_louis_maggio_screening_shows_diazepam_beside_his_epilepsy() -> None:
    shown = reasons(found("Louis_Maggio"), "benzodiazepine")
    assert "Diazepam [Valium]" in shown
    assert "Epilepsy" in shown


def test_trenton_turner_screening_shows_the_overdose_of_2000() -> None:
    assert "Drug overdose, active since 17 Jul 2000" in reasons(
        found("Trenton_Turner"), "overdose-or-self-harm"
    )


def test_eugenia_schuster_screening_shows_the_stroke() -> None:
    assert "Stroke, active since 15 Feb 2019" in reasons(found("Eugenia_Schuster"), "stroke")


def test_rudy_macejkovic_screening_shows_coronary_disease_and_the_infarction() -> None:
    shown = reasons(found("Rudy_Macejkovic"), "heart-disease")
    assert "Coronary Heart Disease" in shown
    assert "Myocardial Infarction" in shown


def test_jacki_feil_screening_shows_pain_as_indication_and_the_past_oxycodone() -> None:
    screening = found("Jacki_Feil")
    assert ["Chronic pain" in one.text for one in screening.indications] == [True]
    assert "Oxycodone" in reasons(screening, "depressant")


def test_elsa_vargas_past_pregnancy_is_no_pregnancy_now_but_the_question_names_it() -> None:
    screening = found("Elsa_Vargas")
    rules = {finding.rule for finding in screening.findings}
    assert not rules & {"pregnant", "pregnancy-record-open"}
    assert "Normal pregnancy, resolved" in reasons(screening, "unanswered.pregnancy")
