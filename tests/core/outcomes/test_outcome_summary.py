"""What one patient's curve shows on one day, and what stays unknown."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core import evidence
from mooring.core.outcomes import (
    DEFINITIONS,
    DatedScore,
    Met,
    OutcomeSummary,
    ResponderType,
    curve,
    summary,
)

START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
RESPONSE = "response.phq9.50"
BELOW_5 = "remission.phq9.lt5"
AT_MOST_5 = "remission.phq9.le5"
ALL = (RESPONSE, BELOW_5, AT_MOST_5)


def day(number: float) -> datetime:
    """That many days after the first infusion began."""
    return START + timedelta(days=number)


def seen(
    scores: dict[float, int | None],
    sessions: list[float],
    as_of: float = 60,
    due: tuple[float, ...] = (),
    definitions: tuple[str, ...] = ALL,
    others: Sequence[float] = (),
) -> OutcomeSummary:
    """The summary of scores by day, sessions by day; `others` among them were no infusions."""
    return summary(
        [DatedScore(day(at), total) for at, total in scores.items()],
        [day(at) for at in sessions],
        [day(at) for at in due],
        day(as_of),
        definitions,
        [day(at) for at in others],
    )


# --- baseline, latest, change ---


def test_the_baseline_is_the_last_score_before_the_first_infusion() -> None:
    found = seen({-9: 21, -1: 18, 1: 12}, [0])
    assert found.baseline is not None
    assert found.baseline.total == 18


def test_a_score_an_hour_before_the_infusion_on_the_same_day_is_baseline() -> None:
    found = seen({-1 / 24: 20, 1: 12}, [0])
    assert found.baseline is not None
    assert found.baseline.total == 20


def test_a_score_at_the_moment_the_infusion_begins_is_no_baseline() -> None:
    assert seen({0: 20}, [0]).baseline is None


def test_the_change_is_a_percentage_of_the_baseline() -> None:
    assert seen({-1: 16, 1: 12}, [0]).change_percent == Decimal(-25)
    assert seen({-1: 16, 1: 20}, [0]).change_percent == Decimal(25)


def test_an_incomplete_form_is_neither_baseline_nor_latest_nor_zero() -> None:
    found = seen({-2: 18, -1: None, 1: 9, 2: None}, [0])
    assert found.baseline is not None
    assert found.latest is not None
    assert (found.baseline.total, found.latest.total) == (18, 9)


def test_what_lies_after_the_day_of_looking_is_left_out() -> None:
    found = seen({-1: 18, 1: 12, 8: 4}, [0, 7], as_of=5, due=(0.5, 7.5))
    assert found.latest is not None
    assert (found.latest.total, found.sessions, found.due) == (12, 1, 1)


def test_days_since_the_last_infusion_are_whole_days_of_24_hours() -> None:
    assert seen({}, [0, 3], as_of=9.9).days_since_last_session == 6
    assert seen({}, [], as_of=9).days_since_last_session is None


def test_the_curve_counts_the_sessions_before_each_score() -> None:
    points = curve([DatedScore(day(at), 10) for at in (8, -1, 1)], [day(7), day(0)], as_of=day(9))
    assert [(point.taken_at, point.sessions_before) for point in points] == [
        (day(-1), 0),
        (day(1), 1),
        (day(8), 2),
    ]


# --- response and remission ---


@pytest.mark.parametrize(
    ("baseline", "latest", "met"),
    [(18, 9, Met.YES), (18, 10, Met.NO), (17, 8, Met.YES), (17, 9, Met.NO), (18, 0, Met.YES)],
)
def test_response_is_a_fall_to_half_of_the_baseline_or_below(
    baseline: int, latest: int, met: Met
) -> None:
    assert seen({-1: baseline, 1: latest}, [0]).result(RESPONSE).met is met


@pytest.mark.parametrize(
    ("latest", "below_5", "at_most_5"),
    # Evidence file §11 T15: a score of 5 is remission in the VA cohort and not in Osmind's.
    [(4, Met.YES, Met.YES), (5, Met.NO, Met.YES), (6, Met.NO, Met.NO), (0, Met.YES, Met.YES)],
)
def test_remission_is_told_by_the_name_of_its_definition(
    latest: int, below_5: Met, at_most_5: Met
) -> None:
    found = seen({-1: 18, 1: latest}, [0])
    assert found.result(BELOW_5).met is below_5
    assert found.result(AT_MOST_5).met is at_most_5


def test_without_a_baseline_response_is_unknown_and_remission_is_not() -> None:
    found = seen({1: 4}, [0])
    assert found.result(RESPONSE).met is Met.UNKNOWN
    assert found.result(BELOW_5).met is Met.YES
    assert found.change_percent is None


def test_without_a_score_after_the_first_infusion_everything_is_unknown() -> None:
    for found in (seen({-1: 3}, [0]), seen({-1: 3}, []), seen({-1: 3, 1: None}, [0])):
        assert {result.met for result in found.results} == {Met.UNKNOWN}
        assert found.change_percent is None


def test_a_baseline_of_zero_cannot_fall_by_half() -> None:
    found = seen({-1: 0, 1: 0, 2: 0}, [0])
    assert found.result(RESPONSE).met is Met.UNKNOWN
    assert found.change_percent is None
    assert found.responder.type is ResponderType.UNDETERMINED


def test_each_definition_carries_the_number_of_its_claim() -> None:
    base = evidence.load()
    fall, below, at_most = (base.claim(name).quantity for name in ALL)
    assert fall is not None
    assert below is not None
    assert at_most is not None
    assert fall.text == "at least 50 %"
    assert below.text == "less than 5 points"
    assert at_most.text == "at most 5 points"
    assert DEFINITIONS[RESPONSE].line(20) == Decimal(10)
    assert DEFINITIONS[RESPONSE].line(None) is None
    assert DEFINITIONS[BELOW_5].line(None) == Decimal(4)
    assert DEFINITIONS[AT_MOST_5].line(20) == Decimal(5)
    assert all(definition.claims == (name,) for name, definition in DEFINITIONS.items())


def test_a_definition_that_was_not_asked_for_is_not_answered() -> None:
    found = seen({-1: 18, 1: 4}, [0], definitions=(BELOW_5,))
    with pytest.raises(KeyError, match=re.escape(RESPONSE)):
        found.result(RESPONSE)
    assert found.responder.type is ResponderType.UNDETERMINED
    assert found.responder.lost is Met.UNKNOWN


# --- answers due ---


def test_answers_are_counted_against_the_moments_they_fell_due() -> None:
    found = seen({-1: 18, 1: 12, 16: 9}, [0], as_of=20, due=(-2, 1, 8, 15, 22))
    assert (found.answered, found.due) == (3, 4)


def test_two_answers_to_one_due_moment_count_once_and_an_incomplete_one_not() -> None:
    found = seen({1: 12, 2: 11, 8: None}, [0], as_of=20, due=(1, 8))
    assert (found.answered, found.due) == (1, 2)


def test_an_answer_before_anything_was_due_counts_for_nothing() -> None:
    found = seen({-3: 18}, [0], as_of=20, due=(-2,))
    assert (found.answered, found.due) == (0, 1)


# --- responder types: S4.50 to S4.54, evidence file §11 T17 ---

TWICE_WEEKLY: list[float] = [0, 3, 7, 10, 14, 17]


def scores_with_response_from(infusion: int | None, given: int) -> dict[float, int | None]:
    """A score a day after each infusion: 18 until that infusion, 6 from it on."""
    after = {
        TWICE_WEEKLY[number - 1] + 1: 6 if infusion is not None and number >= infusion else 18
        for number in range(1, given + 1)
    }
    return {-1: 18, **after}


@pytest.mark.parametrize(
    ("infusion", "given", "expected"),
    [
        (1, 6, ResponderType.EARLY),
        (2, 6, ResponderType.EARLY),
        (3, 6, ResponderType.STANDARD),
        (4, 6, ResponderType.STANDARD),
        (5, 6, ResponderType.LATE),
        (None, 6, ResponderType.NON_RESPONDER),
        (None, 5, ResponderType.UNDETERMINED),
        (None, 4, ResponderType.UNDETERMINED),
        (None, 1, ResponderType.UNDETERMINED),
    ],
)
def test_the_type_goes_by_the_infusion_the_response_began_with(
    infusion: int | None, given: int, expected: ResponderType
) -> None:
    found = seen(scores_with_response_from(infusion, given), TWICE_WEEKLY[:given])
    assert found.responder.type is expected
    assert found.responder.session == infusion


def test_one_good_score_waits_for_the_next_before_it_counts() -> None:
    # A first response after the sixth infusion: neither late nor non-responder yet.
    waiting = scores_with_response_from(6, 6)
    assert seen(waiting, TWICE_WEEKLY).responder.type is ResponderType.UNDETERMINED
    confirmed = {**waiting, 25: 7}
    assert seen(confirmed, TWICE_WEEKLY).responder.type is ResponderType.LATE
    gone = {**waiting, 25: 15}
    assert seen(gone, TWICE_WEEKLY).responder.type is ResponderType.NON_RESPONDER


def test_a_single_good_score_between_two_others_is_not_sustained() -> None:
    found = seen({-1: 18, 1: 6, 4: 14, 8: 7, 11: 8}, TWICE_WEEKLY[:4])
    assert found.responder.type is ResponderType.STANDARD
    assert found.responder.session == 3
    assert found.responder.since == day(8)


def test_six_infusions_without_a_score_after_the_sixth_stay_undetermined() -> None:
    scores = scores_with_response_from(None, 5)
    assert seen(scores, TWICE_WEEKLY).responder.type is ResponderType.UNDETERMINED


def test_without_a_baseline_the_type_stays_undetermined() -> None:
    scores = scores_with_response_from(1, 6)
    del scores[-1]
    assert seen(scores, TWICE_WEEKLY).responder.type is ResponderType.UNDETERMINED


# --- sessions by another route: S4.50 to S4.54 tell the types by infusions ---


def test_a_course_by_another_route_has_a_response_and_no_responder_type() -> None:
    found = seen(scores_with_response_from(3, 6), TWICE_WEEKLY, others=TWICE_WEEKLY).responder
    assert found.type is ResponderType.NOT_COUNTED
    assert (found.session, found.since) == (3, day(TWICE_WEEKLY[2] + 1))


def test_six_sessions_by_another_route_without_a_response_make_no_non_responder() -> None:
    scores = scores_with_response_from(None, 6)
    assert seen(scores, TWICE_WEEKLY).responder.type is ResponderType.NON_RESPONDER
    one_spray = seen(scores, TWICE_WEEKLY, others=TWICE_WEEKLY[3:4])
    assert one_spray.responder.type is ResponderType.NOT_COUNTED


def test_a_type_found_while_all_sessions_were_infusions_stays_after_a_spray() -> None:
    """A response with the second infusion is early, whatever is given from the third session on."""
    found = seen(scores_with_response_from(2, 6), TWICE_WEEKLY, others=TWICE_WEEKLY[2:])
    assert found.responder.type is ResponderType.EARLY


def test_a_spray_that_is_planned_after_the_day_of_looking_changes_nothing() -> None:
    scores = scores_with_response_from(None, 6)
    found = seen(scores, [*TWICE_WEEKLY, 30], as_of=20, others=[30])
    assert found.responder.type is ResponderType.NON_RESPONDER
    assert found.treatment == "infusion"


def test_response_remission_and_loss_do_not_depend_on_the_route() -> None:
    scores: dict[float, int | None] = {-1: 18, 1: 4, 4: 4, 11: 15, 18: 16}
    infused, sprayed = seen(scores, [0, 3]), seen(scores, [0, 3], others=[0, 3])
    assert infused.results == sprayed.results
    assert infused.responder.lost is sprayed.responder.lost is Met.YES
    assert infused.responder.lost_at == sprayed.responder.lost_at == day(11)


def test_the_sentence_of_a_course_by_another_route_speaks_of_sessions() -> None:
    found = seen({-1: 18, 4: 12}, [0, 3], as_of=4, others=[3], definitions=(RESPONSE,))
    assert found.sentence().startswith(
        "PHQ-9 18 before the first session, 12 at the latest score, less than a day ago, "
        "after 2 sessions (−33 %)."
    )
    without = seen({-1: 18}, [0], as_of=4, others=[0], definitions=(RESPONSE,))
    assert without.sentence().startswith("No complete PHQ-9 since the first session")


# --- loss of response: two scores in a row above half of the baseline, a week apart ---

RESPONDED: dict[float, int | None] = {-1: 18, 1: 6, 4: 6}


@pytest.mark.parametrize(
    ("later", "lost"),
    [
        ({}, Met.NO),
        ({11: 9}, Met.NO),
        ({11: 10}, Met.UNKNOWN),
        ({11: 10, 18: 10}, Met.YES),
        ({11: 10, 17: 12}, Met.YES),
        ({11: 10, 16.9: 12}, Met.UNKNOWN),
        ({11: 10, 18: 9, 25: 10}, Met.UNKNOWN),
        ({11: 10, 18: 9, 25: 9}, Met.NO),
        ({11: 10, 18: None, 25: 10}, Met.YES),
        ({11: 10, 12: 10, 13: 10}, Met.UNKNOWN),
        ({11: 10, 14: 10, 17: 10}, Met.YES),
        ({11: 10, 18: 10, 25: 4}, Met.YES),
    ],
)
def test_a_response_is_lost_with_two_scores_in_a_row_above_half_a_week_apart(
    later: dict[float, int | None], lost: Met
) -> None:
    found = seen({**RESPONDED, **later}, [0, 3]).responder
    assert found.lost is lost
    assert found.lost_at == (day(11) if lost is Met.YES else None)


def test_who_never_responded_has_nothing_to_lose() -> None:
    found = seen(scores_with_response_from(None, 6), TWICE_WEEKLY).responder
    assert (found.lost, found.lost_at) == (Met.UNKNOWN, None)


# --- the sentence ---


def test_the_sentence_tells_course_definitions_and_how_much_it_rests_on() -> None:
    found = seen({-1: 18, 1: 12, 8: 8}, [0, 7], as_of=11, due=(-1, 1, 5, 8))
    assert found.sentence() == (
        "PHQ-9 18 before the first infusion, 8 at the latest score, 3 days ago, after 2 infusions "
        "(−56 %). Response (half of the first score or less): yes. "
        "Remission (below 5, as the Osmind cohort counts): no. "
        "Remission (5 or less, as the Veterans Affairs cohort counts): no. "
        "This rests on 3 of 4 answers due."
    )


def test_the_sentence_says_when_there_is_nothing_to_compare_with() -> None:
    found = seen({1: 12}, [0], as_of=2, due=(1,), definitions=(RESPONSE,))
    assert found.sentence() == (
        "PHQ-9 12 at the latest score, 1 day ago, after 1 infusion; there is no score before the "
        "first infusion to compare with. Response (half of the first score or less): unknown. "
        "This rests on 1 of 1 answers due."
    )


def test_the_sentence_says_when_the_course_is_unknown() -> None:
    assert seen({-1: 18}, [0], due=(-1, 1)).sentence() == (
        "No complete PHQ-9 since the first infusion: the course is unknown. "
        "This rests on 1 of 2 answers due."
    )


def test_the_sentence_tells_a_lost_response() -> None:
    found = seen({**RESPONDED, 11: 12, 18: 12}, [0, 3])
    assert "A sustained response was lost again." in found.sentence()


def test_a_baseline_of_zero_is_told_without_a_percentage() -> None:
    assert "%" not in seen({-1: 0, 1: 2}, [0]).sentence()


# --- what is refused ---


@pytest.mark.parametrize("ids", [(), ("response.phq9.40",), (RESPONSE, "remission")])
def test_an_unknown_definition_is_refused_with_those_there_are(ids: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=f"choose from {re.escape(RESPONSE)}"):
        seen({}, [], definitions=ids)


def test_definitions_of_two_measures_do_not_share_a_summary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = DEFINITIONS[RESPONSE].model_copy(update={"id": "other", "measure": "gad7"})
    monkeypatch.setitem(DEFINITIONS, "other", other)
    with pytest.raises(ValueError, match="all must be of one measure"):
        seen({}, [], definitions=(RESPONSE, "other"))


def test_a_time_without_a_zone_is_refused() -> None:
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValueError, match="taken_at: a time needs its zone"):
        DatedScore(naive, 3)
    with pytest.raises(ValueError, match="needs its zone"):
        summary([], [naive], [], START, ALL)
    with pytest.raises(ValueError, match="needs its zone"):
        summary([], [], [], naive, ALL)


# --- for every series of scores ---

totals = st.one_of(st.none(), st.integers(0, 27))
series = st.dictionaries(st.integers(-5, 60), totals, max_size=15)


@given(series, st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_the_order_in_which_scores_and_infusions_are_listed_does_not_matter(
    scores: dict[float, int | None], sessions: list[float]
) -> None:
    backwards = dict(reversed(scores.items()))
    assert seen(scores, sessions) == seen(backwards, sessions[::-1])


@given(series, st.lists(st.integers(0, 40), max_size=8, unique=True))
def test_a_type_needs_a_baseline_and_non_response_needs_six_infusions(
    scores: dict[float, int | None], sessions: list[float]
) -> None:
    found = seen(scores, sessions)
    if found.responder.type is ResponderType.NON_RESPONDER:
        assert found.sessions >= 6
    if found.responder.type is not ResponderType.UNDETERMINED:
        assert found.baseline is not None
    assert (found.responder.session is None) is (found.responder.since is None)


def test_the_sentence_says_a_score_of_today_as_less_than_a_day_ago() -> None:
    found = seen({-1: 18, 1: 12}, [0], as_of=1, due=(-1, 1), definitions=(RESPONSE,))
    assert found.sentence().startswith(
        "PHQ-9 18 before the first infusion, 12 at the latest score, less than a day ago, "
        "after 1 infusion (−33 %)."
    )
