"""Virtual people: whose numbers they have, and that nobody else changes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.pharmacology import models
from mooring.core.pharmacology.population import Variation, draw
from mooring.core.pharmacology.population.drawing import covariance

SOMEONE = {"age": 40.0, "asian": 0.0, "japanese": 0.0, "weight": 70.0}
MANY = range(40_000)


@given(
    name=st.sampled_from(models.names()),
    seed=st.integers(0, 2**64 - 1),
    first=st.integers(0, 400),
    people=st.integers(1, 40),
)
def test_a_person_is_the_same_in_whatever_piece_they_are_drawn(
    name: str, seed: int, first: int, people: int
) -> None:
    model = models.load(name)
    everyone = draw(model, range(450), seed=seed, covariates=SOMEONE)
    some = draw(model, range(first, first + people), seed=seed, covariates=SOMEONE)
    for parameter, values in some.items():
        np.testing.assert_allclose(values, everyone[parameter][first : first + people], rtol=1e-12)


def test_another_seed_gives_other_people() -> None:
    model = models.load("perez_ruixo_2021")
    one = draw(model, range(100), seed=1, covariates=SOMEONE)["vc"]
    other = draw(model, range(100), seed=2, covariates=SOMEONE)["vc"]
    assert not np.any(one == other)


@pytest.mark.parametrize("name", models.names())
def test_people_spread_as_the_paper_says(name: str) -> None:
    # The sampling error of a covariance of 40,000 people is about 1/200 of the two deviations;
    # five times that is allowed. The matrix is the published one, read from the model's file.
    model = models.load(name)
    people = draw(model, MANY, seed=20, covariates=SOMEONE)
    middle = models.typical(model, SOMEONE)
    names, omega = covariance(model, Variation.PEOPLE)
    plain = [n for n in names if model.parameters[n].between_occasions is None]
    at = [names.index(n) for n in plain if n != "frn"]
    logs = [np.log(people[names[n]] / middle[names[n]]) for n in at]
    for row, first in zip(at, logs, strict=True):
        assert abs(first.mean()) < 5 * np.sqrt(omega[row, row] / len(MANY))
        for column, second in zip(at, logs, strict=True):
            allowed = 5 / 200 * np.sqrt(omega[row, row] * omega[column, column])
            assert abs((first * second).mean() - omega[row, column]) < allowed


def test_the_share_that_the_nose_takes_up_spreads_on_the_logit_scale() -> None:
    # Perez-Ruixo 2021, table 3: 0.54 with a standard deviation of 0.708 between people.
    model = models.load("perez_ruixo_2021")
    share = draw(model, MANY, seed=3, covariates=SOMEONE)["frn"]
    odds = np.log(share / (1 - share))
    assert odds.mean() == pytest.approx(np.log(0.54 / 0.46), abs=0.02)
    assert odds.std() == pytest.approx(0.708, abs=0.02)
    assert np.all((share > 0) & (share < 1))


def test_volume_and_clearance_go_together_as_the_paper_says() -> None:
    # Otto 2021, table 3: variances 0.084177 and 0.026048, covariance 0.02261.
    people = draw(models.load("otto_2021"), MANY, seed=4, covariates=SOMEONE)
    logs = np.log([people["v1"], people["cl"]])
    published = [[0.084177, 0.02261], [0.02261, 0.026048]]
    np.testing.assert_allclose(np.cov(logs), published, atol=0.0025)


def test_what_does_not_differ_is_the_same_for_everyone() -> None:
    people = draw(models.load("kamp_2020"), range(5), seed=1, covariates=SOMEONE)
    assert people["v1"].tolist() == [25.0] * 5


def test_another_occasion_changes_the_uptake_and_leaves_the_person() -> None:
    # Simons 2022: uptake from the film differs between occasions, the volume between people.
    model = models.load("simons_2022")
    first = draw(model, range(50), seed=5, covariates=SOMEONE, occasion=1)
    second = draw(model, range(50), seed=5, covariates=SOMEONE, occasion=2)
    assert not np.any(first["f1"] == second["f1"])
    np.testing.assert_array_equal(first["vk1"], second["vk1"])


def test_each_person_can_have_covariates_of_their_own() -> None:
    weights = np.array([50.0, 70.0, 140.0])
    people = draw(models.load("kamp_2020"), range(3), seed=1, covariates={"weight": weights})
    np.testing.assert_allclose(people["v1"], 25 * weights / 70)


def test_a_person_whose_weight_is_missing_is_not_drawn() -> None:
    with pytest.raises(models.CovariateMissingError, match="weight"):
        draw(models.load("kamp_2020"), range(3), seed=1, covariates={})


@pytest.mark.parametrize(
    ("ids", "seed", "occasion", "field"),
    [
        (range(0, 10, 2), 1, 1, "ids"),
        (range(-1, 3), 1, 1, "ids"),
        (range(3), -1, 1, "seed"),
        (range(3), 2**64, 1, "seed"),
        (range(3), 1, 0, "occasion"),
    ],
)
def test_what_cannot_be_drawn_is_named(ids: range, seed: int, occasion: int, field: str) -> None:
    model = models.load("kamp_2020")
    with pytest.raises(ValueError, match=f"^{field}: "):
        draw(model, ids, seed=seed, covariates=SOMEONE, occasion=occasion)


def test_a_share_above_the_whole_is_refused() -> None:
    # 0.54 * 1.34 is 0.72; with an effect of 2 it would be more than all of it.
    model = models.load("perez_ruixo_2021")
    effect = model.parameters["japanese_frn"].model_copy(update={"value": 2.0})
    doubled = model.model_copy(update={"parameters": {**model.parameters, "japanese_frn": effect}})
    people = {**SOMEONE, "asian": 1.0, "japanese": 1.0}
    with pytest.raises(ValueError, match=r"^frn: a share"):
        draw(doubled, range(3), seed=1, covariates=people)
