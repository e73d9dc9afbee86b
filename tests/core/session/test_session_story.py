"""One session from the expected patient to the signature, as the nurse's screen sees it."""

from decimal import Decimal

from mooring.core.session.entries import (
    AlertSeen,
    CheckIn,
    Content,
    InfusionComplete,
    InfusionPause,
    InfusionResume,
    Note,
    Reading,
    Sedation,
    SignOff,
    Symptom,
)
from mooring.core.session.view import DueState, Latest, Phase, SessionView
from tests.core.session.building import (
    CHECK_IN,
    START,
    at,
    log,
    name_of,
    recovered,
    seated,
    started,
    view,
)

SIGNED = SignOff(clinician="A. Rivera", credential="MD")


def phase_of(minute: float, *lines: tuple[float, Content]) -> Phase:
    return view(started(*lines), minute).phase


def newest(seen: SessionView, check: str) -> Latest:
    return next(value for value in seen.latest if value.check == check)


def test_a_session_without_entries_is_expected_and_everything_is_unknown() -> None:
    seen = view([], 0)
    assert seen.phase is Phase.EXPECTED
    assert (seen.baseline, seen.latest, seen.due, seen.alerts) == (None, (), (), ())
    assert seen.start_blockers[0].text == "Check-in is not done"
    assert len(seen.leave_blockers) > 1
    assert seen.last_sequence == 0


def test_phases_follow_the_entries() -> None:
    assert phase_of(-21) is Phase.EXPECTED
    assert phase_of(-20) is Phase.CHECKED_IN
    assert phase_of(0) is Phase.INFUSING
    pause, resume = (10, InfusionPause(reason="Bathroom")), (15, InfusionResume())
    assert phase_of(12, pause) is Phase.PAUSED
    assert phase_of(15, pause, resume) is Phase.INFUSING
    assert phase_of(40, (40, InfusionComplete())) is Phase.RECOVERING
    assert phase_of(130, (40, InfusionComplete()), (130, SIGNED)) is Phase.SIGNED


def test_a_start_without_a_check_in_is_still_a_start() -> None:
    assert view(log((0, START)), 1).phase is Phase.INFUSING


def test_what_lies_ahead_stands_in_the_timeline_and_counts_for_nothing() -> None:
    seen = view(started((10, seated(190, 110))), 5)
    assert seen.alerts == ()
    assert len(seen.readings) == 2
    assert seen.timeline[-1].text.startswith("Blood pressure 190/110")
    assert seen.last_sequence == 5


def test_the_timeline_is_in_clinical_order_whatever_order_the_server_took() -> None:
    seen = view(started((20, Note(text="Later")), (10, Note(text="Earlier, sent late"))), 30)
    assert [item.text for item in seen.timeline[-2:]] == ["Earlier, sent late", "Later"]


def test_the_baseline_is_the_mean_of_the_two_newest_seated_pressures_before_the_start() -> None:
    readings = (
        (-30, seated(150, 95)),
        (-12, seated(121, 79, heart_rate=71, spo2=98)),
        (-8, Reading(systolic=140, diastolic=90, position="standing")),
        (-5, seated(118, 78, heart_rate=74, spo2=97)),
        (0, START),
        (5, seated(160, 95)),
    )
    found = view(log(*readings), 6).baseline
    assert found is not None
    assert (found.systolic, found.diastolic) == (Decimal("119.5"), Decimal("78.5"))
    assert (found.heart_rate, found.spo2) == (Decimal("72.5"), Decimal("97.5"))
    assert found.readings == (name_of(2), name_of(4))
    assert found.taken_at == at(-5)


def test_a_heart_rate_taken_alone_before_the_start_serves_as_its_baseline() -> None:
    alone = seated(heart_rate=None, spo2=None)
    entries = log((-12, alone), (-8, Reading(heart_rate=66)), (-5, alone), (0, START))
    found = view(entries, 1).baseline
    assert found is not None
    assert found.heart_rate == 66
    assert found.spo2 is None


def test_the_baseline_does_not_move_after_the_start() -> None:
    assert view(started((5, seated(160, 95))), 6).baseline == view(started(), 6).baseline


def test_latest_shows_value_age_and_change_from_baseline() -> None:
    seen = view(started((18, seated(134, 86, heart_rate=83, spo2=96)), (19, Sedation(moaas=5))), 20)
    pressure = newest(seen, "blood_pressure")
    assert (pressure.text, pressure.change, pressure.age_seconds) == ("134/86", "+14/+8", 120)
    assert pressure.entry == name_of(5)
    assert (newest(seen, "heart_rate").text, newest(seen, "heart_rate").change) == ("83", "+11")
    assert (newest(seen, "spo2").text, newest(seen, "spo2").change) == ("96 %", "−1")
    assert (newest(seen, "respiratory_rate").text, newest(seen, "respiratory_rate").change) == (
        "14",
        None,
    )
    assert (newest(seen, "sedation").text, newest(seen, "sedation").change) == ("5", None)


def test_an_unchanged_value_has_the_change_nought() -> None:
    assert newest(view(started((5, seated())), 6), "blood_pressure").change == "0/0"


def test_before_the_start_nothing_has_changed_yet() -> None:
    assert newest(view(started(), -4), "blood_pressure").change is None


def test_without_a_baseline_there_is_no_change() -> None:
    assert newest(view(log((0, START), (5, seated())), 6), "heart_rate").change is None


def test_a_baseline_without_a_heart_rate_gives_none_a_change() -> None:
    alone = seated(heart_rate=None)
    entries = log((-12, alone), (-5, alone), (0, START), (5, seated()))
    assert newest(view(entries, 6), "heart_rate").change is None


def test_each_vital_sign_is_the_newest_on_its_own() -> None:
    seen = view(started((10, seated(130, 80)), (12, Reading(spo2=95))), 13)
    assert newest(seen, "blood_pressure").taken_at == at(10)
    assert newest(seen, "spo2").taken_at == at(12)


def test_a_newer_device_reading_is_the_latest() -> None:
    device = Reading(spo2=94, origin="device")
    seen = view(started((10, Reading(spo2=97)), (10.1, device)), 11)
    assert newest(seen, "spo2").text == "94 %"


def test_a_device_reading_of_the_same_moment_does_not_hide_the_one_by_hand() -> None:
    device = Reading(spo2=94, origin="device")
    for lines in (((10, Reading(spo2=97)), (10, device)), ((10, device), (10, Reading(spo2=97)))):
        assert newest(view(started(*lines), 11), "spo2").text == "97 %"


def test_a_late_device_reading_does_not_replace_a_newer_one_by_hand() -> None:
    lines = ((10, Reading(spo2=97)), (9, Reading(spo2=94, origin="device")))
    assert newest(view(started(*lines), 11), "spo2").text == "97 %"


def test_policies_fire_side_by_side_each_under_its_own_name() -> None:
    lines = (
        (10, seated(165, 90, spo2=90)),
        (11, Sedation(moaas=1)),
        (12, Symptom(symptom="chest_pain", severity="severe")),
    )
    fired = [(a.policy, a.rule, a.level) for a in view(started(*lines), 13).alerts]
    assert fired == [
        ("emory_s2", "blood_pressure_rise", "stop"),
        ("spo2_92", "spo2_low", "call"),
        ("sedation_call", "sedation_deep", "call"),
        ("emory_s2", "blood_pressure_symptom", "stop"),
    ]


def test_a_fired_alert_stays_in_the_list_when_it_is_over() -> None:
    lines = ((10, seated(165, 90)), (12, seated(130, 80)))
    (alert,) = view(started(*lines), 13).alerts
    assert alert.active is False
    assert (alert.detail, alert.trigger) == ("165/90 is +45 over baseline 120/78", name_of(5))


def test_seeing_an_alert_names_the_person_and_leaves_it_active() -> None:
    seen_it = AlertSeen(rule="blood_pressure_rise", reading=name_of(5))
    (alert,) = view(started((10, seated(165, 90)), (11, seen_it)), 12).alerts
    assert (alert.seen_by, alert.seen_at, alert.active) == ("R. Okafor", at(11), True)


def test_the_first_person_who_saw_it_is_named() -> None:
    seen_it = AlertSeen(rule="blood_pressure_rise", reading=name_of(5))
    lines = ((10, seated(165, 90)), (11, seen_it), (14, seen_it))
    assert view(started(*lines), 15).alerts[0].seen_at == at(11)


def test_another_reading_or_another_rule_stays_unseen() -> None:
    lines = (
        (10, seated(165, 90)),
        (11, AlertSeen(rule="blood_pressure_rise", reading=name_of(4))),
        (11, AlertSeen(rule="spo2_low", reading=name_of(5))),
    )
    assert view(started(*lines), 12).alerts[0].seen_by is None


def test_a_high_reading_plans_a_repeat_beside_the_schedule() -> None:
    pressures = [
        (d.policy, d.due_at, d.overdue_at, d.state, d.reason)
        for d in view(started((10, seated(165, 90))), 13).due
        if d.check == "blood_pressure"
    ]
    assert pressures == [
        ("emory_s2", at(10), at(12), DueState.OVERDUE, "repeat within 2 minutes of a high reading"),
        ("emory_q10", at(20), at(22), DueState.UPCOMING, "every 10 minutes during the infusion"),
    ]


def test_what_is_due_is_in_order_of_time() -> None:
    times = [d.due_at for d in view(started((9, Reading(spo2=97))), 41).due]
    assert times == sorted(times)


def test_leaving_is_open_until_everything_is_met_and_then_says_what_it_rests_on() -> None:
    assert [b.id for b in view(recovered(), 119).leave_blockers] == ["time_since_start"]
    seen = view(recovered(), 120)
    assert seen.leave_blockers == ()
    assert "MOAA/S 5" in [line.text for line in seen.leave_met]


def test_too_much_given_does_not_keep_a_recovered_patient() -> None:
    """Drug given stays given: the alert stays active, and the criteria for leaving decide."""
    late = started((41, InfusionComplete()))
    assert [a.active for a in view(late, 60).alerts] == [True]
    assert not any(b.id.startswith("rule.") for b in view(late, 60).leave_blockers)


def test_a_signed_session_asks_for_nothing_more_and_names_who_signed() -> None:
    seen = view(recovered((121, SIGNED)), 200)
    assert seen.phase is Phase.SIGNED
    assert (seen.signed_by, seen.signed_at) == ("A. Rivera", at(121))
    assert seen.due == ()


def test_the_first_signature_counts() -> None:
    again = SignOff(clinician="B. Chen", credential="NP")
    assert view(recovered((121, SIGNED), (125, again)), 130).signed_by == "A. Rivera"


def test_what_is_open_before_the_start_is_settled_by_the_entries() -> None:
    entries = log((-20, CheckIn()), (-19, CHECK_IN), (-12, seated()), (-5, seated()))
    assert view(entries, -19.5).start_blockers != ()
    assert view(entries, 0).start_blockers == ()
