"""What stands on the bedside page and on paper, worked out without a page."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions import panels, screen
from mooring.clinic.sessions.charting import chart_of, limits
from mooring.clinic.sessions.drawing import drawing, height
from mooring.clinic.sessions.log import policies_of, read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.protocols.stopping import policy as stopping
from tests.clinic.sessions.steps import (
    BASELINE,
    CHECK_IN,
    measured,
    minute,
    ready_to_start,
    running,
    wrote,
)

pytestmark = pytest.mark.django_db


def test_every_start_blocker_leads_to_the_panel_that_answers_it(
    session: TreatmentSession, bob: User
) -> None:
    tasks = screen.live(session, minute(0))["start"]
    found = {task.text: task.panel for task in tasks}
    assert found["Check-in is not done"] == "check_in"
    assert found["SpO2 is not measured"] == "reading"
    wrote(bob, session, minute(0), {"kind": "symptom", "symptom": "chest_pain", "severity": "mild"})
    (pain,) = [t for t in screen.live(session, minute(1))["start"] if "Chest pain" in t.text]
    assert (pain.panel, json.loads(pain.fill)) == ("symptom", {"symptom": "chest_pain"})


def test_an_order_that_can_no_longer_be_used_holds_the_start(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    Order.objects.update(withdrawn_at=minute(-1), withdrawn_reason="Weight has changed")
    session = TreatmentSession.objects.get()
    (task,) = screen.live(session, minute(0))["start"]
    assert task.text.startswith("The order was withdrawn")


def test_checks_that_fall_due_together_are_one_line(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    due = screen.live(session, minute(3))["due"]
    labels = [chip.label for chip in due]
    assert "Blood pressure, heart rate, SpO2" in labels
    assert {chip.panel for chip in due} == {"reading", "sedation"}
    assert {chip.state for chip in due} == {"upcoming"}


def test_the_page_wakes_when_something_falls_due_and_again_when_it_is_late(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    assert screen.live(session, minute(3))["wake"] == minute(10)
    assert screen.live(session, minute(10.5))["wake"] == minute(12)


def test_a_finished_dose_tells_when_it_was_in(session: TreatmentSession, bob: User) -> None:
    """35 mg at 0.875 mg a minute are in after 40 minutes."""
    running(bob, session)
    assert screen.live(session, minute(39))["dose_in_at"] is None
    at = screen.live(session, minute(43))["dose_in_at"]
    assert abs(at - minute(40)) < timedelta(seconds=1)


def test_the_prefilled_rate_never_gives_more_than_was_ordered(order: Order) -> None:
    """33.33 mg over 40 min are 0.83325 mg a minute: 0.8333 would give 33.332 mg."""
    order.total_mg = Decimal("33.33")
    session = TreatmentSession(order=order, course=order.course)
    assert panels.panels(session)["rate"] == "0.8332"


def test_answers_of_several_check_ins_open_the_panel_together(
    session: TreatmentSession, bob: User
) -> None:
    wrote(bob, session, minute(-20), {"kind": "check_in", "escort_name": "Jo"})
    wrote(bob, session, minute(-10), {"kind": "check_in", "substances_today": "none"})
    answers = json.loads(screen.live(session, minute(0))["answers"])
    assert answers == {"escort_name": "Jo", "substances_today": "none"}


def test_an_alert_does_not_wait_for_a_clock_that_runs_ahead(
    session: TreatmentSession, bob: User
) -> None:
    """A tablet 90 seconds ahead writes 165/90: the banner is there at once, not 90 s later."""
    running(bob, session)
    reading = {**BASELINE, "systolic": 165, "diastolic": 90}
    wrote(bob, session, minute(11.5), reading, now=minute(10))
    (banner,) = screen.live(session, minute(10))["banners"]
    assert (banner.fact.gravest.rule, banner.fact.gravest.detail) == (
        "blood_pressure_rise",
        "165/90 is +45 over baseline 120/78",
    )


def test_a_late_entry_says_how_late_it_was_written(session: TreatmentSession, bob: User) -> None:
    wrote(bob, session, minute(-90), CHECK_IN, now=minute(0))
    (line,) = screen.live(session, minute(0))["lines"]
    assert line.late == timedelta(minutes=90)


def test_stop_lines_rise_from_the_patients_own_baseline(
    session: TreatmentSession, bob: User
) -> None:
    """Baseline 120/78: 120 + 45 = 165 and 78 + 30 = 108 (S2.44)."""
    running(bob, session)
    view = read_view(session, minute(1))
    found = limits(policies_of(session), view.baseline)
    assert [(one.measure, one.value) for one in found if one.threshold.relative] == [
        ("systolic", 165),
        ("diastolic", 108),
    ]


def test_lines_and_times_name_the_claims_behind_them(session: TreatmentSession, bob: User) -> None:
    running(bob, session)
    shown = screen.live(session, minute(5))
    behind = {c for rule in ("spo2_92", "sedation_call") for c in stopping.load(rule).claims}
    assert {"S2.44", "choice.session-pressure-high", *behind} <= set(shown["line_claims"])
    assert "emory-2018.interval-during" in shown["due_claims"]
    assert len(shown["due_claims"]) == len(set(shown["due_claims"]))


def test_without_a_baseline_there_is_no_line_for_a_rise(session: TreatmentSession) -> None:
    assert not [one for one in limits(policies_of(session), None) if one.threshold.relative]


def test_the_chart_counts_from_the_start_of_the_infusion(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    row = measured(bob, session, minute(10), "134/86")
    chart = chart_of(policies_of(session), read_view(session, minute(12)))
    assert chart["zero"] == minute(0).isoformat()
    assert chart["end"] == minute(40).isoformat()
    assert chart["readings"][-1] == {
        "id": str(row.pk), "at": minute(10).isoformat(), "systolic": 134, "diastolic": 86,
        "heart_rate": None, "spo2": None,
    }  # fmt: skip
    assert "blood pressure 134/86" in chart["label"]


def test_before_the_start_the_chart_counts_from_the_first_reading(
    session: TreatmentSession, bob: User
) -> None:
    wrote(bob, session, minute(-8), BASELINE)
    chart = chart_of(policies_of(session), read_view(session, minute(0)))
    assert chart["zero"] == minute(-8).isoformat()
    assert json.dumps(chart)


def test_paper_draws_what_was_measured_and_nothing_else(
    session: TreatmentSession, bob: User
) -> None:
    assert drawing(read_view(session, minute(0)), []) is None
    running(bob, session)
    measured(bob, session, minute(10), "134/86")
    drawn = drawing(read_view(session, minute(20)), [])
    assert drawn is not None
    marks = {curve.shape: [mark.text for mark in curve.marks] for curve in drawn.curves}
    assert marks["systolic"] == ["120", "120", "134"]
    assert marks["heart_rate"] == ["72", "72"]
    assert [bar.text for bar in drawn.pump] == ["0.875 mg/min"]


def test_on_paper_higher_values_stand_higher_and_none_leaves_the_sheet() -> None:
    assert height(200) < height(120) < height(40)
    assert height(260) == height(200)
    assert height(20) == height(40)
