"""What a population comes to: bands, peaks, areas, minutes above, whatever the pieces."""

from itertools import pairwise

import numpy as np
import pytest

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.population import draw
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.summaries import Summary, summarise, summarising, tally
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
    tally.count(counts, np.array([[[0.0009, -1e-18, 300_000.0]]]))
    assert tally.percentiles(counts, (50.0,)).tolist() == [[[0.0, 0.0, np.inf]]]


def test_a_lone_value_is_read_back_to_two_in_a_thousand() -> None:
    values = np.array([0.001, 0.5, 1.0, 98.7, 262_000.0])
    counts = tally.empty(1, 5)
    tally.count(counts, values[None, None, :])
    np.testing.assert_allclose(tally.percentiles(counts, (50.0,))[0, 0], values, rtol=0.002)
