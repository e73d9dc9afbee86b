"""Absolute, relative and symptom rules side by side: each for itself, and one banner a fact."""

import pytest

from mooring.core.session.entries import AlertSeen, Content, Entry, Reading, Sedation, Symptom
from mooring.core.session.facts import Fact, facts
from mooring.core.session.fold import fold
from mooring.core.session.policies import session_policies
from mooring.core.session.view import SessionView
from tests.core.session.building import (
    CHECK_IN,
    PLAN,
    START,
    at,
    correct,
    log,
    name_of,
    seated,
    started,
)

EVERY_RULE = session_policies(
    (
        "emory_s2", "pressure_high", "pressure_low", "heart_rate_limits", "breathing_limits",
        "spo2_92", "spo2_88", "sedation_call",
    ),
    "emory_q10", "iv_start", "iv_recovery",
)  # fmt: skip


def view(entries: list[Entry], minute: float) -> SessionView:
    return fold(EVERY_RULE, PLAN, entries, at(minute))


def banners(entries: list[Entry], minute: float) -> tuple[Fact, ...]:
    return facts(alert for alert in view(entries, minute).alerts if alert.active)


def infusing(systolic: int, diastolic: int, *lines: tuple[float, Content]) -> list[Entry]:
    """An infusion from minute 0 on a baseline of its own; the first line is entry 5."""
    before = seated(systolic, diastolic)
    return log((-20, CHECK_IN), (-12, before), (-5, before), (0, START), *lines)


@pytest.mark.parametrize(
    ("baseline", "reading", "level"),
    [
        ((150, 95), Reading(systolic=180, diastolic=110), "call"),
        ((150, 95), Reading(systolic=180, diastolic=115), "stop"),
        ((150, 95), Reading(systolic=194, diastolic=124), "stop"),
        ((178, 119), Reading(systolic=222, diastolic=148), "stop"),
        ((120, 78), Reading(heart_rate=160), "call"),
        ((120, 78), Reading(respiratory_rate=6), "stop"),
        ((120, 78), Reading(heart_rate=24), "stop"),
        ((120, 78), Reading(respiratory_rate=3), "stop"),
        ((120, 78), Reading(systolic=60, diastolic=30), "stop"),
        ((120, 78), Reading(spo2=91), "call"),
        ((120, 78), Reading(spo2=87), "stop"),
        ((120, 78), Reading(heart_rate=0), "stop"),
        ((120, 78), Reading(respiratory_rate=0), "stop"),
        ((120, 78), Reading(spo2=0), "stop"),
    ],
)
def test_a_limit_speaks_at_once(baseline: tuple[int, int], reading: Reading, level: str) -> None:
    (banner,) = banners(infusing(*baseline, (20, reading)), 20)
    assert banner.level == level
    assert banner.trigger == name_of(5)


def test_one_reading_that_meets_three_rules_is_one_banner_that_names_all() -> None:
    (banner,) = banners(started((20, Reading(systolic=200, diastolic=130))), 20)
    assert [(alert.rule, alert.level) for alert in banner.alerts] == [
        ("blood_pressure_rise", "stop"),
        ("pressure_high_stop", "stop"),
        ("pressure_high_call", "call"),
    ]
    assert banner.gravest.detail == "200/130 is +80/+52 over baseline 120/78"
    assert banner.claims == (
        "S2.44",
        "choice.session-pressure-high",
        "murrough-2013.stopped-for-blood-pressure",
    )


def test_the_record_keeps_each_rule_for_itself() -> None:
    seen = view(started((20, Reading(systolic=200, diastolic=130))), 20)
    assert [(alert.policy, alert.rule) for alert in seen.alerts] == [
        ("emory_s2", "blood_pressure_rise"),
        ("pressure_high", "pressure_high_call"),
        ("pressure_high", "pressure_high_stop"),
    ]


def test_different_facts_are_banners_of_their_own_the_gravest_first() -> None:
    both = Reading(heart_rate=160, spo2=85)
    found = banners(started((20, both), (21, Symptom(symptom="chest_pain", severity="mild"))), 21)
    assert [(fact.gravest.subject, fact.level) for fact in found] == [
        ("spo2", "stop"),
        ("chest_pain", "stop"),
        ("heart_rate", "call"),
    ]


SEEN = AlertSeen(
    rule="blood_pressure_rise",
    also=("pressure_high_stop", "pressure_high_call"),
    reading=name_of(5),
)


def test_seeing_the_banner_covers_what_it_named() -> None:
    high = Reading(systolic=200, diastolic=130)
    (banner,) = banners(started((20, high), (21, SEEN)), 21)
    assert banner.unseen == ()
    assert [alert.seen_by for alert in banner.alerts] == ["R. Okafor"] * 3


def test_what_the_banner_did_not_name_stays_unseen() -> None:
    """180/115 is seen without the stop over 200; corrected to what meets it, it is unseen."""
    rise_alone = AlertSeen(rule="blood_pressure_rise", reading=name_of(5))
    (banner,) = banners(started((20, Reading(systolic=185, diastolic=90)), (21, rise_alone)), 21)
    assert [alert.rule for alert in banner.unseen] == ["pressure_high_call"]


def test_a_worse_new_fact_is_a_new_banner() -> None:
    first, worse = Reading(systolic=182, diastolic=90), Reading(systolic=205, diastolic=118)
    called = AlertSeen(rule="blood_pressure_rise", also=("pressure_high_call",), reading=name_of(5))
    (banner,) = banners(started((20, first), (21, called), (22, worse)), 22)
    assert (banner.trigger, banner.level) == (name_of(7), "stop")
    assert len(banner.unseen) == 3


def test_a_correction_that_makes_it_worse_is_unseen_again() -> None:
    first, worse = Reading(systolic=182, diastolic=90), Reading(systolic=205, diastolic=118)
    called = AlertSeen(rule="blood_pressure_rise", also=("pressure_high_call",), reading=name_of(5))
    (banner,) = banners(started((20, first), (21, called), (22, correct(5, worse))), 22)
    assert len(banner.unseen) == 3


def test_one_high_reading_asks_for_one_repeat_however_many_rules_it_meets() -> None:
    seen = view(started((20, seated(200, 130)), (20, Sedation(moaas=5))), 20)
    (repeat,) = [due for due in seen.due if due.due_at == at(20)]
    assert repeat.reason == "repeat within 2 minutes of a high reading"
    assert repeat.claims == ("choice.high-reading-repeat",)


def test_a_low_pressure_asks_for_no_repeat_first() -> None:
    seen = view(started((20, seated(60, 30))), 20)
    assert [due for due in seen.due if due.due_at == at(20)] == []


def test_a_dose_far_over_the_order_is_one_banner_beside_that_of_the_pressure() -> None:
    """35 mg ordered over 40 minutes: by minute 45 the pump gave 39.375 mg, a tenth over it."""
    found = banners(started((45, Reading(systolic=200, diastolic=130))), 46)
    assert [fact.gravest.subject for fact in found] == ["dose", "blood_pressure"]
    assert [alert.level for alert in found[0].alerts] == ["stop", "caution"]
