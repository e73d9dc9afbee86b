"""The Kaplan-Meier estimate against published tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from mooring.core.outcomes import kaplan_meier

# Freireich 1963, weeks to relapse of acute leukaemia; censored where the sign is +.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
CONTROL = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(table: str) -> tuple[list[float], list[bool]]:
    words = table.split()
    return [float(word.rstrip("+")) for word in words], [not word.endswith("+") for word in words]


def test_survival_standard_error_and_number_at_risk_of_the_freireich_table() -> None:
    # Evidence file §8a.
    curve = kaplan_meier(*read(TREATED))
    assert curve.n == 21
    assert [step.time for step in curve.steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [step.at_risk for step in curve.steps] == [21, 17, 15, 12, 11, 7, 6]
    assert [step.survival for step in curve.steps] == pytest.approx(
        [0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179], abs=5e-7
    )
    assert [step.standard_error for step in curve.steps] == pytest.approx(
        [0.076360, 0.086935, 0.096350, 0.106815, 0.114054, 0.128234, 0.134591], abs=5e-7
    )


@pytest.mark.parametrize(("table", "median"), [(TREATED, 23), (CONTROL, 8)])
def test_the_medians_of_the_freireich_table(table: str, median: float) -> None:
    assert kaplan_meier(*read(table)).median == median


@pytest.mark.parametrize("n", range(2, 201, 2))
def test_median_without_ties_or_loss_to_follow_up_is_the_time_of_the_event_that_halves(
    n: int,
) -> None:
    # With 24 people the twelfth event leaves 12 of 24; a product of rounded numbers leaves more.
    assert kaplan_meier([float(day) for day in range(1, n + 1)], [True] * n).median == n / 2


def test_median_is_the_first_time_of_a_stretch_at_one_half_and_not_its_middle() -> None:
    assert kaplan_meier([1, 2, 5, 6], [True] * 4).median == 2


# Stata's `sts list` of the same data, 95 % intervals: those of the controls as G. Rodríguez of
# Princeton prints them under "Kaplan-Meier survival", the treated at 6 and 7 weeks as a published
# log does. The treated from 10 weeks on are the log-log intervals of SciPy's ecdf.
TREATED_INTERVALS = {
    6: (0.6197, 0.9516),
    7: (0.5631, 0.9228),
    10: (0.5032, 0.8894),
    13: (0.4316, 0.8491),
    16: (0.3675, 0.8049),
    22: (0.2678, 0.7468),
    23: (0.1881, 0.6801),
}
CONTROL_INTERVALS = {1: (0.6700, 0.9753), 2: (0.5689, 0.9239)}


@pytest.mark.parametrize(
    ("table", "intervals"), [(TREATED, TREATED_INTERVALS), (CONTROL, CONTROL_INTERVALS)]
)
def test_intervals_of_the_freireich_table(
    table: str, intervals: dict[float, tuple[float, float]]
) -> None:
    curve = kaplan_meier(*read(table))
    for time, interval in intervals.items():
        assert curve.interval_at(time) == pytest.approx(interval, abs=5e-5)


def test_there_is_no_interval_before_the_first_event_nor_once_nobody_is_left() -> None:
    curve = kaplan_meier([1, 2], [True, True])
    assert curve.interval_at(0.5) is None
    assert curve.interval_at(1) is not None
    assert curve.interval_at(2) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=2, max_size=60))
def test_intervals_are_those_of_scipy(people: list[tuple[int, bool]]) -> None:
    events = [day for day, event in people if event]
    censored = [day for day, event in people if not event]
    theirs = ecdf(CensoredData(events, right=censored)).sf
    band = theirs.confidence_interval(method="log-log")
    curve = kaplan_meier([day for day, _ in people], [event for _, event in people])
    for step in curve.steps:
        if step.interval is not None:
            low, high = step.interval
            assert float(band.low.evaluate(step.time)) == pytest.approx(low, abs=1e-9)
            assert float(band.high.evaluate(step.time)) == pytest.approx(high, abs=1e-9)
            assert low < step.survival < high


def test_five_of_eleven_responders_remain_at_four_weeks() -> None:
    # Shiroma 2014: six of eleven relapsed, after 16 days on average; 5/11 responded at 28 days.
    relapses = [10.0, 12.0, 14.0, 17.0, 20.0, 23.0]
    curve = kaplan_meier([*relapses, *[28.0] * 5], [True] * 6 + [False] * 5)
    assert curve.at(28) == pytest.approx(5 / 11)


def test_the_curve_is_one_before_the_first_event_and_keeps_its_value_between_events() -> None:
    curve = kaplan_meier([2, 4, 4, 6], [True, True, True, False])
    assert [curve.at(time) for time in (0, 1.9, 2, 3.9, 4, 100)] == pytest.approx(
        [1, 1, 0.75, 0.75, 0.25, 0.25]
    )


def test_someone_censored_at_the_time_of_an_event_is_still_at_risk_then() -> None:
    (step,) = kaplan_meier([5, 5], [True, False]).steps
    assert (step.at_risk, step.survival) == (2, 0.5)


def test_when_nobody_is_left_the_standard_error_is_unknown() -> None:
    last = kaplan_meier([1, 2], [True, True]).steps[-1]
    assert (last.survival, last.standard_error) == (0.0, None)


def test_a_median_that_was_not_reached_is_unknown() -> None:
    assert kaplan_meier([3, 5, 5], [True, False, False]).median is None


def test_without_an_event_everyone_remains() -> None:
    curve = kaplan_meier([3, 5], [False, False])
    assert curve.steps == ()
    assert curve.at(5) == 1


@pytest.mark.parametrize(
    ("durations", "observed", "says"),
    [
        ([], [], "nobody was followed"),
        ([1.0], [True, False], "one entry for each"),
        ([-1.0], [True], "0 or more"),
        ([float("nan")], [True], "0 or more"),
        ([float("inf")], [False], "0 or more"),
    ],
)
def test_follow_up_that_cannot_be_is_refused(
    durations: list[float], observed: list[bool], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        kaplan_meier(durations, observed)


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), min_size=1, max_size=40))
def test_the_curve_never_rises_and_without_censoring_is_the_plain_share(
    people: list[tuple[int, bool]],
) -> None:
    durations = [float(duration) for duration, _ in people]
    steps = kaplan_meier(durations, [event for _, event in people]).steps
    survival = [1.0, *(step.survival for step in steps)]
    assert survival == sorted(survival, reverse=True)
    complete = kaplan_meier(durations, [True] * len(durations))
    for step in complete.steps:
        remaining = sum(duration > step.time for duration in durations)
        assert step.survival == pytest.approx(remaining / len(durations))
