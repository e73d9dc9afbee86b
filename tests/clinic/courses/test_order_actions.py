"""Signing an order: the weight of the record, the bounds, the second person, no edits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import actions, orders
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.second import SecondPerson
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.weight import WeightMethod
from mooring.core.protocols.bounds import load
from mooring.core.quantities import Kilograms, MilligramsPerMillilitre
from tests.clinic.courses.steps import (
    NOVEMBER_5,
    acting,
    days,
    decided,
    decided_for,
    signed,
    weighed,
    written,
)


def findings(order):
    return [(found["rule"], found["level"]) for found in order.findings["findings"]]


def test_the_worked_example_is_kept_as_typed(course, alice):
    """0.5 mg/kg × 70 kg of 3 November = 35 mg over 40 minutes (evidence file §7.3)."""
    order = signed(course, alice)
    order.refresh_from_db()
    assert order.written["dose"] == {"value": "0.5", "unit": "mg/kg"}
    assert order.written["weight"] == {
        "kg": "70", "measured_on": "2026-11-03", "method": "weighed"
    }  # fmt: skip
    assert (order.total_mg, order.over_minutes) == (Decimal(35), Decimal(40))
    assert (order.signed_by, order.signed_at, order.second_person) == (alice, NOVEMBER_5, None)


def test_the_stored_order_reads_back_as_the_same_order(course, patient, alice):
    order = signed(course, alice)
    order.refresh_from_db()
    assert order.as_written == written(patient)
    assert orders.concentration(order) == MilligramsPerMillilitre(10)


def test_the_snapshot_names_the_policy_its_version_and_the_day(course, alice):
    kept = signed(course, alice).findings
    assert kept["policies"] == [{"policy": "iv_racemic", "version": load("iv_racemic").version}]
    assert kept["on"] == "2026-11-05"
    # Nothing against it; what no source speaks of is kept beside.
    assert {each["level"] for each in kept["findings"]} == {"note"}


def test_the_signing_stands_in_the_audit(course, alice):
    order = signed(course, alice)
    row = orders.signing(order)
    assert row == AuditRow.objects.get(action="courses.sign_order")
    assert (row.actor_name, row.patient) == ("A. Lindqvist", course.patient_id)


@pytest.mark.parametrize("age, stands", [(90, True), (91, False)])
def test_a_weight_holds_the_order_from_its_ninety_first_day(course, alice, age, stands):
    now = NOVEMBER_5 + days(age - 2)
    decided(course.patient, alice, at=now)
    if stands:
        assert signed(course, alice, now=now).as_written.weight.value == Kilograms(70)
        return
    with pytest.raises(RefusedError, match="91 days old"):
        signed(course, alice, now=now)


def test_no_weight_holds_a_dose_by_weight_and_one_in_milligrams(patient, alice):
    decided(patient, alice)
    course = actions.start_course(
        acting(alice),
        patient=patient,
        indication="depression",
        model_of_care="infusion",
        model_reason="No therapy wished.",
        now=NOVEMBER_5,
    )
    for dose, unit in (("0.5", "mg/kg"), ("35", "mg")):
        with pytest.raises(RefusedError, match="none recorded"):
            signed(course, alice, dose=dose, unit=unit)


def test_a_weight_taken_after_the_order_was_typed_asks_to_read_it_again(course, patient, alice):
    typed = written(patient)
    weighed(patient, "72", at=NOVEMBER_5)
    with pytest.raises(RefusedError) as refused:
        actions.sign_order(
            acting(alice),
            course=course,
            order=typed,
            concentration=MilligramsPerMillilitre(10),
            now=NOVEMBER_5,
        )
    assert refused.value.field == "weight"
    assert not Order.objects.exists()


def test_a_weight_of_unknown_method_stays_unknown(course, patient, alice):
    weighed(patient, "71.236", at=NOVEMBER_5, method="")
    weight = orders.weight_of(patient)
    assert (weight.method, weight.text()) == (
        WeightMethod.UNKNOWN,
        "71.24 kg (method unknown 5 Nov 2026)",
    )
    assert signed(course, alice).total_mg == Decimal("35.62")


def test_a_weight_is_dated_by_the_clinic_s_own_day(patient, alice):
    from datetime import UTC, datetime

    # 23:30 UTC in summer is the next day in London.
    weighed(patient, at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert orders.weight_of(patient).measured_on == date(2026, 7, 2)


def test_pounds_entered_as_kilograms_are_doubted(course, patient):
    weighed(patient, "154.3", at=NOVEMBER_5)
    assert "is it in pounds?" in orders.weight_doubts(patient)[0]


def test_without_an_earlier_weight_nothing_is_compared(course, patient):
    assert orders.weight_doubts(patient) == ()


def test_a_number_that_is_no_body_weight_is_no_weight(patient):
    weighed(patient, "0.02")
    assert orders.weight_of(patient) is None
    assert orders.weight_doubts(patient) == ()


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ({"dose": "1.1", "minutes": "90"}, "highest_dose"),
        ({"dose": "0.5", "minutes": "39"}, "fastest_rate"),
    ],
)
def test_a_hard_stop_needs_a_second_person(course, alice, bob, typed, rule):
    with pytest.raises(RefusedError, match="needs a second person"):
        signed(course, alice, **typed)
    order = signed(course, alice, second=SecondPerson(bob, "Agreed after review."), **typed)
    assert (rule, "hard") in findings(order)
    assert (order.second_person, order.second_reason) == (bob, "Agreed after review.")


def test_a_hard_stop_is_not_opened_by_the_prescriber_alone(course, alice):
    with pytest.raises(RefusedError, match="someone other"):
        signed(course, alice, dose="1.1", minutes="90", second=SecondPerson(alice, "Mine."))


def test_a_hard_stop_needs_a_reason(course, alice, bob):
    with pytest.raises(RefusedError, match="in words"):
        signed(course, alice, dose="1.1", minutes="90", second=SecondPerson(bob, "  "))


@pytest.mark.parametrize("name", ["tara", "charlie", "olga", "pat"])
def test_only_a_prescriber_or_nurse_confirms(course, alice, request, name):
    other = request.getfixturevalue(name)
    with pytest.raises(RefusedError, match="prescriber or a nurse"):
        signed(course, alice, dose="1.1", minutes="90", second=SecondPerson(other, "Agreed."))


def test_a_second_person_nobody_needed_is_not_written_down(course, alice, bob):
    assert signed(course, alice, second=SecondPerson(bob, "To be sure.")).second_person is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dose": "5", "minutes": "400"}, "more than this policy ever accepts"),
        ({"line": "100"}, "undiluted"),
        ({"route": Route.INTRAMUSCULAR}, "goes into a vein, not intramuscular"),
    ],
)
def test_what_is_refused_outright_no_second_person_opens(course, alice, bob, typed, words):
    if "route" in typed:
        decided_for(course, Drug.RACEMIC_KETAMINE, typed["route"])
    with pytest.raises(RefusedError, match=words):
        signed(course, alice, second=SecondPerson(bob, "Agreed."), **typed)
    assert not Order.objects.exists()


def test_the_tenfold_decimal_slip_is_refused(course, alice, bob):
    """5 for 0.5 mg/kg: one decimal place (evidence file §7.2)."""
    with pytest.raises(RefusedError):
        signed(course, alice, dose="5", second=SecondPerson(bob, "Agreed."))


def test_only_a_prescriber_signs(course, bob, tara, charlie):
    for other in (bob, tara, charlie):
        with pytest.raises(PermissionDenied):
            signed(course, other)


def test_a_later_decision_against_the_treatment_stops_further_orders(course, patient, alice):
    decided(patient, alice, "decline", at=NOVEMBER_5)
    with pytest.raises(RefusedError, match="Not this treatment"):
        signed(course, alice)


def test_no_order_is_signed_on_a_course_that_has_ended(course, alice):
    actions.end_course(acting(alice), course=course, reason="Moved away.", now=NOVEMBER_5)
    with pytest.raises(RefusedError, match="has ended"):
        signed(course, alice)


def test_a_withdrawn_order_stays_readable_and_cannot_be_used(course, alice):
    order = signed(course, alice)
    today = clinic_day(NOVEMBER_5)
    assert orders.use_holds(order, today) == ()
    order = actions.withdraw_order(
        acting(alice), order=order, reason="Weighed anew.", now=NOVEMBER_5
    )
    assert orders.use_holds(order, today) == ("The order was withdrawn: sign a new one.",)
    assert Order.objects.get().withdrawn_reason == "Weighed anew."
    assert order.as_written.total().text() == "35 mg"


def test_an_order_is_withdrawn_once_with_a_reason_by_a_prescriber(course, alice, bob):
    order = signed(course, alice)
    with pytest.raises(PermissionDenied):
        actions.withdraw_order(acting(bob), order=order, reason="x", now=NOVEMBER_5)
    with pytest.raises(RefusedError) as refused:
        actions.withdraw_order(acting(alice), order=order, reason="", now=NOVEMBER_5)
    assert refused.value.field == "reason"
    actions.withdraw_order(acting(alice), order=order, reason="Typo.", now=NOVEMBER_5)
    with pytest.raises(RefusedError, match="already"):
        actions.withdraw_order(acting(alice), order=order, reason="Typo.", now=NOVEMBER_5)


def test_a_standing_order_waits_for_a_new_weight_once_its_own_is_stale(course, alice):
    order = signed(course, alice)
    assert orders.use_holds(order, date(2027, 2, 1)) == ()
    (held,) = orders.use_holds(order, date(2027, 2, 2))
    assert "weigh again" in held
