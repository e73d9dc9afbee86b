"""Plans in phases: how often esketamine is given by its label, how often a group meets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.regimens import Phase, PhasedPolicy, load, phased_progress

FIRST = date(2026, 11, 2)
LABEL, GROUP = load("esketamine_label"), load("sublingual_group")
assert isinstance(LABEL, PhasedPolicy)
assert isinstance(GROUP, PhasedPolicy)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_the_weeks_of_the_label_are_those_of_the_claim() -> None:
    said = {q.of: q.value for q in evidence.load().claim("spravato-label.visits").quantities}
    first, second, third = LABEL.phases
    assert (first.at_least, first.at_most) == (said["weeks 1 to 4"],) * 2
    assert (first.from_week, first.to_week) == (1, said["first phase"])
    assert (second.at_least, second.at_most) == (said["weeks 5 to 8"],) * 2
    assert (second.from_week, second.to_week) == (5, 8)
    assert (third.from_week, third.to_week) == (9, None)
    assert (third.at_least, third.in_weeks, third.at_most) == (1, 2, 1)


def test_the_group_meets_once_a_week_for_two_months() -> None:
    """S1.41; that two months are eight weeks is marked as the clinic's choice."""
    said = {q.of: q.value for q in evidence.load().claim("S1.41").quantities}
    (phase,) = GROUP.phases
    assert (phase.at_least, phase.at_most) == (said["meetings"],) * 2
    assert phase.to_week == 8
    assert "choice.two-months" in phase.claims


def test_each_plan_names_the_drug_and_the_route_that_it_counts() -> None:
    assert (LABEL.drug, LABEL.route) == (Drug.ESKETAMINE, Route.INTRANASAL)
    assert (GROUP.drug, GROUP.route) == (Drug.RACEMIC_KETAMINE, Route.SUBLINGUAL)


def test_where_a_course_stands_reads_as_one_sentence() -> None:
    found = phased_progress(LABEL, [day(0), day(3), day(7)], day(8))
    assert found.sentence() == "3 sessions, week 2"
    assert found.phase == LABEL.phases[0]
    assert phased_progress(LABEL, [day(0)], day(0)).sentence() == "1 session, week 1"
    assert phased_progress(LABEL, [], day(0)).sentence() == "0 sessions"


def test_after_its_last_phase_the_plan_says_nothing_of_the_week() -> None:
    weekly = [day(7 * number) for number in range(8)]
    assert phased_progress(GROUP, weekly, day(80)).phase is None


def test_departures_name_the_weeks_and_what_was_planned() -> None:
    (departure,) = phased_progress(LABEL, [day(0), day(3), day(14), day(17)], day(20)).departures
    assert departure.text == "fewer than planned in week 2: two sessions a week"
    assert departure.claims == ("spravato-label.visits",)
    (departure,) = phased_progress(LABEL, [day(0), day(1), day(2)], day(3)).departures
    assert departure.text == "more than 2 in week 1; the plan has no more."


def test_a_session_that_lies_ahead_is_refused() -> None:
    with pytest.raises(ValueError, match="sessions_done: 5 Nov 2026 lies after 4 Nov 2026"):
        phased_progress(LABEL, [day(3)], day(2))


PHASE = {"text": "Once", "claims": ["S1.41"], "from_week": 1, "at_least": 1, "at_most": 1}
PLAN = {
    "kind": "phases", "id": "x", "version": "1", "title": "X", "summary": "X",
    "drug": "esketamine", "route": "intranasal",
}  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "says"),
    [
        ([{**PHASE, "from_week": 2}], "from week 1"),
        ([{**PHASE, "to_week": 2}, {**PHASE, "from_week": 4}], "the week after the one before"),
        ([PHASE, {**PHASE, "from_week": 5}], "the week after the one before"),
        ([{**PHASE, "from_week": 3, "to_week": 2}], "to_week: lies before from_week"),
    ],
)
def test_phases_leave_no_week_open_and_none_runs_backwards(
    phases: list[dict[str, object]], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        PhasedPolicy.model_validate({**PLAN, "phases": phases})


def test_a_phase_without_an_end_holds_every_later_week() -> None:
    phase = Phase.model_validate({**PHASE, "from_week": 9})
    assert [phase.holds(week) for week in (8, 9, 90)] == [False, True, True]


@given(st.lists(st.integers(0, 90), max_size=16), st.integers(90, 120))
def test_what_was_a_departure_stays_one_as_time_goes_on(days: list[int], later: int) -> None:
    given_days = [day(number) for number in days]
    then = {d.rule for d in phased_progress(LABEL, given_days, day(later)).departures}
    assert {d.rule for d in phased_progress(LABEL, given_days, day(90)).departures} <= then


@given(st.lists(st.integers(0, 90), max_size=16))
def test_the_order_in_which_sessions_are_listed_does_not_matter(days: list[int]) -> None:
    forwards = phased_progress(LABEL, [day(number) for number in days], day(90))
    assert forwards == phased_progress(LABEL, [day(number) for number in reversed(days)], day(90))
