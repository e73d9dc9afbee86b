"""One line for each kind of entry, as it stands in timelines and on paper."""

from datetime import timedelta
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from mooring.core.session.entries import (
    AlertSeen,
    CheckIn,
    Content,
    Correction,
    DoseGiven,
    DoseNotGiven,
    DosingStopped,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStop,
    Intervention,
    MedicationGiven,
    Note,
    Original,
    Padss,
    PrescriberDecision,
    Readiness,
    Reading,
    Refusal,
    Sedation,
    SignOff,
    Symptom,
    SymptomId,
    TakenMedicine,
    TakenSubstance,
    TouchConsent,
    Weighed,
)
from mooring.core.session.labels import CRITERION_WORDS, INTERVENTION_WORDS, SYMPTOM_WORDS
from mooring.core.session.readable import readable, words
from tests.core.session.building import (
    CHECK_IN,
    START,
    ZERO,
    correct,
    entry,
    name_of,
    seated,
    strike,
)

HALF_MG = Decimal("0.50")
BROTH = Weighed(hold="fasting.food", fact="09:50", text="Food 10 min ago")
LINES: list[tuple[Content, str]] = [
    (TouchConsent(touch="none"), "Touch: no touch"),
    (
        TouchConsent(touch="as_agreed", agreed="a hand, if I ask"),
        "Touch: as agreed: a hand, if I ask",
    ),
    (
        PrescriberDecision(decision="go_on", weighed=(BROTH,), reason="Clear broth"),
        "Prescriber weighed and goes on: Food 10 min ago; reason: Clear broth",
    ),
    (
        PrescriberDecision(decision="wait", weighed=(BROTH,), reason="Too soon"),
        "Prescriber weighed and waits: Food 10 min ago; reason: Too soon",
    ),
    (CheckIn(), "Check-in; nothing asked yet"),
    (
        CHECK_IN,
        "Check-in; identified by: name, birth date; last food: 2 Mar 2026, 02:00; "
        "last drink: 2 Mar 2026, 07:00; "
        "goes home with: T. Marsh; substances today: none; medicines today: sertraline 100 mg",
    ),
    (
        CheckIn(
            identified_by=(),
            last_food="under_1_h",
            last_drink="30_to_60_min",
            nasal_medicine="none",
            substances=(
                TakenSubstance(substance="alcohol", detail="6 beers", taken="1_to_2_h"),
                TakenSubstance(substance="cannabis"),
                TakenSubstance(substance="other", detail="kratom"),
            ),
            medicines=(
                TakenMedicine(name="diazepam", dose="20 mg", taken="over_8_h"),
                TakenMedicine(name="sertraline"),
            ),
        ),
        "Check-in; identified by: nothing yet; last food: less than 1 h before; "
        "last drink: 30 to 60 min before; nasal steroid or decongestant: none; "
        "substances: alcohol: 6 beers, 1 to 2 h before; cannabis; kratom; "
        "medicines: diazepam 20 mg, more than 8 h before; sertraline",
    ),
    (CheckIn(substances=(), medicines=()), "Check-in; substances: none; medicines: none"),
    (CheckIn(escort_name="T. Marsh", escort_phone="555 0100"),
     "Check-in; goes home with: T. Marsh; telephone: 555 0100"),
    (
        seated(134, 86, heart_rate=88, respiratory_rate=None),
        "Blood pressure 134/86 seated, heart rate 88, SpO2 97 %",
    ),
    (Reading(systolic=134, diastolic=86), "Blood pressure 134/86"),
    (Reading(spo2=97, oxygen_litres_per_minute=Decimal(0)), "SpO2 97 %, on room air"),
    (
        Reading(spo2=97, oxygen_litres_per_minute=Decimal("2.0"), origin="device"),
        "SpO2 97 %, oxygen 2 L/min, from the device",
    ),
    (Reading(heart_rate=88, position="supine"), "Supine, heart rate 88"),
    (Reading(respiratory_rate=14), "Respiratory rate 14"),
    (Sedation(moaas=0), "MOAA/S 0"),
    (Symptom(symptom="nausea", severity="mild"), "Nausea, mild"),
    (Symptom(symptom="nausea", severity="none"), "Nausea: asked, none"),
    (Symptom(symptom="other", severity="mild", detail="cold"), "Other symptom, mild: cold"),
    (START, "Infusion started at 0.875 mg/min; 35 mg drawn up, 1 mg/mL"),
    (
        InfusionRate(rate_mg_per_minute=HALF_MG, reason="Dizzy"),
        "Rate set to 0.5 mg/min; reason: Dizzy",
    ),
    (InfusionPause(reason="Bathroom"), "Infusion paused: Bathroom"),
    (InfusionResume(), "Infusion resumed"),
    (InfusionStop(reason="Anxiety"), "Infusion stopped before the dose was in: Anxiety"),
    (InfusionComplete(), "Infusion complete: the ordered dose is in"),
    (
        MedicationGiven(medication="Ondansetron", dose="4 mg", route="oral", reason="Nausea"),
        "Given: Ondansetron 4 mg, oral; reason: Nausea",
    ),
    (Intervention(intervention="hand_holding"), "Hand holding"),
    (Intervention(intervention="oxygen", detail="2 L/min"), "Oxygen: 2 L/min"),
    (Refusal(check="blood_pressure", reason="Asleep"), "Blood pressure not possible: Asleep"),
    (
        Padss(vital_signs=2, activity=1, nausea_and_vomiting=2, pain=2, bleeding=2),
        "PADSS 9 of 10: vital signs 2, activity 1, nausea and vomiting 2, pain 2, bleeding 2",
    ),
    (Readiness(criterion="steady_gait", met=True), "Steady gait: met"),
    (Readiness(criterion="steady_gait", met=False, detail="sways"), "Steady gait: not met: sways"),
    (
        AlertSeen(rule="blood_pressure_rise", reading=name_of(1)),
        "Alert seen: Blood pressure rise",
    ),
    (Note(text="Music changed"), "Music changed"),
    (
        SignOff(clinician="A. Rivera", credential="MD"),
        "Signed that the patient may leave: A. Rivera, MD",
    ),
    (
        SignOff(clinician="A. Rivera", credential="MD", override_reason="Transferred"),
        "Signed that the patient may leave: A. Rivera, MD; signed with criteria open: Transferred",
    ),
    (DoseGiven(step=2, amount_mg=Decimal(10)), "Dose 2 given: 10 mg"),
    (
        DoseGiven(step=1, amount_mg=Decimal("32.5"), detail="left deltoid"),
        "Dose 1 given: 32.5 mg: left deltoid",
    ),
    (DoseNotGiven(step=3, reason="Vomiting"), "Dose 3 not given: Vomiting"),
    (DosingStopped(reason="Patient asks"), "No further dose is given: Patient asks"),
    (strike(1), "Struck: Wrong patient"),
    (correct(1, Sedation(moaas=4)), "Corrected to: MOAA/S 4; reason: Mistyped"),
    (
        correct(1, Sedation(moaas=4), replacement_effective_at=ZERO),
        "Corrected to: MOAA/S 4 (time: 2 Mar 2026, 10:00); reason: Mistyped",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "line"), LINES, ids=[line for _, line in LINES])
def test_an_entry_reads_in_one_plain_line(content: Content, line: str) -> None:
    assert readable(entry(1, 0, content)) == line


def test_every_kind_of_entry_has_its_line_here() -> None:
    originals = get_args(get_args(Original)[0])
    assert {type(content) for content, _ in LINES} == {*originals, Correction}


def test_clock_times_inside_a_line_are_shown_in_the_asked_zone() -> None:
    fed = CheckIn(last_food_at=ZERO - timedelta(hours=8))
    line = readable(entry(1, 0, fed), ZoneInfo("America/Chicago"))
    assert line == "Check-in; last food: 1 Mar 2026, 20:00"


def test_every_coded_value_has_words() -> None:
    assert set(SYMPTOM_WORDS) == set(get_args(SymptomId))
    interventions = Intervention.model_fields["intervention"].annotation
    assert set(INTERVENTION_WORDS) == set(get_args(interventions))
    assert set(CRITERION_WORDS) == set(get_args(Readiness.model_fields["criterion"].annotation))


def test_an_entry_of_an_unknown_kind_is_not_passed_over_in_silence() -> None:
    with pytest.raises(TypeError, match="no words for an entry of the kind Content"):
        words(Content())
