"""The dose found in steps: every case of the policy, the arithmetic, and what goes home."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.protocols.ladders import (
    Answer,
    Decision,
    LadderCase,
    Taken,
    Trouble,
    cases,
    home_gates,
    load,
    standing,
)
from mooring.core.protocols.ladders.policy import FOLDER, LadderPolicy, Step
from mooring.core.protocols.screening import load_policy
from mooring.core.quantities import Milligrams, Millilitres
from tests.support.released import released

FIRST = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
POLICY = load("intranasal_steps")
TODAY = date(2026, 11, 20)
YES = {
    gate.id: Answer(
        yes=True,
        words="Jo Marsh, 555 0101" if gate.names else "",
        on=TODAY if gate.within else None,
    )
    for gate in POLICY.home
}


def taken(step: int, days: int = 0, decision: Decision | None = Decision.GO_ON) -> Taken:
    """A step that went as planned."""
    start = FIRST + timedelta(days=days)
    known = 1 <= step <= len(POLICY.steps)
    end = start + timedelta(minutes=POLICY.steps[step - 1].sprays_at_minutes[-1] if known else 0)
    return Taken(
        step=step,
        started_at=start,
        day=start.date(),
        ended_at=end,
        given=POLICY.amount(step) if known else None,
        watched_until=end + timedelta(hours=3),
        checklist=dict.fromkeys(POLICY.checklist.items, Trouble.NONE),
        reviewed_at=start + timedelta(hours=24),
        decision=decision,
    )


@pytest.mark.parametrize(
    ("name", "version", "case"),
    [
        pytest.param(name, version, case, id=f"{name} v{version}: {case.id}")
        for name, version in released(FOLDER)
        for case in cases(name, version)
    ],
)
def test_the_ladder_stands_where_its_case_says(name: str, version: str, case: LadderCase) -> None:
    found = case.standing(load(name, version), FIRST)
    assert found.next_step == case.next_step
    assert found.ended == case.ended
    assert tuple(hold.rule for hold in found.holds) == case.holds
    assert tuple(note.rule for note in found.notes) == case.notes


def test_the_steps_are_10_30_and_50_mg_with_their_sprays_ten_minutes_apart() -> None:
    # Evidence file T04: 10/30/50 mg, 1/3/5 sprays, the last at minute 0/20/40 (S2.68, S2.71-72).
    assert [POLICY.amount(step) for step in (1, 2, 3)] == [
        Milligrams(10),
        Milligrams(30),
        Milligrams(50),
    ]
    assert [step.sprays for step in POLICY.steps] == [1, 3, 5]
    assert [step.sprays_at_minutes[-1] for step in POLICY.steps] == [0, 20, 40]


def test_a_month_is_40_sprays_and_400_mg_and_with_the_steps_44_and_440_mg() -> None:
    # Evidence file §6: 5 sprays twice a week for four weeks; 40 sprays of 0.1 mL are 4.0 mL.
    assert POLICY.course_sprays == 40
    assert POLICY.total(40) == Milligrams(400)
    assert POLICY.volume(40) == Millilitres(4)
    assert POLICY.sprays_with_titration == 44
    assert POLICY.total(44) == Milligrams(440)


def test_the_numbers_are_those_of_the_claims_they_cite() -> None:
    base = evidence.load()
    spray = {quantity.of: quantity.value for quantity in base.claim("S2.65").quantities}
    assert POLICY.spray.ml == spray["volume of a spray"]
    assert POLICY.spray.amount.value == spray["in a spray"]
    strength = base.claim("S2.64").quantity
    review = base.claim("S2.73").quantity
    register = base.claim("choice.prescription-register-age").quantity
    assert strength is not None
    assert review is not None
    assert register is not None
    assert POLICY.spray.mg_per_ml == strength.value
    assert POLICY.review.hours == review.value
    course = {quantity.of: quantity.value for quantity in base.claim("S2.74").quantities}
    assert POLICY.course.doses_per_week == course["doses"]
    watch = {quantity.of: quantity.value for quantity in base.claim("S2.68").quantities}
    assert POLICY.watch.hours == watch["wait"]
    asks = {gate.id: gate.asks for gate in POLICY.home}
    assert f"within {register.value} days" in asks["register"]
    within = {gate.id: gate.within for gate in POLICY.home}
    assert within["register"].value == register.value


def test_a_review_that_is_due_says_so_and_one_to_come_says_when() -> None:
    step = taken(1, decision=None)
    unreviewed = replace(step, reviewed_at=None)
    early = standing(POLICY, [unreviewed], FIRST + timedelta(hours=23), date(2026, 11, 3))
    due = standing(POLICY, [unreviewed], FIRST + timedelta(hours=24), date(2026, 11, 3))
    assert [hold.text for hold in early.holds] == [
        "The review of step 1 comes 24 hours after the step."
    ]
    assert [hold.text for hold in due.holds] == ["The review of step 1 is due."]


def test_the_ladder_is_done_only_after_the_last_step_was_reviewed() -> None:
    steps = [taken(1), taken(2, 1), taken(3, 2)]
    after = FIRST + timedelta(days=3)
    assert standing(POLICY, steps, after, after.date()).done
    assert not standing(POLICY, steps[:2], after, after.date()).done
    ended = [*steps[:2], taken(3, 2, Decision.END)]
    assert not standing(POLICY, ended, after, after.date()).done


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([2], "step: 2 was taken before step 1"),
        ([1, 3], "step: 3 was taken before step 2"),
        ([0], "step: the ladder has steps 1 to 3, not 0"),
        ([1, 2, 3, 4], "step: the ladder has steps 1 to 3, not 4"),
    ],
)
def test_no_step_is_skipped_or_made_up(steps: list[int], said: str) -> None:
    went = [taken(step, days) for days, step in enumerate(steps)]
    with pytest.raises(ValueError, match=said):
        standing(POLICY, went, FIRST + timedelta(days=9), date(2026, 11, 11))


@given(st.lists(st.sampled_from(list(Decision)), max_size=8))
def test_no_step_is_ever_more_than_one_above_the_highest_taken(decisions: list[Decision]) -> None:
    went: list[Taken] = []
    for number, decision in enumerate(decisions):
        now = FIRST + timedelta(days=number)
        found = standing(POLICY, went, now, now.date())
        assert found.holds == ()
        if found.next_step is None:
            return
        highest = max((one.step for one in went), default=0)
        assert found.next_step <= highest + 1
        went.append(taken(found.next_step, number, decision))


# --- what holds whatever was taken ---

DECIDED = st.sampled_from([None, *Decision])
MILLIGRAMS = st.none() | st.integers(0, 60).map(Milligrams)


@st.composite
def climbs(draw: st.DrawFn) -> list[Taken]:
    """Steps on days of their own, none above the one after the highest before."""
    went: list[Taken] = []
    for day in range(draw(st.integers(0, 6))):
        highest = max((one.step for one in went), default=0)
        step = draw(st.integers(1, min(highest + 1, len(POLICY.steps))))
        one = taken(step, day, draw(DECIDED))
        went.append(replace(one, given=draw(MILLIGRAMS)))
    return went


def looked_at(went: list[Taken], days: int = 30):
    now = FIRST + timedelta(days=days)
    return standing(POLICY, went, now, now.date())


@given(climbs(), st.integers(1, 3), DECIDED, MILLIGRAMS)
def test_a_later_session_never_takes_a_step_away(went, step, decision, given_mg) -> None:
    highest = max((one.step for one in went), default=0)
    later = taken(min(step, highest + 1), len(went), decision)
    before, after = looked_at(went), looked_at([*went, replace(later, given=given_mg)])
    assert before.behind <= after.behind


@given(climbs(), st.randoms(use_true_random=False))
def test_the_order_of_the_sessions_does_not_matter(went, random) -> None:
    assert looked_at(random.sample(went, len(went))) == looked_at(went)


@given(climbs())
def test_the_next_step_is_never_above_one_that_gave_less(went) -> None:
    found = looked_at(went)
    if went and found.next_step is not None and went[-1].step not in found.behind:
        assert found.next_step <= went[-1].step
    told = {int(note.text.split()[1]) for note in found.notes}
    assert told.isdisjoint(found.behind)


@given(climbs(), st.integers(1, 3), DECIDED)
def test_what_is_done_stays_done_in_the_course_that_follows(went, step, decision) -> None:
    if looked_at(went).done:
        assert looked_at([*went, taken(step, len(went), decision)]).done


def test_three_hours_of_watching_begin_with_the_last_spray() -> None:
    """S2.71: three sprays within 20 minutes, then three hours of waiting."""
    second = taken(2, 1)
    from_the_first = second.started_at + timedelta(hours=3)
    early = looked_at([taken(1), replace(second, watched_until=from_the_first)])
    assert [hold.text for hold in early.holds] == [
        "Step 2 was watched for less than 3 hours after its last spray."
    ]
    unknown = looked_at([taken(1), replace(second, ended_at=None)])
    assert [hold.text for hold in unknown.holds] == [
        "Nobody wrote down when the last spray of step 2 was given."
    ]


@pytest.mark.parametrize(
    "evening",
    [  # In New York the clocks go back on 1 Nov 2026 at 2:00 and forward on 14 Mar 2027.
        datetime(2026, 10, 31, 18, tzinfo=ZoneInfo("America/New_York")),
        datetime(2027, 3, 13, 18, tzinfo=ZoneInfo("America/New_York")),
    ],
)
def test_24_hours_pass_on_the_nights_when_the_clocks_change(evening) -> None:
    """A review at the same hour by the clock comes after 25 hours in autumn, 23 in spring."""
    by_the_clock = evening + timedelta(hours=24)
    passed = by_the_clock.astimezone(UTC) - evening.astimezone(UTC)
    assert passed != timedelta(hours=24)
    one = replace(
        taken(1), started_at=evening, ended_at=evening, day=evening.date(),
        watched_until=evening + timedelta(hours=3), reviewed_at=by_the_clock,
    )  # fmt: skip
    found = standing(POLICY, [one], by_the_clock, by_the_clock.date())
    assert (found.holds == ()) is (passed >= timedelta(hours=24))


# --- before anything goes home ---


def gates(answers, *, on: bool = True, record=None):
    return home_gates(POLICY, switched_on=on, answers=answers, today=TODAY, record=record)


def test_nothing_goes_home_as_shipped() -> None:
    assert [hold.rule for hold in gates(YES, on=False)] == ["switched_off"]


def test_every_question_needs_a_yes_and_silence_is_no_yes() -> None:
    assert gates(YES) == ()
    silent = gates({})
    assert [hold.rule for hold in silent] == [gate.id for gate in POLICY.home]
    assert all(hold.text.startswith("Not answered:") for hold in silent)
    no = gates({**YES, "sitter": Answer(yes=False)})
    assert [(hold.rule, hold.text.split(":")[0]) for hold in no] == [("sitter", "Answered with no")]
    unknown = gates({**YES, "register": Answer(None)})
    assert [hold.rule for hold in unknown] == ["register"]


def test_a_yes_names_who_stays_and_where_it_is_locked_away() -> None:
    bare = gates({**YES, "sitter": Answer(yes=True), "locked": Answer(yes=True, words=" ")})
    assert [hold.text for hold in bare] == [
        "Not written down: who stays with the patient, and how that adult is reached.",
        "Not written down: where it is locked away.",
    ]


@pytest.mark.parametrize(
    ("days_ago", "says"),
    [
        (0, None),
        (7, None),
        (8, "is more than 7 days ago"),
        (-1, "is still to come"),
        (None, "No day is written down"),
    ],
)
def test_the_register_was_looked_up_on_a_day_within_7_days(days_ago, says) -> None:
    on = None if days_ago is None else TODAY - timedelta(days=days_ago)
    holds = gates({**YES, "register": Answer(yes=True, on=on)})
    assert [says in hold.text for hold in holds] == ([] if says is None else [True])


def test_a_yes_against_the_record_says_why() -> None:
    record = {"no_depressants": ["Benzodiazepine on the medication list"]}
    (hold,) = gates(YES, record=record)
    assert hold.text.startswith("The record says: Benzodiazepine on the medication list.")
    why = {**YES, "no_depressants": Answer(yes=True, words="Stopped in May, list not yet changed.")}
    assert gates(why, record=record) == ()


def test_an_answer_to_a_question_nobody_asks_is_refused() -> None:
    with pytest.raises(KeyError, match="does not ask cat"):
        gates({"cat": Answer(yes=True)})


def test_what_speaks_against_a_yes_are_rules_that_the_screening_has() -> None:
    known = {rule.id for rule in load_policy("iv_ketamine").rules}
    assert {rule for gate in POLICY.home for rule in gate.beside} <= known


@pytest.mark.parametrize("minutes", [[10], [0, 10, 10], [0, 20, 10], []])
def test_spray_times_start_at_zero_and_rise(minutes: list[int]) -> None:
    with pytest.raises(ValidationError, match="sprays_at_minutes"):
        Step(sprays_at_minutes=tuple(minutes), claims=("S2.68",))


def test_a_ladder_whose_steps_do_not_rise_does_not_load() -> None:
    steps = [{"sprays_at_minutes": [0, 10], "claims": ["S2.71"]}] * 2
    with pytest.raises(ValidationError, match="each step has more sprays"):
        LadderPolicy.model_validate({**POLICY.model_dump(), "steps": steps})


def test_starting_with_the_full_dose_is_no_rule_here() -> None:
    # S2.75 and S2.100 are dangerous and excluded (evidence file §7.1).
    cited = str(POLICY.model_dump())
    assert "S2.75" not in cited
    assert "S2.100" not in cited
