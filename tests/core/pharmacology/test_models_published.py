"""Each model gives back what its own paper printed."""

import numpy as np
import pytest

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.models import SamplingSite, Status
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.system import Floats
from tests.support.propagator import profiles

DAY = np.arange(0.0, 1441.0)

PRINTED = {
    # (asian, japanese, age): {mg: (esketamine Cmax, AUC0-24 in h, noresketamine Cmax)}
    (0, 0, 45): {28: (43.8, 147.3, 59.1), 56: (72.5, 254.7, 119.7), 84: (101.0, 362.2, 180.0)},
    (1, 0, 45): {28: (44.1, 158.2, 73.4), 56: (73.2, 275.9, 148.5), 84: (102.4, 393.5, 223.5)},
    (1, 1, 45): {28: (57.5, 194.7, 72.1), 56: (94.5, 335.1, 146.3), 84: (131.3, 475.4, 220.4)},
    (0, 0, 70): {28: (44.6, 160.4, 57.3), 56: (73.8, 275.8, 117.2), 84: (102.7, 391.2, 177.0)},
    (1, 0, 70): {28: (44.9, 171.0, 71.4), 56: (74.4, 296.3, 145.9), 84: (103.8, 421.5, 220.4)},
    (1, 1, 70): {28: (58.8, 212.2, 69.0), 56: (96.5, 363.1, 141.7), 84: (133.8, 513.9, 214.4)},
}
"""Perez-Ruixo 2021, Table 4 (ng/mL and ng·h/mL). Its noresketamine areas cannot be had from its
own Table 3 by anyone who tried, and are not tested."""

CASES = [(*who, mg, *values) for who, rows in PRINTED.items() for mg, values in rows.items()]


def devices(milligrams: int) -> Regimen:
    """Devices of 28 mg, five minutes apart."""
    events = tuple(
        DoseEvent(5.0 * number, 28.0, GivenAs.NASAL_DEVICE, nth=number + 1)
        for number in range(milligrams // 28)
    )
    return Regimen(Drug.ESKETAMINE, events)


def concentrations(name: str, regimen: Regimen, times: Floats, **covariates: float) -> Floats:
    model = models.load(name)
    system = build(model, models.typical(model, covariates), regimen, covariates)
    return profiles(system, times)[0]


def hours(area: Floats) -> float:
    return float(np.trapezoid(area, DAY) / 60)


@pytest.mark.parametrize(("asian", "japanese", "age", "mg", "peak", "area", "metabolite"), CASES)
def test_perez_ruixo_gives_back_its_own_exposure_table(
    asian: int, japanese: int, age: int, mg: int, peak: float, area: float, metabolite: float
) -> None:
    found = concentrations(
        "perez_ruixo_2021", devices(mg), DAY, asian=asian, japanese=japanese, age=age
    )
    assert found[0].max() == pytest.approx(peak, rel=0.015)
    assert hours(found[0]) == pytest.approx(area, rel=0.015)
    assert found[1].max() == pytest.approx(metabolite, rel=0.015)


def film(milligrams: float) -> Regimen:
    return Regimen(
        Drug.ESKETAMINE,
        (
            DoseEvent(0, milligrams, GivenAs.SUBLINGUAL),
            DoseEvent(360, 20, GivenAs.INTRAVENOUS_INFUSION, duration=20),
        ),
    )


MEASURED = {
    # mg: for each of ketamine, norketamine, hydroxynorketamine (Cmax ng/mL, AUC0-6 h ng·min/mL)
    50: ((96, 8363), (276, 38497), (101, 24087)),
    100: ((144, 13347), (426, 67959), (189, 44972)),
}
"""Simons 2022, Table 2, means of 20 people; the typical person is not the mean of peaks."""


@pytest.mark.parametrize("mg", MEASURED)
def test_simons_comes_near_the_means_measured_after_the_film(mg: int) -> None:
    found = concentrations("simons_2022", film(mg), DAY, weight=73)[:, :361]
    for curve, (peak, area) in zip(found, MEASURED[mg], strict=True):
        assert curve.max() == pytest.approx(peak, rel=0.20)
        assert np.trapezoid(curve) == pytest.approx(area, rel=0.20)


@pytest.mark.parametrize(("mg", "peak"), [(50, 273), (100, 260)])
def test_simons_comes_near_the_peak_of_the_infusion_six_hours_later(mg: int, peak: float) -> None:
    ketamine = concentrations("simons_2022", film(mg), DAY, weight=73)[0]
    assert ketamine[360:].max() == pytest.approx(peak, rel=0.05)


def infusion(drug: Drug, milligrams: float, minutes: float) -> Regimen:
    event = DoseEvent(0, milligrams, GivenAs.INTRAVENOUS_INFUSION, duration=minutes)
    return Regimen(drug, (event,))


ENDS = [
    ("kamp_2020", Drug.RACEMIC_KETAMINE, 253, 50),
    ("domino_1984", Drug.RACEMIC_KETAMINE, 240, 36),
    ("otto_2021", Drug.ESKETAMINE, 158, 55),
    ("simons_2022", Drug.ESKETAMINE, 289, 38),
    ("perez_ruixo_2021", Drug.ESKETAMINE, 125, 40),
]
"""At the end of 35 mg over 40 minutes and at 2 hours, 70 kg: worked out once by an independent
solver and written down in the project's research notes, rounded to whole ng/mL."""


@pytest.mark.parametrize(("name", "drug", "end", "later"), ENDS)
def test_every_model_agrees_with_an_independent_run_of_the_clinic_infusion(
    name: str, drug: Drug, end: float, later: float
) -> None:
    person = {"weight": 70.0, "age": 45.0, "asian": 0.0, "japanese": 0.0}
    ketamine = concentrations(name, infusion(drug, 35, 40), DAY, **person)[0]
    assert ketamine[40] == ketamine.max() == pytest.approx(end, abs=0.51)
    assert ketamine[120] == pytest.approx(later, abs=0.51)


def test_early_arterial_concentrations_lie_above_all_venous_ones() -> None:
    site = {name: models.load(name).sampling_site for name, *_ in ENDS}
    arterial = [end for name, _, end, _ in ENDS if site[name] is SamplingSite.ARTERIAL]
    venous = [end for name, _, end, _ in ENDS if site[name] is SamplingSite.VENOUS]
    assert min(arterial) > 1.5 * max(venous)


def test_after_a_muscle_the_peak_comes_within_the_quoted_minutes() -> None:
    """5 to 15 minutes are quoted; the uptake rate is an assumption that is set on their middle."""
    injection = Regimen(Drug.ESKETAMINE, (DoseEvent(0, 35, GivenAs.INTRAMUSCULAR),))
    ketamine = concentrations("otto_2021", injection, DAY, weight=70)[0]
    assert ketamine.argmax() == 10


def test_what_is_known_from_programs_only_says_so() -> None:
    assert models.load("kamp_2020").status is Status.CODE_ONLY
    assert models.load("domino_1984").status is Status.CODE_ONLY
