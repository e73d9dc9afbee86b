"""What holds for every log of an order that no pump gives, also for logs nobody should write."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.core.session.entries import (
    Content,
    DoseGiven,
    DosingStopped,
    Entry,
    Reading,
    Sedation,
    SignOff,
    Symptom,
)
from mooring.core.session.fold import fold
from mooring.core.session.refusals import refusals
from mooring.core.session.view import Phase, SessionView
from tests.core.session.building import at, entry, log, strike
from tests.core.session.test_doses import BEFORE, NASAL, ORDER, STOPPED, left_out, spray
from tests.core.session.test_fold_properties import clinical

steps = st.integers(1, 4)
amounts = st.sampled_from(["2.5", "7.5", "10", "11", "40"])
findings: st.SearchStrategy[Content] = st.sampled_from(
    [
        Reading(systolic=165, diastolic=90), Reading(systolic=122, diastolic=80),
        Reading(spo2=91), Reading(spo2=97), Sedation(moaas=2), Sedation(moaas=5),
        Symptom(symptom="chest_pain", severity="mild"),
        Symptom(symptom="chest_pain", severity="none"),
    ]
)  # fmt: skip
doses: st.SearchStrategy[Content] = (
    st.builds(spray, steps, amounts) | st.builds(left_out, steps) | st.just(STOPPED)
)
minutes = st.integers(0, 60).map(float)
Lines = list[tuple[float, Content]]
lists = st.lists(st.tuples(minutes, doses | findings), max_size=9)
SIGNED = SignOff(clinician="A. Rivera", credential="MD", override_reason="Transferred")


def view(entries: list[Entry], minute: float) -> SessionView:
    return fold(NASAL, ORDER, entries, at(minute))


@given(lists, minutes)
def test_no_dose_is_ever_asked_for_while_a_stop_or_call_is_active(
    lines: Lines, minute: float
) -> None:
    seen = view(log(*BEFORE, *lines), minute)
    active = any(alert.active and alert.level != "caution" for alert in seen.alerts)
    asked = [due for due in seen.due if due.check == "dose"]
    assert not (active and asked)
    assert (seen.withheld is not None) is (active and seen.phase is Phase.DOSING)


@given(lists, minutes)
def test_while_doses_are_open_and_no_rule_is_active_the_first_open_one_is_asked_for(
    lines: Lines, minute: float
) -> None:
    seen = view(log(*BEFORE, *lines), minute)
    if seen.phase is not Phase.DOSING or seen.withheld is not None:
        return
    first = next(dose for dose in seen.doses if not dose.answered)
    asked = [due.label for due in seen.due if due.check == "dose"]
    assert f"Dose {first.step} of 3" in asked


@given(lists, minutes, st.integers(0, 1000))
def test_the_order_in_which_tablets_hand_over_their_entries_does_not_matter(
    lines: Lines, minute: float, seed: int
) -> None:
    entries = log(*BEFORE, *lines)
    shuffled = random.Random(seed).sample(entries, len(entries))
    assert view(entries, minute) == view(shuffled, minute)


@given(lists.filter(bool), minutes, st.integers(0, 8))
def test_a_struck_dose_equals_one_that_was_never_charted(
    lines: Lines, minute: float, pick: int
) -> None:
    entries = log(*BEFORE, *lines)
    chosen = entries[len(BEFORE) + pick % len(lines)]
    struck = [*entries, entry(99, -100, strike(chosen.sequence))]
    never = [kept for kept in entries if kept is not chosen]
    assert clinical(view(struck, minute)) == clinical(view(never, minute))


@given(lists, minutes, minutes)
def test_an_answered_dose_stays_answered_as_time_goes_on(
    lines: Lines, first: float, second: float
) -> None:
    entries = log(*BEFORE, *lines)
    earlier, later = (view(entries, minute) for minute in sorted((first, second)))
    answered = [dose.answered for dose in earlier.doses]
    assert all(after.answered for was, after in zip(answered, later.doses, strict=True) if was)


@given(lists, minutes)
def test_ended_early_says_that_a_dose_of_the_order_is_missing(lines: Lines, minute: float) -> None:
    seen = view(log(*BEFORE, *lines), minute)
    missing = any(dose.given_at is None for dose in seen.doses)
    assert seen.stopped_early is (seen.ended_at is not None and missing)


proposals = st.lists(st.tuples(st.integers(0, 9), doses | st.just(SIGNED)), max_size=14)


def taken(proposed: list[tuple[int, Content]]) -> tuple[list[Entry], float]:
    """What is left of a nurse's attempts, one after the other, once the door has refused some."""
    entries, minute = log(*BEFORE), 0.0
    for wait, content in proposed:
        minute += wait
        tried = entry(len(entries) + 1, minute, content)
        if not refusals(NASAL, ORDER, entries, tried, at(minute)):
            entries.append(tried)
    return entries, minute


@given(proposals)
@settings(max_examples=200)
def test_the_door_takes_each_dose_once_and_none_after_the_last_word(
    proposed: list[tuple[int, Content]],
) -> None:
    entries, minute = taken(proposed)
    contents = [each.content for each in entries[len(BEFORE) :]]
    answered = [c.step for c in contents if not isinstance(c, DosingStopped | SignOff)]
    assert sorted(answered) == sorted(set(answered) & {1, 2, 3})
    ends = [n for n, c in enumerate(contents) if isinstance(c, DosingStopped | SignOff)]
    doses_at = [n for n, c in enumerate(contents) if isinstance(c, DoseGiven)]
    assert not ends or all(n < ends[0] for n in doses_at)
    given_mg = sum((c.amount_mg for c in contents if isinstance(c, DoseGiven)), Decimal(0))
    assert view(entries, minute).given_mg == given_mg


@given(proposals)
@settings(max_examples=200)
def test_nobody_signs_while_a_dose_is_still_to_come(proposed: list[tuple[int, Content]]) -> None:
    entries, minute = taken(proposed)
    signed = next((each for each in entries if isinstance(each.content, SignOff)), None)
    if signed is None:
        return
    before = [each for each in entries if each.sequence < signed.sequence]
    assert view(before, minute).phase is not Phase.DOSING
