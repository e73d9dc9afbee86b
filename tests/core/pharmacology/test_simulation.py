"""One call: curves, tables, frames and a picture that cannot be read without its caveats."""

import csv
import sys

import numpy as np
import pytest

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.regimens import iv_infusion, spravato
from mooring.core.pharmacology.simulation import MissingExtraError, Simulation, simulate
from mooring.core.pharmacology.simulation.drawing import WIDTH

OTTO = models.load("otto_2021")
INFUSION = iv_infusion("0.5 mg/kg", over="40 min", drug=Drug.ESKETAMINE)
TIMES = np.arange(0.0, 121.0, 10.0)


@pytest.fixture(scope="module")
def done() -> Simulation:
    return simulate(
        OTTO, INFUSION, covariates={"weight": 70.0}, times=TIMES, people=50, above=(100.0,)
    )


def test_without_times_it_is_a_day_by_the_minute() -> None:
    found = simulate(OTTO, INFUSION, covariates={"weight": 70.0})
    assert found.times.tolist() == list(range(1441))
    assert found.summary is None
    assert found.columns()["statistic"] == ["typical"] * 1441 * 2


def test_the_typical_person_of_a_population_has_its_median_weight() -> None:
    weights = np.array([50.0, 70.0, 120.0])
    many = simulate(OTTO, INFUSION, covariates={"weight": weights}, times=TIMES, people=3)
    one = simulate(OTTO, INFUSION, covariates={"weight": 70.0}, times=TIMES)
    assert many.typical.tolist() == one.typical.tolist()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"covariates": {"weight": -70.0}}, "weight: kilograms of an adult"),
        ({"covariates": {"weight": 0.0}}, "weight: kilograms of an adult"),
        ({"covariates": {"weight": float("nan")}}, "weight: kilograms of an adult"),
        ({"covariates": {"weight": "heavy"}}, "weight: 'heavy' is not a number"),
        ({"covariates": {"weight": None}}, "weight: kilograms of an adult"),
        ({"covariates": {}}, "weight: the model 'otto_2021' needs it"),
        ({"people": 0}, "people: at least 1"),
        ({"people": 2.5}, "subjects: a whole number"),
        ({"people": 2, "seed": 1.5}, "seed: a whole number"),
        ({"people": 2, "above": (float("nan"),)}, "above: concentrations in ng/mL"),
        ({"times": [5, 1]}, "times: minutes that rise"),
        ({"people": 3, "covariates": {"weight": np.array([60.0, 70.0])}}, "weight: one number, or"),
    ],
)
def test_what_cannot_be_run_is_refused_by_its_field(changed, said) -> None:
    asked = {"covariates": {"weight": 70.0}, "times": TIMES, **changed}
    with pytest.raises(ValueError, match=f"^{said}"):
        simulate(OTTO, INFUSION, **asked)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"age": 17.0}, "age: years from 18 to 120; the models are of adults"),
        ({"age": 150.0}, "age: years from 18"),
        ({"asian": 2.0}, "asian: 1 or 0"),
        ({"asian": 0.5}, "asian: 1 or 0"),
        ({"japanese": 1.0}, "japanese: 1 only where asian is 1 too"),
    ],
)
def test_a_person_who_is_no_adult_or_contradicts_themselves_is_refused(changed, said) -> None:
    about = {"age": 40.0, "asian": 0.0, "japanese": 0.0, **changed}
    with pytest.raises(ValueError, match=f"^{said}"):
        simulate(models.load("perez_ruixo_2021"), spravato(devices=1), covariates=about)


def test_times_may_be_a_plain_list() -> None:
    found = simulate(OTTO, INFUSION, covariates={"weight": 70.0}, times=[0, 20, 40])
    assert found.times.dtype == np.float64
    assert found.typical[0, 2] > found.typical[0, 1] > 0


def test_the_caveats_say_education_site_and_status(done: Simulation) -> None:
    assert done.caveats[0] == "Simulation for education, not dosing advice."
    assert done.caveats[1].startswith("Venous concentrations, a model of esKETAmine")


def test_a_norketamine_area_that_its_paper_cannot_give_is_said_to_be_so() -> None:
    about = {"age": 40.0, "asian": 0.0, "japanese": 0.0}
    found = simulate(models.load("perez_ruixo_2021"), spravato(devices=1), covariates=about)
    assert any("area under norketamine is not to be relied on" in one for one in found.caveats)


def test_the_same_is_not_said_of_a_model_whose_areas_are_given_back(done: Simulation) -> None:
    assert not any("area under norketamine" in caveat for caveat in done.caveats)


def test_liver_and_kidneys_are_said_not_to_be_in_the_curve(done: Simulation) -> None:
    [told] = [caveat for caveat in done.caveats if "kidneys" in caveat]
    assert "20 to 26 % higher" in told


def test_a_model_without_differences_between_people_says_that_all_are_alike() -> None:
    kamp = models.load("kamp_2020")
    found = simulate(
        kamp,
        iv_infusion("35 mg", over="40 min"),
        covariates={"weight": 70.0},
        times=TIMES,
        people=3,
    )
    assert "all are alike" in found.caveats[-1]
    assert "Arterial concentrations" in found.caveats[1]


def test_racemic_ketamine_in_a_model_of_esketamine_says_so() -> None:
    found = simulate(
        OTTO,
        iv_infusion("35 mg", over="40 min"),
        covariates={"weight": 70.0},
        times=TIMES,
        as_racemate=True,
    )
    assert any("as if both forms of racemic" in caveat for caveat in found.caveats)


def test_the_columns_hold_every_time_analyte_and_statistic_once(done: Simulation) -> None:
    columns = done.columns()
    keys = list(zip(columns["minute"], columns["analyte"], columns["statistic"], strict=True))
    assert len(keys) == len(set(keys)) == TIMES.size * 2 * 6
    where = keys.index((40.0, "norketamine", "p95"))
    assert columns["ng_per_ml"][where] == done.summary.bands[1, -1, 4]


def test_people_have_a_row_for_each_analyte(done: Simulation) -> None:
    columns = done.people()
    assert columns["person"][:3] == [0, 0, 1]
    assert columns["analyte"][:3] == ["ketamine", "norketamine", "ketamine"]
    assert columns["cmax_ng_per_ml"][1] == done.summary.people.cmax[0, 1]
    assert columns["minutes_at_or_above_100"][0] == done.summary.people.above[100.0][0, 0]


def test_without_people_there_are_no_rows_of_people() -> None:
    found = simulate(OTTO, INFUSION, covariates={"weight": 70.0}, times=TIMES)
    with pytest.raises(ValueError, match=r"^people: none were simulated"):
        found.people()


def test_polars_and_pandas_hold_the_same(done: Simulation) -> None:
    columns = done.columns()
    assert done.to_polars().to_dict(as_series=False) == columns
    assert done.to_pandas().to_dict("list") == columns


def test_the_file_holds_the_same(done: Simulation, tmp_path) -> None:
    done.to_csv(str(tmp_path / "curves.csv"))
    with (tmp_path / "curves.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["ng_per_ml"]) for row in rows] == done.columns()["ng_per_ml"]


def test_the_picture_carries_title_caveats_and_bands(done: Simulation, tmp_path) -> None:
    figure = done.plot(str(tmp_path / "curve.png"))
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
    printed = figure.get_supxlabel()
    assert "not dosing advice" in printed
    assert max(map(len, printed.splitlines())) <= WIDTH
    (axes,) = figure.axes
    assert axes.get_title() == OTTO.title
    labels = axes.get_legend_handles_labels()[1]
    assert "5 to 95 % of people" in labels
    assert "25 to 75 % of people" in labels


def test_a_picture_of_the_typical_person_alone_has_no_bands() -> None:
    perez = models.load("perez_ruixo_2021")
    about = {"age": 40.0, "asian": 0.0, "japanese": 0.0}
    figure = simulate(perez, spravato(devices=2), covariates=about, times=TIMES).plot()
    assert figure.axes[0].get_legend_handles_labels()[1] == [
        "ketamine, typical person",
        "norketamine, typical person",
    ]


def test_a_library_that_is_not_installed_is_named(done: Simulation, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError, match=r"^polars is not installed.*mooring\[simulate\]"):
        done.to_polars()


def test_the_web_loads_no_compiler_and_no_drawing_with_the_pharmacology() -> None:
    import subprocess

    code = (
        "import sys, mooring.core.pharmacology.simulation, mooring.core.pharmacology.summaries;"
        "print([m for m in ('numba', 'matplotlib', 'polars', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
