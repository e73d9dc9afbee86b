"""What screening has to see in eight synthetic records made by others (Synthea).

The entries are copied by hand from the eight files; importing them is tested elsewhere.
"""

from datetime import date
from decimal import Decimal

from mooring.core.protocols.screening import (
    CodedFact,
    Finding,
    Measurement,
    Record,
    Screening,
    Tier,
    evaluate,
    load_policy,
)

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
POLICY = load_policy("iv_ketamine", version="1")
AS_OF = date(2020, 12, 1)


def condition(
    code: str, text: str, since: date, status: str = "active", until: date | None = None
) -> CodedFact:
    return CodedFact(SNOMED, code, text, status, since, until, "import")


def medicine(code: str, text: str, since: date, status: str = "active") -> CodedFact:
    return CodedFact(RXNORM, code, text, status, since, None, "import")


def pressure(systolic: str, diastolic: str, on: date) -> tuple[Measurement, ...]:
    return (
        Measurement("systolic", Decimal(systolic), "mm[Hg]", on, "import"),
        Measurement("diastolic", Decimal(diastolic), "mm[Hg]", on, "import"),
    )


def screened(
    *,
    sex: str,
    conditions: tuple[CodedFact, ...] = (),
    medications: tuple[CodedFact, ...] = (),
    allergies: tuple[CodedFact, ...] = (),
    measurements: tuple[Measurement, ...] = (),
) -> Screening:
    return evaluate(
        POLICY,
        Record(
            as_of=AS_OF,
            birth_date=None,
            sex=sex,
            conditions=conditions,
            medications=medications,
            allergies=allergies,
            measurements=measurements,
        ),
    )


def found(screening: Screening, rule: str) -> Finding:
    (finding,) = (f for f in screening.findings if f.rule == rule)
    return finding


def reasons(screening: Screening, rule: str) -> str:
    return " | ".join(trigger.text for trigger in found(screening, rule).triggers)


def spoke(screening: Screening, *tiers: Tier) -> set[str]:
    """The rules that spoke from the record, leaving out what is merely unanswered."""
    return {f.rule for f in screening.findings if f.tier in tiers}


RECORD_TIERS = (Tier.BLOCK, Tier.EVALUATE, Tier.CAUTION)


def test_milan_beatty_has_depression_as_indication_and_current_fluoxetine_as_caution() -> None:
    screening = screened(
        sex="male",
        conditions=(
            condition("370143000", "Major depression disorder", date(1993, 1, 9)),
            condition("271737000", "Anemia (disorder)", date(2002, 11, 9)),
        ),
        medications=(
            medicine("406022", "Fluoxetine 25MG", date(1993, 1, 9), "stopped"),
            medicine("406022", "Fluoxetine 25MG", date(1993, 1, 17)),
        ),
    )
    (indication,) = screening.indications
    assert indication.text == "Major depression disorder, active since 9 Jan 1993 (import)"
    assert spoke(screening, *RECORD_TIERS) == {"ssri"}
    assert reasons(screening, "ssri") == "Fluoxetine 25MG, active since 17 Jan 1993 (import)"


def test_liz_conn_has_hypertension_and_a_blood_pressure_too_old_to_count() -> None:
    screening = screened(
        sex="female",
        conditions=(condition("38341003", "Hypertension", date(2005, 7, 29)),),
        medications=(medicine("316049", "Hydrochlorothiazide 25 MG", date(2006, 8, 4)),),
        measurements=pressure("151.86292759932016", "94.67577606770969", date(2018, 8, 17)),
    )
    assert spoke(screening, *RECORD_TIERS) == {"hypertension"}
    assert "Hydrochlorothiazide" in reasons(screening, "hypertension")
    missing = found(screening, "blood-pressure-missing")
    assert missing.asks == "blood_pressure"
    assert missing.triggers[0].text.startswith(
        "Last blood pressure 151.9/94.7 mmHg on 17 Aug 2018 (import): 837 days ago"
    )


def test_louis_maggio_has_diazepam_and_the_caution_names_his_epilepsy() -> None:
    screening = screened(
        sex="male",
        conditions=(
            condition("128613002", "Seizure disorder", date(1976, 1, 16)),
            condition("703151001", "History of single seizure (situation)", date(1976, 1, 16)),
            condition("84757009", "Epilepsy", date(1976, 1, 16)),
            condition("44054006", "Diabetes", date(2020, 1, 31)),
        ),
        medications=(medicine("563026", "Diazepam [Valium]", date(1976, 1, 16)),),
        allergies=(condition("232347008", "Dander (animal) allergy", date(1981, 2, 4)),),
    )
    assert spoke(screening, *RECORD_TIERS) == {"benzodiazepine"}
    caution = found(screening, "benzodiazepine")
    assert "Epilepsy" in reasons(screening, "benzodiazepine")
    assert "withdrawal and seizures" in caution.explanation
    assert "page of interactions" in caution.explanation
    assert "not computed" not in caution.explanation
    assert caution.disagreements == ("D19",)


def test_trenton_turner_has_an_overdose_of_2000_to_evaluate() -> None:
    screening = screened(
        sex="male",
        conditions=(
            condition("124171000119105", "Chronic intractable migraine", date(1999, 6, 7)),
            condition("55680006", "Drug overdose", date(2000, 7, 17)),
        ),
    )
    assert spoke(screening, *RECORD_TIERS) == {"overdose-or-self-harm"}
    assert "Drug overdose, active since 17 Jul 2000" in reasons(screening, "unanswered.suicidality")


def test_elsa_vargas_is_asked_about_pregnancy_and_the_past_one_is_named() -> None:
    screening = screened(
        sex="female",
        conditions=(
            condition(
                "72892002", "Normal pregnancy", date(2011, 7, 16), "resolved", date(2011, 8, 6)
            ),
        ),
        medications=(
            medicine("1367439", "NuvaRing 21 Day Vaginal Ring", date(2020, 6, 22)),
            medicine("748879", "Levora 0.15/30 28 Day Pack", date(2018, 7, 3), "stopped"),
        ),
        allergies=(condition("419474003", "Allergy to mould", date(1977, 9, 22)),),
    )
    assert spoke(screening, *RECORD_TIERS) == set()
    missing = found(screening, "unanswered.pregnancy")
    assert missing.tier is Tier.MISSING
    assert [trigger.text for trigger in missing.triggers] == [
        "No answer yet",
        "Normal pregnancy, resolved, 16 Jul 2011 to 6 Aug 2011 (import)",
        "NuvaRing 21 Day Vaginal Ring, active since 22 Jun 2020 (import)",
        "Levora 0.15/30 28 Day Pack, stopped, recorded 3 Jul 2018 (import)",
    ]


def test_eugenia_schuster_has_an_entry_never_closed_and_a_stroke() -> None:
    screening = screened(
        sex="female",
        conditions=(
            condition("19169002", "Miscarriage in first trimester", date(1987, 11, 27)),
            condition("230690007", "Stroke", date(2019, 2, 15)),
        ),
        medications=(medicine("309362", "Clopidogrel 75 MG", date(2019, 2, 15), "stopped"),),
    )
    assert spoke(screening, *RECORD_TIERS) == {"pregnancy-record-open", "stroke"}
    assert "active since 27 Nov 1987" in reasons(screening, "pregnancy-record-open")


def test_jacki_feil_has_chronic_pain_as_indication_and_stopped_oxycodone_to_confirm() -> None:
    screening = screened(
        sex="female",
        conditions=(condition("82423001", "Chronic pain", date(2011, 12, 19)),),
        medications=(
            medicine(
                "1860154",
                "Abuse-Deterrent 12 HR Oxycodone Hydrochloride 15 MG Extended Release Oral Tablet",
                date(2011, 12, 19),
                "stopped",
            ),
            medicine("748962", "Camila 28 Day Pack", date(2013, 6, 15), "stopped"),
        ),
    )
    assert spoke(screening, *RECORD_TIERS) == {"depressant"}
    assert "stopped, recorded 19 Dec 2011" in reasons(screening, "depressant")
    assert [i.text for i in screening.indications] == [
        "Chronic pain, active since 19 Dec 2011 (import)"
    ]


def test_rudy_macejkovic_has_heart_disease_with_each_entry_named() -> None:
    screening = screened(
        sex="male",
        conditions=(
            condition("53741008", "Coronary Heart Disease", date(1987, 6, 22)),
            condition("22298006", "Myocardial Infarction", date(1997, 12, 22)),
            condition("399211009", "History of myocardial infarction", date(1997, 12, 22)),
        ),
        medications=(
            medicine("705129", "Nitroglycerin 0.4 MG/ACTUAT Mucosal Spray", date(1999, 7, 5)),
            medicine("312961", "Simvastatin 20 MG Oral Tablet", date(1993, 6, 28)),
        ),
        measurements=pressure("117", "74", date(2020, 11, 2)),
    )
    assert spoke(screening, *RECORD_TIERS) == {"heart-disease"}
    spoken = reasons(screening, "heart-disease")
    for entry in ("Coronary Heart Disease", "Myocardial Infarction", "Nitroglycerin"):
        assert entry in spoken
    assert "blood-pressure-missing" not in spoke(screening, Tier.MISSING)


def test_everybody_is_asked_about_pregnancy_whatever_the_sex_in_the_record() -> None:
    for sex in ("male", "female", "unknown"):
        assert "unanswered.pregnancy" in spoke(screened(sex=sex), Tier.MISSING)
