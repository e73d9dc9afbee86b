"""What an entry that no longer stands does not say any more, to anybody who reads a chart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import orders
from mooring.clinic.exposure.actions import add_pressure
from mooring.clinic.exposure.reading import looks
from mooring.clinic.interactions.reading import medication_list
from mooring.clinic.people.lists import asked_list
from mooring.clinic.people.models import ListName
from mooring.clinic.people.record import read_record
from mooring.clinic.people.weights import newest_first
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.glance import glance
from mooring.clinic.screening.standing import fingerprint, screen
from mooring.clinic.sessions.holds import start_holds
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.screen import live
from mooring.clinic.tasks.models import Task
from mooring.clinic.today.readiness import checks
from tests.clinic.courses.steps import signed, started
from tests.clinic.people.correcting import acting, added, corrected, ended, pressed, struck, weighed
from tests.clinic.screening.steps import answered, measured
from tests.clinic.screening.test_decided import decide
from tests.clinic.sessions.steps import planned, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def course(patient, alice, bob, now):
    """Screened, weighed (70 kg) and decided today; a course started."""
    measured(patient)
    answered(patient, bob)
    decide(patient, alice, now)
    return started(patient, alice, now=now)


def the_weight(patient):
    return newest_first(patient, "weight", "kg")[0]


def rules(patient, now):
    return {finding.rule for finding in screen(patient, now.date()).findings}


def task(kind):
    return Task.objects.get(kind=kind)


# Weights


def test_a_struck_weight_is_no_longer_the_newest_for_the_order(patient, bob, now):
    weighed(bob, patient, "70", taken_at=now - timedelta(days=3), now=now)
    slip = weighed(bob, patient, "72", taken_at=now, now=now)
    assert orders.weight_of(patient).value.value == 72
    struck(bob, slip, now=now)
    assert orders.weight_of(patient).value.value == 70
    assert glance(patient, now.date()).weight.value == 70
    measurements = read_record(patient, now.date()).measurements
    assert [each.value for each in measurements if each.code == "weight"] == [70]


def test_a_corrected_weight_is_the_newest_for_the_order(patient, bob, now):
    slip = weighed(bob, patient, "77", taken_at=now, now=now)
    corrected(bob, slip, value=Decimal(70), now=now)
    assert orders.weight_of(patient).value.value == 70


def test_an_order_read_with_a_weight_that_was_struck_is_not_signed(course, alice, bob, now):
    patient = course.patient
    weighed(bob, patient, "69", taken_at=now - timedelta(days=2), now=now)
    read = orders.weight_of(patient)
    struck(bob, the_weight(patient), now=now)
    with pytest.raises(RefusedError, match="another weight than this order"):
        signed(course, alice, now=now, weight=read)


@pytest.mark.parametrize("how", ["struck", "corrected"])
def test_a_signed_order_is_held_when_its_weight_no_longer_stands(course, alice, bob, now, how):
    order = signed(course, alice, now=now, line="1")
    session = planned(order, bob, at=now)
    assert orders.use_holds(order, now.date()) == ()
    row = the_weight(course.patient)
    if how == "struck":
        struck(bob, row, now=now)
    else:
        corrected(bob, row, value=Decimal(77), now=now)
    (said,) = orders.use_holds(order, now.date())
    assert said.startswith("The weight this order was signed with, 70 kg (method unknown ")
    assert f"was {how} by B. Okafor on" in said
    assert ("It says 77 kg now." in said) is (how == "corrected")
    assert said in [hold.text for hold in start_holds(order, now, session)]
    session.refresh_from_db()
    found = {each.id: each for each in checks(session, read_view(session, now))}
    assert (found["weight"].state, found["weight"].text) == (
        "block", "the weight of the order, 70 kg, no longer stands",
    )  # fmt: skip
    assert task("order_weight").owner == alice
    assert said in task("order_weight").detail


def test_the_order_s_own_page_says_that_its_weight_was_struck(course, alice, bob, signed_in, now):
    order = signed(course, alice, now=now)
    struck(bob, the_weight(course.patient), now=now)
    told = signed_in(alice).get(reverse("order", args=[order.pk])).content.decode()
    assert "was struck by B. Okafor" in told
    assert f"?order={order.pk}" not in told, "no session is planned under it from here"


def test_an_order_whose_weight_was_only_said_better_goes_on(course, alice, bob, now):
    """The number and its day stand: how it was found changes no dose."""
    order = signed(course, alice, now=now)
    corrected(bob, the_weight(course.patient), method="weighed", now=now)
    assert orders.use_holds(order, now.date()) == ()
    assert not Task.objects.filter(kind="order_weight").exists()


def test_another_weight_of_the_same_value_carries_the_order(course, alice, bob, now):
    order = signed(course, alice, now=now)
    used = the_weight(course.patient)
    weighed(bob, course.patient, "70", taken_at=now - timedelta(days=5), now=now)
    struck(bob, used, now=now)
    assert orders.use_holds(order, now.date()) == ()


def test_one_that_is_too_old_does_not(course, alice, bob, now):
    order = signed(course, alice, now=now)
    used = the_weight(course.patient)
    weighed(bob, course.patient, "70", taken_at=now - timedelta(days=91), now=now)
    struck(bob, used, now=now)
    assert len(orders.use_holds(order, now.date())) == 1


def test_a_weight_that_is_only_not_the_newest_any_more_holds_nothing(course, alice, bob, now):
    order = signed(course, alice, now=now)
    later = now + timedelta(minutes=2)
    weighed(bob, course.patient, "71", taken_at=later, now=later)
    assert orders.use_holds(order, now.date()) == ()


def test_a_running_session_says_it_and_goes_on(course, alice, bob, now):
    session = planned(signed(course, alice, now=now, line="1"), bob, at=now)
    running(bob, session, now)
    assert live(session, now)["weight_gone"] is None
    struck(bob, the_weight(course.patient), now=now)
    session.refresh_from_db()
    shown = live(session, now)
    assert "was struck by B. Okafor" in shown["weight_gone"]
    assert (1, "caution") in shown["levels"]


# Conditions, medicines and allergies


def test_a_struck_pregnancy_no_longer_holds(course, alice, bob, now):
    patient = course.patient
    row = added(bob, patient, "condition", "Pregnancy", now=now)
    assert standing(patient, now.date()).suspended
    assert task("screening_look_again").closed_at is None
    struck(bob, row, now=now)
    stands = standing(patient, now.date())
    assert not stands.suspended
    assert stands.holds == []
    assert task("screening_look_again").outcome.startswith("What was new no longer stands")


def test_a_correction_that_makes_a_rule_speak_calls_who_decided(course, alice, bob, now):
    row = added(bob, course.patient, "condition", "Schizotypal traits, to be looked at", now=now)
    corrected(bob, row, text="Schizophrenia", now=now)
    assert standing(course.patient, now.date()).suspended
    assert task("screening_look_again").owner == alice


def test_who_decided_is_told_when_what_it_rested_on_was_struck(patient, alice, bob, now):
    measured(patient)
    row = added(bob, patient, "condition", "Schizophrenia", now=now)
    answered(patient, bob)
    decide(patient, alice, now, decision="decline")
    struck(bob, row, why="of another patient with this name", now=now)
    told = task("screening_rested_on")
    assert told.owner == alice
    assert "Schizophrenia, active" in told.detail
    assert "struck by B. Okafor" in told.detail
    assert "Not this treatment" in told.detail
    decide(patient, alice, now + timedelta(minutes=1))
    assert task("screening_rested_on").closed_at is not None


def test_a_pressure_that_a_decision_rested_on_is_told_too(patient, alice, bob, now):
    answered(patient, bob)
    weighed(bob, patient, taken_at=now, now=now)
    slip = pressed(bob, patient, 182, 112, taken_at=now, now=now)
    decide(patient, alice, now, decision="evaluate")
    corrected(bob, slip, systolic=Decimal(128), diastolic=Decimal(82), now=now)
    assert "182" in task("screening_rested_on").detail


def test_what_another_entry_says_too_changes_nothing(patient, alice, bob, now):
    measured(patient)
    row, _same = [added(bob, patient, "condition", "Schizophrenia", now=now) for _ in range(2)]
    answered(patient, bob)
    decide(patient, alice, now, decision="decline")
    struck(bob, row, now=now)
    assert not Task.objects.filter(kind="screening_rested_on").exists()


@pytest.mark.parametrize(("decision", "told"), [("proceed", False), ("evaluate", True)])
def test_an_ended_medicine_is_told_where_it_may_be_what_was_waited_for(
    patient, alice, bob, now, decision, told
):
    measured(patient)
    row = added(bob, patient, "medication", "Lamotrigine 100 mg", now=now)
    answered(patient, bob)
    before = rules(patient, now)
    decide(patient, alice, now, decision=decision)
    ended(bob, row, until=now.date(), now=now)
    assert before - rules(patient, now)
    assert not standing(patient, now.date()).suspended
    assert Task.objects.filter(kind="screening_rested_on").exists() is told


def test_what_is_the_mother_s_is_no_longer_the_patient_s(course, alice, bob, now):
    row = added(bob, course.patient, "condition", "Schizophrenia", now=now)
    own = rules(course.patient, now)
    corrected(bob, row, relation="mother", now=now)
    assert rules(course.patient, now) != own
    (fact,) = read_record(course.patient, now.date()).conditions
    assert fact.relation == "mother"


def test_a_decision_page_that_shows_a_struck_entry_is_not_signed(course, alice, bob, now):
    patient = course.patient
    row = added(bob, patient, "condition", "Schizophrenia", now=now)
    seen = fingerprint(screen(patient, now.date()))
    struck(bob, row, now=now)
    assert fingerprint(screen(patient, now.date())) != seen


def test_an_ended_medicine_is_past_for_every_reader(course, bob, now):
    patient = course.patient
    row = added(bob, patient, "medication", "Diazepam 5 mg daily", now=now)
    assert [line.current for line in medication_list(patient).listed.lines] == [True]
    ended(bob, row, until=now.date(), now=now)
    assert [line.current for line in medication_list(patient).listed.lines] == [False]
    assert asked_list(patient, ListName.MEDICATIONS).current == ()
    (fact,) = read_record(patient, now.date()).medications
    assert (fact.status, fact.until) == ("stopped", now.date())


def test_a_struck_medicine_is_in_no_reader(course, bob, now):
    patient = course.patient
    struck(bob, added(bob, patient, "medication", "Diazepam 5 mg daily", now=now), now=now)
    assert medication_list(patient).listed.lines == ()
    assert read_record(patient, now.date()).medications == ()


def test_a_medicine_corrected_behind_a_signed_order_is_told(course, alice, bob, now):
    row = added(bob, course.patient, "medication", "Diazepam 5 mg daily", now=now)
    decide(course.patient, alice, now + timedelta(seconds=1))
    signed(course, alice, now=now + timedelta(seconds=2))
    struck(bob, row, now=now + timedelta(seconds=3))
    told = task("order_medicine")
    assert told.owner == alice
    assert "Diazepam 5 mg daily: struck by B. Okafor" in told.detail
    assert "That speak no more:" in told.detail


@pytest.mark.parametrize("how", [ended, corrected])
def test_a_medicine_that_means_the_same_or_only_ended_calls_nobody(course, alice, bob, now, how):
    row = added(bob, course.patient, "medication", "Diazepam 5 mg daily", now=now)
    decide(course.patient, alice, now + timedelta(seconds=1))
    signed(course, alice, now=now + timedelta(seconds=2))
    changes = {"dose": "in the evening"} if how is corrected else {}
    how(bob, row, now=now + timedelta(seconds=3), **changes)
    assert not Task.objects.filter(kind="order_medicine").exists()


# Blood pressures


def test_a_corrected_pressure_settles_what_the_watch_had_called_for(course, alice, bob, now):
    session = planned(signed(course, alice, now=now, line="1"), bob, at=now)
    running(bob, session, now)
    slip = add_pressure(
        acting(bob), patient=course.patient, systolic=Decimal(172), diastolic=Decimal(104),
        taken_at=now, now=now,
    )  # fmt: skip
    waiting = Task.objects.get(kind__startswith="watch_")
    assert waiting.closed_at is None
    corrected(bob, slip, systolic=Decimal(122), diastolic=Decimal(74), now=now)
    waiting.refresh_from_db()
    assert "corrected by B. Okafor" in waiting.outcome
    assert "172/104 mmHg" not in [look.words for look in looks(course.patient, now)]


def test_a_pressure_corrected_upwards_calls(course, alice, bob, now):
    session = planned(signed(course, alice, now=now, line="1"), bob, at=now)
    running(bob, session, now)
    row = pressed(bob, course.patient, 118, 76, taken_at=now, now=now)
    corrected(bob, row, systolic=Decimal(178), diastolic=Decimal(106), now=now)
    assert Task.objects.filter(kind__startswith="watch_", closed_at=None).count() == 1


def test_a_struck_pressure_is_not_the_last_one_of_the_record(patient, bob, now):
    struck(bob, pressed(bob, patient, taken_at=now, now=now), now=now)
    assert not patient.bloodpressures.exists()
    assert read_record(patient, now.date()).measurements == ()


def test_a_list_that_lost_its_only_entry_is_asked_again(patient, bob, now):
    """Nobody has said that there are none: that an entry was wrong does not say it."""
    struck(bob, added(bob, patient, "allergy", "Egg", since=date(2020, 1, 1), now=now), now=now)
    assert not asked_list(patient, ListName.ALLERGIES).asked
