"""A fact corrected after the start: the start stands, and a call says what would have held it."""

from uuid import UUID

from mooring.core.session.entries import (
    AlertSeen,
    CheckIn,
    Content,
    Entry,
    InfusionPause,
    Symptom,
)
from mooring.core.session.judged_anew import RULE
from mooring.core.session.view import Alert, Phase
from tests.core.session.building import (
    CHECK_IN,
    correct,
    log,
    name_of,
    seated,
    started,
    strike,
    view,
)
from tests.core.session.building import START as PUMP

START = name_of(4)


def calls(entries: list[Entry], minute: float) -> list[Alert]:
    return [alert for alert in view(entries, minute).alerts if alert.rule == RULE]


def seen_at(minute: float) -> tuple[float, Content]:
    return minute, AlertSeen(rule=RULE, reading=START)


def test_a_baseline_corrected_to_a_pressure_that_holds_calls_until_somebody_has_seen_it():
    entries = started((10, correct(3, seated(200, 120))))
    (call,) = calls(entries, 11)
    assert call.level == "call"
    assert call.active
    assert call.trigger == START
    assert call.title == "The start would have been held"
    assert call.detail.startswith("Corrected or added since: ")
    assert "Diastolic blood pressure 120 is 110 mmHg or more" in call.detail
    (call,) = calls(started((10, correct(3, seated(200, 120))), seen_at(12)), 13)
    assert (call.active, call.seen_by) == (False, "R. Okafor")


def test_the_infusion_that_runs_is_not_taken_back():
    view_then = view(started((10, correct(3, seated(200, 120)))), 11)
    assert view_then.phase is Phase.INFUSING
    assert view_then.started_at is not None


def test_a_correction_that_changes_nothing_for_the_start_says_nothing():
    assert calls(started((10, correct(3, seated(122, 80)))), 11) == []


def test_before_the_correction_was_made_nothing_was_wrong():
    assert calls(started((10, correct(3, seated(200, 120)))), 9) == []


def test_a_struck_check_in_leaves_a_start_without_one():
    (call,) = calls(started((10, strike(1))), 11)
    assert "Check-in is not done" in call.detail


def test_a_check_in_corrected_to_food_just_before_the_start_calls():
    ate = CheckIn.model_validate(
        {**CHECK_IN.model_dump(), "last_food_at": None, "last_food": "under_30_min"}
    )
    (call,) = calls(started((10, correct(1, ate))), 11)
    assert "food" in call.detail.lower()


def test_a_symptom_charted_late_for_the_time_before_the_start_calls():
    entries = started((10, InfusionPause(reason="Patient asks")))
    late = log((-2, Symptom(symptom="chest_pain", severity="severe")))[0]
    late = late.model_copy(update={"id": UUID(int=90), "sequence": 90})
    (call,) = calls([*entries, late], 11)
    assert "Chest pain" in call.detail


def test_what_was_missing_already_when_it_was_charted_is_not_said_twice():
    """A start against what was open is marked by its own entry."""
    bare = log((-5, seated()), (0, PUMP), (10, correct(1, seated(121, 79))))
    assert [alert.rule for alert in view(bare, 11).alerts if alert.rule == RULE] == []


def test_a_correction_taken_back_takes_the_call_back():
    entries = started((10, correct(3, seated(200, 120))), (12, strike(5)))
    assert calls(entries, 11) != []
    assert calls(entries, 13) == []


def test_who_saw_the_first_correction_has_not_seen_the_next():
    entries = started((10, correct(3, seated(200, 120))), seen_at(11), (12, strike(1)))
    (call,) = calls(entries, 13)
    assert call.active
    assert "Check-in is not done" in call.detail
