"""What a population comes to: bands, peaks, areas, minutes above, whatever the pieces."""

from itertools import pairwise

import numpy as np
import pytest

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.engine import compiled as engine_compiled
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.population import draw
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.summaries import (
    Summary,
    compiled,
    plain,
    summarise,
    summarising,
    tally,
)
from mooring.core.pharmacology.system import Floats

MODEL = models.load("otto_2021")
PEOPLE = 300
WEIGHTS = np.linspace(50, 120, PEOPLE)
TIMES = np.arange(0.0, 361.0, 5.0)
INFUSION = Regimen(
    Drug.ESKETAMINE,
    (
        DoseEvent(
            10, 0.25, GivenAs.INTRAVENOUS_INFUSION, Amount.MILLIGRAMS_PER_KILOGRAM, duration=40
        ),
    ),
)


def summary(**changed: object) -> Summary:
    asked: dict[str, object] = {
        "subjects": PEOPLE,
        "seed": 7,
        "covariates": {"weight": WEIGHTS},
        "times": TIMES,
        "above": (40.0,),
    }
    return summarise(MODEL, INFUSION, **{**asked, **changed})  # type: ignore[arg-type]


def curves() -> Floats:
    people = draw(MODEL, range(PEOPLE), seed=7, covariates={"weight": WEIGHTS})
    return profiles(build(MODEL, people, INFUSION, {"weight": WEIGHTS}), TIMES)


def test_the_bands_are_those_of_the_sorted_list_to_four_in_a_thousand() -> None:
    found = summary()
    expected = np.percentile(curves(), found.percentiles, axis=0, method="lower").swapaxes(0, 1)
    higher = np.percentile(curves(), found.percentiles, axis=0, method="higher").swapaxes(0, 1)
    seen = higher > 0.001
    assert found.percentiles == (5, 25, 50, 75, 95)
    assert np.all(found.bands[seen] >= expected[seen] * (1 - 0.004))
    assert np.all(found.bands[seen] <= higher[seen] * (1 + 0.004))


def test_before_the_dose_there_is_nothing() -> None:
    assert np.all(summary().bands[:, :, TIMES <= 10] == 0)


def test_each_person_has_the_peak_area_and_minutes_of_their_own_curve() -> None:
    found, own = summary().people, curves()
    for person in range(0, PEOPLE, 37):
        for output in range(2):
            curve = own[person, output]
            assert found.cmax[person, output] == curve.max()
            assert found.tmax[person, output] == TIMES[list(curve).index(curve.max())]
            area = sum((a + b) / 2 * 5 for a, b in pairwise(curve)) / 60
            assert found.auc[person, output] == pytest.approx(area)
            high = [1.0 if value >= 40 else 0.0 for value in curve]
            minutes = sum((a + b) / 2 * 5 for a, b in pairwise(high))
            assert found.above[40.0][person, output] == pytest.approx(minutes)


@pytest.mark.parametrize("people", [1, 7, 299])
def test_the_size_of_the_pieces_changes_nothing(
    people: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = summary()
    monkeypatch.setattr(summarising, "PIECE", people * 2 * TIMES.size)
    pieces = summary()
    np.testing.assert_allclose(pieces.bands, whole.bands, rtol=1e-12)
    np.testing.assert_allclose(pieces.people.cmax, whole.people.cmax, rtol=1e-12)
    np.testing.assert_allclose(pieces.people.auc, whole.people.auc, rtol=1e-12)
    np.testing.assert_array_equal(pieces.people.above[40.0], whole.people.above[40.0])


def test_more_people_leave_those_there_were_as_they_are() -> None:
    few = summary(subjects=20, covariates={"weight": 70.0})
    more = summary(subjects=60, covariates={"weight": 70.0})
    np.testing.assert_allclose(more.people.cmax[:20], few.people.cmax, rtol=1e-12)


def test_how_far_it_is_can_be_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summarising, "PIECE", 120 * 2 * TIMES.size)
    done: list[int] = []
    summary(progress=done.append)
    assert done == [120, 240, 300]


def test_no_people_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^subjects: "):
        summary(subjects=0)


@pytest.mark.parametrize("wanted", [(), (101.0,), (-1.0, 50.0)])
def test_percentiles_that_are_none_are_refused(wanted: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"^percentiles: "):
        summary(percentiles=wanted)


def test_what_is_too_little_reads_as_nothing_and_too_much_as_without_end() -> None:
    counts = tally.empty(1, 3)
    plain.count(counts, np.array([[[0.0009, -1e-18, 300_000.0]]]))
    assert tally.percentiles(counts, (50.0,)).tolist() == [[[0.0, 0.0, np.inf]]]


def test_a_lone_value_is_read_back_to_two_in_a_thousand() -> None:
    values = np.array([0.001, 0.5, 1.0, 98.7, 262_000.0])
    counts = tally.empty(1, 5)
    plain.count(counts, values[None, None, :])
    np.testing.assert_allclose(tally.percentiles(counts, (50.0,))[0, 0], values, rtol=0.002)


def test_compiled_loops_come_to_the_same_as_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    by_numpy = summary()
    monkeypatch.setattr(engine_compiled, "WORTHWHILE", 0)
    by_loops = summary()
    np.testing.assert_allclose(by_loops.bands, by_numpy.bands, rtol=0.004)
    for name in ("cmax", "tmax", "auc"):
        expected = getattr(by_numpy.people, name)
        np.testing.assert_allclose(getattr(by_loops.people, name), expected, rtol=1e-10)
    assert by_loops.people.above[40.0].tolist() == by_numpy.people.above[40.0].tolist()


def test_compiled_loops_count_every_concentration_as_numpy_does() -> None:
    values = np.random.default_rng(1).lognormal(2, 6, (50, 2, 200))
    values[0, 0, :4] = 0.0, -1e-18, 1e-9, 1e12
    by_numpy, by_loops = tally.empty(2, 200), tally.empty(2, 200)
    plain.count(by_numpy, values)
    compiled.count(by_loops, values)
    assert np.array_equal(by_loops, by_numpy)
    assert by_loops.sum() == values.size


def test_compiled_loops_measure_a_triangle_by_hand() -> None:
    """Up to 10 at minute 2, back to 0 at minute 4: area 20, at 5 or more from minute 1 to 3."""
    curve = np.array([[[0.0, 5.0, 10.0, 5.0, 0.0]]])
    for loops in (plain, compiled):
        found = loops.numbers(curve, np.arange(5.0), (5.0, 11.0))
        assert (found.cmax[0, 0], found.tmax[0, 0]) == (10.0, 2.0)
        assert found.auc[0, 0] == pytest.approx(20 / 60, rel=1e-12)
        assert (found.above[5.0][0, 0], found.above[11.0][0, 0]) == (3.0, 0.0)
