"""What published models expect of an order: who answers, what stands beside, and the numbers."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import WeightMissingError
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, NasalDevice, NasalSpray, products
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.pharmacology import fit, models
from mooring.core.pharmacology.caveats import data
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.population import draw
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.what_if import (
    PEOPLE,
    Noted,
    Person,
    Planned,
    noted,
    regimen_of,
    what_if,
)
from mooring.core.pharmacology.what_if.curves import varies
from mooring.core.pharmacology.what_if.seen import of_ketamine
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)
from mooring.core.session.entries import Correction, Entry, Sedation, Symptom

RACEMIC, ESKETAMINE = Drug.RACEMIC_KETAMINE, Drug.ESKETAMINE
INFUSION, BOLUS, MUSCLE = (
    GivenAs.INTRAVENOUS_INFUSION,
    GivenAs.INTRAVENOUS_BOLUS,
    GivenAs.INTRAMUSCULAR,
)
SEVENTY = Person(weight=70, age=45)
WEIGHED = Weight(Kilograms(70), date(2026, 11, 3), WeightMethod.WEIGHED)


def once(drug: Drug, given_as: GivenAs, amount: float = 35, **more: object) -> Regimen:
    duration = 40.0 if given_as is INFUSION else None
    return Regimen(drug, (DoseEvent(0, amount, given_as, duration=duration, **more),))  # type: ignore[arg-type]


def devices(number: int) -> Regimen:
    events = (DoseEvent(5.0 * n, 28, GivenAs.NASAL_DEVICE, nth=n + 1) for n in range(number))
    return Regimen(ESKETAMINE, tuple(events))


def drawn(regimen: Regimen, person: Person = SEVENTY) -> list[str]:
    return [curve.answer.model.id for curve in what_if(regimen, person).curves]


def silent(regimen: Regimen, person: Person = SEVENTY) -> dict[str, str]:
    return {one.model.id: one.why for one in what_if(regimen, person).silent}


ALL = ["otto_2021", "perez_ruixo_2021", "domino_1984", "kamp_2020", "simons_2022"]


@pytest.mark.parametrize(
    ("drug", "given_as", "answers"),
    [
        (RACEMIC, INFUSION, ALL),
        (ESKETAMINE, INFUSION, ["otto_2021", "perez_ruixo_2021", "simons_2022"]),
        (RACEMIC, BOLUS, ["otto_2021", "domino_1984", "kamp_2020"]),
        (ESKETAMINE, BOLUS, ["otto_2021"]),
        (RACEMIC, MUSCLE, ["otto_2021", "otto_2021"]),
        (RACEMIC, GivenAs.SUBCUTANEOUS, []),
        (RACEMIC, GivenAs.NASAL_SPRAY, []),
        (ESKETAMINE, GivenAs.NASAL_SPRAY, []),
        (ESKETAMINE, GivenAs.NASAL_DEVICE, ["perez_ruixo_2021"]),
        (RACEMIC, GivenAs.NASAL_DEVICE, []),
        (RACEMIC, GivenAs.SUBLINGUAL, ["simons_2022"]),
        (RACEMIC, GivenAs.ORAL, ["perez_ruixo_2021"]),
        (ESKETAMINE, GivenAs.ORAL, ["perez_ruixo_2021"]),
    ],
)
def test_a_model_answers_where_it_has_an_input_and_venous_blood_stands_first(
    drug: Drug, given_as: GivenAs, answers: list[str]
) -> None:
    assert drawn(once(drug, given_as)) == answers
    assert {*drawn(once(drug, given_as)), *silent(once(drug, given_as))} == set(ALL)


def test_no_model_knows_a_compounded_nasal_spray_and_each_says_so() -> None:
    said = silent(once(RACEMIC, GivenAs.NASAL_SPRAY))
    assert set(said.values()) == {"does not say what becomes of a compounded nasal spray"}
    assert what_if(once(RACEMIC, GivenAs.NASAL_SPRAY), SEVENTY).highest == 0


def test_racemic_ketamine_is_never_run_as_what_the_device_holds() -> None:
    assert "esketamine it holds" in silent(once(RACEMIC, GivenAs.NASAL_DEVICE))["perez_ruixo_2021"]


def test_a_model_of_the_racemate_is_silent_about_esketamine() -> None:
    assert (
        "nothing turns one drug into the other" in silent(once(ESKETAMINE, INFUSION))["kamp_2020"]
    )


def test_without_a_weight_only_the_model_answers_that_needs_none() -> None:
    """Perez-Ruixo found no influence of weight; nobody is taken to weigh 70 kg."""
    nobody = Person(weight=None)
    assert drawn(once(RACEMIC, INFUSION), nobody) == ["perez_ruixo_2021"]
    assert set(silent(once(RACEMIC, INFUSION), nobody).values()) == {
        "needs a weight, and none is known"
    }


def test_a_dose_by_weight_needs_one_for_every_model() -> None:
    by_weight = once(RACEMIC, INFUSION, 0.5, unit=Amount.MILLIGRAMS_PER_KILOGRAM)
    assert drawn(by_weight, Person(None)) == []
    one, other = what_if(by_weight, SEVENTY), what_if(once(RACEMIC, INFUSION, 35), SEVENTY)
    assert [c.peak for c in one.curves] == pytest.approx([c.peak for c in other.curves])


def test_a_regimen_given_in_two_ways_is_refused() -> None:
    mixed = Regimen(RACEMIC, (*once(RACEMIC, BOLUS).events, *once(RACEMIC, MUSCLE).events))
    with pytest.raises(ValueError, match="events"):
        what_if(mixed, SEVENTY)


def test_the_clinic_infusion_peaks_where_an_independent_run_had_it() -> None:
    """0.5 mg/kg over 40 minutes at 70 kg, research notes, cross-validation: by its end."""
    peaks = {c.answer.model.id: c.peak for c in what_if(once(RACEMIC, INFUSION), SEVENTY).curves}
    assert peaks == pytest.approx(
        {
            "otto_2021": 158,
            "perez_ruixo_2021": 125,
            "domino_1984": 240,
            "kamp_2020": 253,
            "simons_2022": 289,
        },
        abs=0.6,
    )
    assert {c.peak_at for c in what_if(once(RACEMIC, INFUSION), SEVENTY).curves} == {40}


@pytest.mark.parametrize(("number", "peak"), [(1, 43.8), (2, 72.5), (3, 101.0)])
def test_devices_give_the_published_peaks(number: int, peak: float) -> None:
    """Perez-Ruixo 2021, table 4: under 60 years, Caucasian, 5 minutes apart."""
    [curve] = what_if(devices(number), Person(weight=None, age=45)).curves
    assert curve.peak == pytest.approx(peak, rel=0.015)


def test_bands_stand_where_a_paper_says_how_people_differ_and_nowhere_else() -> None:
    banded = {
        c.answer.model.id: c.band is not None
        for c in what_if(once(RACEMIC, INFUSION), SEVENTY).curves
    }
    assert banded == {
        "otto_2021": True,
        "perez_ruixo_2021": True,
        "simons_2022": True,
        "kamp_2020": False,
        "domino_1984": False,
    }


def test_occasions_alone_make_a_band_too() -> None:
    model = models.load("simons_2022")
    only = {name: model.parameters[name] for name in ("vk2", "f1")}
    assert varies(model.model_copy(update={"parameters": only, "covariances": ()}))
    only.pop("f1")
    assert not varies(model.model_copy(update={"parameters": only, "covariances": ()}))


def test_bands_lie_within_one_another_and_around_the_line() -> None:
    found = what_if(once(RACEMIC, INFUSION), SEVENTY)
    for curve in found.curves:
        if curve.band is not None:
            band = curve.band
            stacked = np.array([band.p5, band.p25, band.p75, band.p95])
            assert np.all(np.diff(stacked, axis=0) >= 0)
            assert np.all((band.p5 <= curve.line) & (curve.line <= band.p95))
            assert stacked.shape == (4, found.times.size)
    assert found.highest == max(c.band.p95.max() for c in found.curves if c.band is not None)


def test_the_spread_of_the_drawn_people_is_that_of_the_model() -> None:
    """Otto, at 40 minutes of an infusion: a quarter of 300 people below the 25 % line."""
    found = what_if(once(ESKETAMINE, INFUSION), SEVENTY)
    curve = next(c for c in found.curves if c.answer.model.id == "otto_2021")
    model = models.load("otto_2021")
    covariates = {"weight": 70.0}
    people = draw(model, range(PEOPLE), seed=20, covariates=covariates)
    system = build(model, people, once(ESKETAMINE, INFUSION), covariates)
    at_forty = profiles(system, np.array([40.0]))[:, 0, 0]
    [where] = np.flatnonzero(found.times == 40)
    assert curve.band is not None
    assert (at_forty < curve.band.p25[where]).sum() == PEOPLE / 4
    assert (at_forty < curve.band.p5[where]).sum() == PEOPLE / 20


@pytest.mark.parametrize("name", models.names())
def test_leaving_the_metabolites_out_leaves_ketamine_as_it_was(name: str) -> None:
    whole, part = models.load(name), of_ketamine(name)
    covariates = {"weight": 82.0, "age": 66.0, "asian": 0.0, "japanese": 0.0}
    times = np.array([1.0, 7, 20, 45, 120, 600])
    for entry in whole.inputs:
        regimen = once(whole.drug, entry.given_as)
        values = models.typical(whole, covariates)
        full = profiles(build(whole, values, regimen, covariates), times)
        kept = profiles(build(part, values, regimen, covariates), times)
        at = [output.analyte for output in whole.outputs].index(models.Analyte.KETAMINE)
        assert kept[:, 0] == pytest.approx(full[:, at], rel=1e-9)
    assert set(part.states) <= set(whole.states)


def test_what_only_feeds_metabolites_is_left_out() -> None:
    assert of_ketamine("simons_2022").states == ("mucosa", "central", "fast", "slow")


def test_how_much_arrives_from_a_muscle_is_contested_and_both_values_are_drawn() -> None:
    more, less = what_if(once(RACEMIC, MUSCLE), SEVENTY).curves
    assert "93 %" in more.answer.variant
    assert "41 %" in less.answer.variant
    assert "children" in less.answer.variant
    assert more.peak / less.peak == pytest.approx(0.93 / 0.41)


def beside(regimen: Regimen, person: Person = SEVENTY) -> str:
    [*curves] = what_if(regimen, person).curves
    return " ".join(one.text for curve in curves for one in curve.answer.caveats)


def test_a_racemic_dose_by_mouth_says_how_far_the_model_misses() -> None:
    """The two numbers are those of the page on how well the models fit."""
    said = beside(once(RACEMIC, GivenAs.ORAL))
    rows = {row.study: row for row in fit.rows(profiles, _studies("T6-by-mouth", "T13"))
            if row.observed_id == "peak"}  # fmt: skip
    chong, grant = rows["T6-by-mouth"], rows["T13"]
    assert f"{chong.predicted:.1f} ng/mL where {chong.observed} were measured" in said
    assert f"{grant.predicted:.1f} where {grant.observed:.0f} were measured" in said
    [curve] = what_if(once(RACEMIC, GivenAs.ORAL), SEVENTY).curves
    assert curve.answer.caveats[0].level == "caution"


def _studies(*names: str) -> tuple[fit.Study, ...]:
    return tuple(study for study in fit.data().studies if study.id in names)


@pytest.mark.parametrize("given_as", [INFUSION, MUSCLE, GivenAs.SUBLINGUAL, GivenAs.ORAL])
def test_every_drawing_says_that_liver_and_kidneys_are_not_in_it(given_as: GivenAs) -> None:
    """Label 8.6: moderate liver impairment gives more esketamine, and for longer."""
    [told] = what_if(once(RACEMIC, given_as), SEVENTY).caveats
    assert told.text.startswith("Liver and kidneys are not in this curve.")
    assert "section 8.6" in told.source


def test_where_nothing_is_drawn_nothing_is_said_of_a_curve() -> None:
    assert what_if(once(RACEMIC, GivenAs.NASAL_SPRAY), SEVENTY).caveats == ()


def test_esketamine_by_mouth_has_a_caution_of_its_own() -> None:
    said = beside(once(ESKETAMINE, GivenAs.ORAL))
    assert "18 % of it arrive" in said
    assert "both forms" not in said


@pytest.mark.parametrize("given_as", [INFUSION, MUSCLE, GivenAs.SUBLINGUAL, GivenAs.ORAL])
def test_a_racemate_in_a_model_of_esketamine_says_so(given_as: GivenAs) -> None:
    for curve in what_if(once(RACEMIC, given_as), SEVENTY).curves:
        told = any("both forms" in one.text for one in curve.answer.caveats)
        assert told is curve.answer.as_racemate is (curve.answer.model.drug is ESKETAMINE)


def test_under_the_tongue_the_film_stands_beside_the_lozenge() -> None:
    said = beside(once(RACEMIC, GivenAs.SUBLINGUAL))
    assert "about 45 minutes" in said
    assert "17 minutes" in said


def test_the_model_that_asks_for_age_and_descent_says_for_whom_it_is_drawn() -> None:
    def reference(age: float | None) -> str:
        return what_if(devices(1), Person(None, age)).curves[0].answer.reference

    assert "at most 60 years, as the age is not known here" in reference(None)
    assert "72 years" in reference(72)
    assert "not Asian" in reference(45)
    assert all(not c.answer.reference for c in what_if(once(RACEMIC, BOLUS), SEVENTY).curves)


def test_an_unknown_age_is_drawn_as_up_to_sixty_and_a_higher_one_is_higher() -> None:
    """The liver's flow falls from 60 years on."""
    peak = {
        age: what_if(devices(1), Person(None, age)).curves[0].peak for age in (None, 30, 60, 80)
    }
    assert peak[None] == peak[30] == peak[60] < peak[80]


def test_every_caveat_has_a_source_and_belongs_to_models_there_are() -> None:
    for one in data():
        assert one.text
        assert one.source
        assert set(one.models) <= set(models.names())


def test_time_runs_to_a_whole_hour_at_least_six_after_the_last_and_holds_each_end() -> None:
    times = what_if(once(RACEMIC, INFUSION), SEVENTY).times
    assert times[0] == 0
    assert times[-1] == 420
    odd = Regimen(RACEMIC, (DoseEvent(0, 35, INFUSION, duration=45.5),))
    assert 45.5 in what_if(odd, SEVENTY).times
    assert {0, 5, 10} <= set(what_if(devices(3), SEVENTY).times)
    assert np.all(np.diff(what_if(odd, SEVENTY).times) > 0)


def test_a_very_long_infusion_is_looked_at_for_one_day() -> None:
    long = Regimen(RACEMIC, (DoseEvent(0, 400, INFUSION, duration=1430),))
    assert what_if(long, SEVENTY).times[-1] == 1440


def test_the_first_minutes_after_a_bolus_are_left_out() -> None:
    found = what_if(once(RACEMIC, BOLUS), SEVENTY)
    assert found.times[0] == 5
    assert all("from minute 5 on" in beside(once(RACEMIC, BOLUS)) for _ in found.curves)


def test_the_same_question_has_the_same_answer_and_is_not_worked_out_twice() -> None:
    first = what_if(once(RACEMIC, INFUSION), SEVENTY)
    assert what_if(once(RACEMIC, INFUSION), Person(weight=70, age=45)) is first
    what_if.cache_clear()
    again = what_if(once(RACEMIC, INFUSION), SEVENTY)
    for one, other in zip(first.curves, again.curves, strict=True):
        assert np.array_equal(one.line, other.line)


def test_five_models_with_three_hundred_people_each_are_drawn_well_within_a_fifth_of_a_second() -> (
    None
):
    """About 30 ms on two cores; the processor's own time, so that a busy machine says nothing."""
    spent = []
    for _ in range(3):
        what_if.cache_clear()
        start = time.process_time()
        what_if(once(RACEMIC, INFUSION), SEVENTY)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.2


# An order as a regimen


def product(kind: type[object], drug: Drug = RACEMIC, word: str = "") -> object:
    return next(
        one for one in products() if isinstance(one, kind) and one.drug is drug and word in one.id
    )


def test_an_infusion_keeps_its_minutes_and_its_amount() -> None:
    order = InfusionOrder(
        RACEMIC, Route.INTRAVENOUS_INFUSION, MilligramsPerKilogram("0.5"), WEIGHED, Minutes(40)
    )
    assert regimen_of(order) == Regimen(RACEMIC, (DoseEvent(0, 35.0, INFUSION, duration=40.0),))


def test_an_order_by_weight_without_a_weight_has_no_regimen() -> None:
    order = InfusionOrder(
        RACEMIC, Route.INTRAVENOUS_INFUSION, MilligramsPerKilogram("0.5"), None, Minutes(40)
    )
    with pytest.raises(WeightMissingError):
        regimen_of(order)


def test_a_bolus_is_given_at_once_and_an_injection_too() -> None:
    bolus = BolusOrder(RACEMIC, Route.INTRAVENOUS_BOLUS, Milligrams(10), None, Minutes(1))
    assert regimen_of(bolus).events == (DoseEvent(0, 10.0, BOLUS),)
    muscle = InjectionOrder(RACEMIC, Route.INTRAMUSCULAR, Milligrams(40), None)
    assert regimen_of(muscle).events == (DoseEvent(0, 40.0, MUSCLE),)
    skin = InjectionOrder(RACEMIC, Route.SUBCUTANEOUS, Milligrams(40), None)
    assert regimen_of(skin).events == (DoseEvent(0, 40.0, GivenAs.SUBCUTANEOUS),)


def test_devices_and_sprays_are_numbered_at_their_times() -> None:
    held = product(NasalDevice, ESKETAMINE)
    assert isinstance(held, NasalDevice)
    order = NasalDeviceOrder(held, 2, None, gap=Minutes(7))
    assert regimen_of(order) == Regimen(
        ESKETAMINE,
        (
            DoseEvent(0, 28.0, GivenAs.NASAL_DEVICE, nth=1),
            DoseEvent(7, 28.0, GivenAs.NASAL_DEVICE, nth=2),
        ),
    )
    spray = product(NasalSpray)
    assert isinstance(spray, NasalSpray)
    sprays = NasalSprayOrder(spray, (Minutes(0), Minutes(10)), None)
    assert [(e.time, e.amount, e.given_as, e.nth) for e in regimen_of(sprays).events] == [
        (0, 10.0, GivenAs.NASAL_SPRAY, 1),
        (10, 10.0, GivenAs.NASAL_SPRAY, 2),
    ]


def by_mouth(counted: str) -> ByMouthOrder:
    troche = product(ByMouth, word="troche")
    assert isinstance(troche, ByMouth)
    return ByMouthOrder(troche, Route.SUBLINGUAL, Milligrams(50), 2, counted, None)  # type: ignore[arg-type]


def test_pieces_under_the_tongue_are_one_dose_of_base() -> None:
    assert regimen_of(by_mouth("base")).events == (DoseEvent(0, 100.0, GivenAs.SUBLINGUAL),)


def test_a_strength_counted_as_hydrochloride_becomes_base() -> None:
    """Ketamine weighs 237.73, its hydrochloride 274.19 (36.46 more)."""
    [event] = regimen_of(by_mouth("hydrochloride")).events
    assert event.amount == pytest.approx(100 * 237.73 / (237.73 + 36.46), rel=1e-3)


def test_a_solution_that_is_swallowed_is_an_oral_dose() -> None:
    solution = product(ByMouth, word="solution")
    assert isinstance(solution, ByMouth)
    order = ByMouthOrder(
        solution, Route.ORAL, MilligramsPerMillilitre(50), Millilitres("1.5"), "base", None
    )
    assert regimen_of(order).events == (DoseEvent(0, 75.0, GivenAs.ORAL),)


# What is typed


def test_an_infusion_is_typed_with_its_minutes() -> None:
    typed = Planned(RACEMIC, INFUSION, 0.5, Amount.MILLIGRAMS_PER_KILOGRAM, minutes=40)
    [event] = typed.regimen().events
    assert event == DoseEvent(0, 0.5, INFUSION, Amount.MILLIGRAMS_PER_KILOGRAM, duration=40)
    with pytest.raises(ValueError, match="minutes"):
        Planned(RACEMIC, INFUSION, 35).regimen()


def test_minutes_and_gaps_say_nothing_of_one_injection() -> None:
    typed = Planned(RACEMIC, MUSCLE, 40, minutes=40, number=3, gap=10)
    assert typed.regimen() == once(RACEMIC, MUSCLE, 40)


def test_a_dose_that_is_not_counted_in_pieces_is_needed() -> None:
    with pytest.raises(ValueError, match="dose"):
        Planned(RACEMIC, GivenAs.ORAL).regimen()


def test_devices_and_sprays_are_typed_as_a_number_and_a_gap() -> None:
    """28 mg in a device; 0.1 mL of 100 mg/mL in a spray."""
    assert Planned(ESKETAMINE, GivenAs.NASAL_DEVICE, number=3).regimen() == devices(3)
    sprays = Planned(RACEMIC, GivenAs.NASAL_SPRAY, number=2, gap=10).regimen()
    assert [(e.time, e.amount, e.nth) for e in sprays.events] == [(0, 10, 1), (10, 10, 2)]


# What was noted

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def entry(minute: float, content: object, number: int) -> Entry:
    at = START + timedelta(minutes=minute)
    return Entry(
        id=UUID(int=number),
        sequence=number,
        effective_at=at,
        recorded_at=at,
        author="B. Okafor",
        content=content,  # type: ignore[arg-type]
    )


def test_symptoms_and_sedation_are_marked_by_the_minute_and_what_was_absent_is_not() -> None:
    log = [
        entry(18, Symptom(symptom="nausea", severity="mild"), 1),
        entry(12.5, Sedation(moaas=4), 2),
        entry(20, Sedation(moaas=5), 3),
        entry(22, Symptom(symptom="headache", severity="none"), 4),
        entry(-5, Symptom(symptom="anxiety", severity="severe"), 5),
    ]
    assert noted(log, START, START + timedelta(hours=2)) == (
        Noted(12.5, "MOAA/S 4"),
        Noted(18, "Nausea, mild"),
    )


def test_a_corrected_symptom_is_marked_as_it_now_stands() -> None:
    first = entry(18, Symptom(symptom="nausea", severity="mild"), 1)
    right = Symptom(symptom="nausea", severity="severe")
    correction = Correction(corrects=first.id, reason="It was worse.", replacement=right)
    struck = entry(30, Symptom(symptom="itching", severity="mild"), 2)
    strike = Correction(corrects=struck.id, reason="Another patient.", replacement=None)
    log = [first, struck, entry(40, correction, 3), entry(41, strike, 4)]
    assert noted(log, START, START + timedelta(hours=2)) == (Noted(18, "Nausea, severe"),)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person(weight=12.0), "weight: kilograms of an adult, from 25 to 400"),
        (Person(weight=70.0, age=130.0), "age: years from 18 to 120"),
    ],
)
def test_a_model_draws_nothing_for_a_person_no_adult_is_like_and_says_why(person, why) -> None:
    found = what_if(once(RACEMIC, INFUSION), person)
    assert any(why in one.why for one in found.silent)
    assert len(found.curves) + len(found.silent) == 5
