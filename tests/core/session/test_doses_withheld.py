"""A stop rule between two doses: what is in cannot be stopped (S4.43), what is to come waits."""

from mooring.core import evidence
from mooring.core.session.entries import Content, Reading, Sedation, Symptom
from mooring.core.session.view import DueState, Phase
from tests.core.session.building import correct
from tests.core.session.test_doses import STOPPED, doses_due, left_out, seen, spray

HIGH = Reading(systolic=165, diastolic=90)
"""45 over the baseline of 120/78: the rule of S2.44."""
LOWER = Reading(systolic=150, diastolic=85)


def test_a_stop_rule_between_two_sprays_leaves_the_next_one_unasked() -> None:
    view = seen((0, spray(1)), (8, HIGH), minute=11)
    assert doses_due(view) == []
    assert view.withheld is not None
    assert view.withheld.text == (
        "A rule is active (Blood pressure rise): no further dose is asked for. What went in "
        "cannot be stopped, so the checks go on"
    )
    assert view.withheld.claims == ("S4.43", "S2.44")
    assert evidence.load().claim("S4.43").statement


def test_the_checks_go_on_while_doses_are_withheld() -> None:
    view = seen((0, spray(1)), (8, HIGH), minute=11)
    assert {"blood_pressure", "heart_rate", "spo2", "sedation"} <= {due.check for due in view.due}


def test_nothing_is_ended_by_the_rule_and_each_dose_still_wants_an_answer() -> None:
    view = seen((0, spray(1)), (8, HIGH), minute=11)
    assert (view.phase, view.ended_at) == (Phase.DOSING, None)
    assert [dose.answered for dose in view.doses] == [True, False, False]


def test_once_the_rule_is_over_the_dose_is_due_where_it_was() -> None:
    view = seen((0, spray(1)), (8, HIGH), (12, LOWER), minute=13)
    assert view.withheld is None
    assert doses_due(view)[0] == ("Dose 2 of 3", 10, DueState.OVERDUE)


def test_a_symptom_a_low_saturation_and_deep_sedation_withhold_as_well() -> None:
    fired: tuple[Content, ...] = (
        Symptom(symptom="chest_pain", severity="mild"),
        Reading(spo2=91),
        Sedation(moaas=2),
    )
    for content in fired:
        assert doses_due(seen((0, spray(1)), (8, content), minute=11)) == []


def test_a_caution_withholds_nothing() -> None:
    """11 mg where 10 were ordered in each of two sprays: more than planned, not more than all."""
    more = seen((0, spray(1, "20")), (10, spray(2, "11")), minute=21)
    assert [alert.level for alert in more.alerts] == ["caution"]
    assert [label for label, _, _ in doses_due(more)] == ["Dose 3 of 3"]


def test_far_more_than_ordered_withholds_the_rest() -> None:
    far = seen((0, spray(1, "34")), minute=11)
    assert "stop" in {alert.level for alert in far.alerts}
    assert doses_due(far) == []


def test_before_the_first_dose_and_after_the_last_word_there_is_nothing_to_withhold() -> None:
    """Before it, the rule holds the start; after it, it holds the leaving."""
    assert seen((-1, Reading(spo2=91)), minute=0).withheld is None
    stopped = seen((0, spray(1)), (8, HIGH), (9, STOPPED), minute=11)
    assert stopped.withheld is None
    assert any(b.id == "rule.blood_pressure_rise" for b in stopped.leave_blockers)


def test_a_dose_that_was_given_all_the_same_is_charted_and_counts() -> None:
    view = seen((0, spray(1)), (8, HIGH), (10, spray(2)), (11, left_out(3)), minute=12)
    assert (view.given_mg, view.stopped_early) == (20, True)


def test_a_stop_rule_that_a_correction_took_back_withholds_nothing() -> None:
    lines = ((0, spray(1)), (8, HIGH), (9, correct(5, LOWER)))
    assert seen(*lines, minute=11).withheld is None
