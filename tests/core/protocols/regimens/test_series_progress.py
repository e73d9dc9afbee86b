"""A series against its plan: every case of the policy file, and what is told beside it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.protocols.regimens import SeriesCase, cases, load, progress
from mooring.core.protocols.regimens.policy import FOLDER, Span
from tests.support.released import released

FIRST = date(2026, 11, 2)
POLICY = load("iv_series")


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@pytest.mark.parametrize(
    ("name", "version", "case"),
    [
        pytest.param(name, version, case, id=f"{name} v{version}: {case.id}")
        for name, version in released(FOLDER)
        for case in cases(name, version)
    ],
)
def test_the_series_departs_exactly_where_its_case_says(
    name: str, version: str, case: SeriesCase
) -> None:
    found = case.progress(load(name, version), FIRST)
    assert tuple(departure.rule for departure in found.departures) == case.departs
    assert (found.done, found.week) == (case.done, case.week)


def test_the_numbers_of_the_plan_are_those_of_the_claims_it_cites() -> None:
    base = evidence.load()
    series = {quantity.of: quantity for quantity in base.claim("S4.64").quantities}
    frequency = base.claim("S4.65").quantity
    therapy = base.claim("S4.66").quantity
    assert frequency is not None
    assert therapy is not None
    assert POLICY.infusions.at_least == series["infusions"].value
    assert POLICY.minutes.at_least == series["length of one"].value
    weeks = series["spread over"]
    assert POLICY.weeks.at_least == weeks.low
    assert POLICY.weeks.at_most == weeks.high
    assert POLICY.per_week.at_least == frequency.low
    assert POLICY.per_week.at_most == frequency.high
    assert POLICY.therapy_visits.at_least == therapy.value


def test_non_response_is_not_called_before_the_fourth_and_both_sides_are_told() -> None:
    # S4.68 against the early-futility finding: D27.
    low = evidence.load().claim("S4.68").quantity
    assert low is not None
    assert Decimal(POLICY.non_response.not_before) == low.low
    waiting, against = progress(POLICY, [], 0, FIRST).notes[1:]
    assert waiting.disagreements == against.disagreements == ("D27",)
    assert "Four to five infusions" in waiting.text
    assert "Against waiting" in against.text


def test_a_sitter_is_told_for_every_infusion() -> None:
    sitter = progress(POLICY, [], 0, FIRST).notes[0]
    assert sitter.claims == ("S4.69",)


def test_the_series_reads_as_one_sentence() -> None:
    found = progress(POLICY, [day(0), day(3), day(7)], 1, day(8))
    assert found.sentence() == "3 of 6 infusions in week 2; 1 of 3 therapy visits"


def test_before_the_first_infusion_there_is_no_week() -> None:
    found = progress(POLICY, [], 0, FIRST)
    assert found.sentence() == "0 of 6 infusions; 0 of 3 therapy visits"
    assert (found.first, found.last, found.week, found.complete) == (None, None, None, False)


def test_too_many_in_a_week_names_the_seven_days() -> None:
    found = progress(POLICY, [day(0), day(4), day(5), day(7), day(10)], 3, day(10))
    (departure,) = found.departures
    assert departure.text == (
        "4 infusions in the seven days from 6 Nov 2026; the plan has at most 3."
    )
    assert departure.claims == ("S4.65",)


def test_two_infusions_on_one_day_count_as_two() -> None:
    found = progress(POLICY, [day(0), day(0), day(1), day(2)], 3, day(2))
    assert found.done == 4
    assert [departure.rule for departure in found.departures] == ["per_week"]


def test_a_session_in_the_future_or_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="sessions_done: 5 Nov 2026 lies after 4 Nov 2026"):
        progress(POLICY, [day(3)], 0, day(2))
    with pytest.raises(ValueError, match="therapy_visits"):
        progress(POLICY, [], -1, FIRST)


def test_a_span_that_runs_backwards_and_an_unknown_policy_are_refused() -> None:
    with pytest.raises(ValueError, match="at_least: lies above at_most"):
        Span(at_least=3, at_most=1, claims=("S4.65",))
    with pytest.raises(DataFileError, match="iv_series"):
        load("oral_series")


@given(st.lists(st.integers(min_value=0, max_value=60), max_size=12), st.integers(0, 5))
def test_the_order_in_which_sessions_are_listed_does_not_matter(
    days: list[int], visits: int
) -> None:
    forwards = progress(POLICY, [day(number) for number in days], visits, day(60))
    backwards = progress(POLICY, [day(number) for number in reversed(days)], visits, day(60))
    assert forwards == backwards


@given(st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=12))
def test_too_many_is_told_exactly_when_any_four_fall_within_seven_days(days: list[int]) -> None:
    ordered = sorted(days)
    close = any(fourth - first < 7 for first, fourth in zip(ordered, ordered[3:], strict=False))
    found = progress(POLICY, [day(number) for number in days], 3, day(60))
    assert any("at most 3" in departure.text for departure in found.departures) is close
