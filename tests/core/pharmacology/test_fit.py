"""How well the models fit what was measured: the rows, their reasons, and how a row is read."""

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from mooring.core.pharmacology import fit
from mooring.core.pharmacology.fit.measures import MINUTES, Simulated, predicted
from mooring.core.pharmacology.fit.study import Observed, Study
from mooring.core.pharmacology.models import SamplingSite
from mooring.core.pharmacology.system import Input, LinearSystem
from tests.support.propagator import profiles


@pytest.fixture(scope="module")
def rows() -> list[fit.FitRow]:
    return fit.rows(profiles)


def test_every_row_is_within_its_tolerance_or_says_why_it_is_not(rows: list[fit.FitRow]) -> None:
    unexplained = [
        f"{row.study} {row.model} {row.observed_id}: {row.ratio:.2f}"
        for row in rows
        if not row.within and not row.reason
    ]
    assert unexplained == []


def test_no_reason_stands_beside_a_number_that_is_reached(rows: list[fit.FitRow]) -> None:
    assert [(row.study, row.model) for row in rows if row.within and row.reason] == []


def test_every_number_names_its_source_and_where_its_tolerance_comes_from(
    rows: list[fit.FitRow],
) -> None:
    assert all(row.source and row.tolerance_from and row.regimen and row.unit for row in rows)


def test_the_tables_of_the_research_notes_are_all_there() -> None:
    tables = {study.id.partition("-")[0] for study in fit.data().studies}
    assert tables == {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T11", "T13"}


def test_what_no_model_claims_is_listed_with_the_reason() -> None:
    left = {study.id: study.not_run for study in fit.not_run()}
    assert set(left) == {"T5", "T6-vein", "T8-nose", "T9-nose"}
    assert "rectal" in left["T5"]


def test_the_clinic_infusion_lies_between_the_venous_and_the_arterial_models(
    rows: list[fit.FitRow],
) -> None:
    """185 ng/mL measured; 125 to 158 by venous models, 240 to 289 by arterial ones."""
    found = [row for row in rows if row.study == "T1"]
    for row in found:
        venous = row.model_site is SamplingSite.VENOUS
        assert (row.predicted < row.observed == 185) if venous else (row.predicted > row.observed)
    assert {row.model for row in found if row.within} == {"otto_2021"}


def test_one_form_of_the_racemate_is_half_of_both(rows: list[fit.FitRow]) -> None:
    """Cross-validation of the research notes, per form after 5 mg over 30 minutes."""
    found = {row.model: row.predicted for row in rows if (row.study, row.observed_id) == HALF}
    expected = {
        "kamp_2020": 21.7,
        "domino_1984": 21.6,
        "otto_2021": 12.5,
        "simons_2022": 25.2,
        "perez_ruixo_2021": 9.7,
    }
    assert found == pytest.approx(expected, abs=0.051)


HALF = ("T4", "peak")


def test_last_half_lives_are_those_of_an_independent_run(rows: list[fit.FitRow]) -> None:
    found = {row.model: row.predicted for row in rows if row.observed_id == "half-life"}
    expected = {
        "kamp_2020": 3.1,
        "domino_1984": 1.9,
        "otto_2021": 6.7,
        "simons_2022": 3.2,
        "perez_ruixo_2021": 8.5,
    }
    assert found == pytest.approx(expected, abs=0.051)


def test_clearance_is_what_the_papers_print_at_seventy_kilograms(rows: list[fit.FitRow]) -> None:
    """Otto and Fanta 95.2 L/h, Kamp 84 L/h, Simons 1.48 L/min, per person of 70 kg."""
    found = {row.model: row.predicted for row in rows if row.observed_id == "clearance"}
    assert found["otto_2021"] == pytest.approx(95.2)
    assert found["kamp_2020"] == pytest.approx(84)
    assert found["simons_2022"] == pytest.approx(1.48 * 60)


def test_what_arrives_of_a_swallowed_dose_follows_from_gut_and_liver(
    rows: list[fit.FitRow],
) -> None:
    """0.64 past the gut, and of that what the liver lets through: 151 / (151 + 101 · 3.88)."""
    share = 100 * 0.64 * 151 / (151 + 101 * (1.11 + 2.77))
    found = {r.study: r.predicted for r in rows if r.observed_id == "absorbed"}
    assert found["T6-by-mouth"] == found["T8-tablet"] == pytest.approx(share)


def test_what_arrives_of_a_device_is_what_the_nose_takes_and_some_of_what_is_swallowed(
    rows: list[fit.FitRow],
) -> None:
    """0.54 by the nose; of the rest, 0.64 past the gut and 151 / (151 + 101 · 3.88) of it on."""
    share = 100 * (0.54 + 0.46 * 0.64 * 151 / (151 + 101 * (1.11 + 2.77)))
    (found,) = [r for r in rows if (r.study, r.observed_id) == ("T3", "absorbed")]
    assert found.predicted == pytest.approx(share)


def test_counted_numbers_agree_with_the_printed_ones() -> None:
    counted = {row.entry.id: row.counted for row in fit.arithmetic_rows()}
    assert counted == pytest.approx(
        {"T01-10": 16.81, "T01-30": 13.57, "T01-50": 11.33, "T02": 2.211}, abs=0.005
    )
    assert all(row.within for row in fit.arithmetic_rows())


def one_compartment() -> Simulated:
    """10 mg at once into 100 L, halving every 2 hours: everything can be worked out by hand."""
    rate = math.log(2) / 120
    given = Input(0, np.array([10.0]), np.array([0.0]), np.array([0.0]))
    vein = Input(0, np.array([1.0]), np.array([0.0]), np.array([1.0]))
    a, c = np.array([[[-rate]]]), np.array([[[10.0]]])
    system = LinearSystem(a, c, (given,), ("blood",), ("ketamine",))
    by_vein = LinearSystem(a, c, (vein,), ("blood",), ("ketamine",))
    return Simulated(system, 100 * np.exp(-rate * MINUTES)[None, :], 20.0, by_vein)


READ = [
    ({"measure": "peak"}, 100),
    ({"measure": "peak", "after": 120}, 50),
    ({"measure": "time_of_peak", "after": 240}, 240),
    ({"measure": "area"}, 200 / math.log(2)),
    ({"measure": "area", "until": 120}, 100 / math.log(2)),
    ({"measure": "area", "after": 120, "until": 240}, 50 / math.log(2)),
    ({"measure": "clearance"}, 20_000 / (200 / math.log(2))),
    ({"measure": "half_life"}, 2),
    ({"measure": "absorbed"}, 50),
]


@pytest.mark.parametrize(("fields", "value"), READ)
def test_each_number_is_read_from_the_curve_as_the_study_did(
    fields: dict[str, Any], value: float
) -> None:
    asked = {"id": "x", "value": 1, "tolerance_percent": 1, "tolerance_from": "x", **fields}
    assert predicted(Observed.model_validate(asked), one_compartment()) == pytest.approx(
        value, rel=1e-4
    )


STUDY: dict[str, Any] = {
    "id": "S",
    "title": "A study",
    "source": "A paper",
    "status": "abstract",
    "site": "venous",
    "drug": "esketamine",
    "covariates": {"weight": 60},
    "given": [
        {"amount": 0.5, "unit": "mg/kg", "given_as": "intravenous_bolus"},
        {"amount": 10, "given_as": "intravenous_bolus", "time": 5},
    ],
    "observed": [
        {
            "id": "peak",
            "measure": "peak",
            "value": 100,
            "tolerance_percent": 10,
            "tolerance_from": "the paper",
        }
    ],
    "runs": [{"model": "otto_2021"}],
}


def test_all_that_was_given_is_counted_in_milligrams() -> None:
    assert Study.model_validate(STUDY).milligrams() == 40


def test_rows_can_be_had_for_chosen_studies() -> None:
    (row,) = fit.rows(profiles, (Study.model_validate(STUDY),))
    assert (row.study, row.model, row.observed) == ("S", "otto_2021", 100)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"runs": []}, "give runs, or say in not_run why there are none"),
        ({"not_run": "Nobody."}, "give runs, or say in not_run why there are none"),
        (
            {"runs": [{"model": "otto_2021", "misses": [{"observed": "area", "reason": "x"}]}]},
            "nothing observed is called 'area'",
        ),
        (
            {"observed": [{**STUDY["observed"][0], "measure": "half_life", "until": 60}]},
            "half_life looks at no window",
        ),
    ],
)
def test_a_study_that_contradicts_itself_is_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Study.model_validate({**STUDY, **change})
