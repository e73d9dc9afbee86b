"""Screening by what is planned, and by the side that the clinic takes where sources differ."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.prescriptions.switch import switch_take_home
from mooring.clinic.screening import actions as screening
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.screening.standing import fingerprint, screen
from mooring.clinic.sessions.holds import start_holds
from mooring.core.protocols.screening import Tier
from tests.clinic.courses.steps import signed, started, weighed
from tests.clinic.screening.steps import actor, answered, measured, shown
from tests.support.behind import update_behind
from tests.support.clinical import half_a_milligram

VEIN = {
    "way": "racemic_ketamine.intravenous_infusion",
    "indication": "depression",
    "model_of_care": "infusion",
}
ESKETAMINE = {**VEIN, "way": "esketamine.intranasal", "model_of_care": "medicine"}
GROUP = {**VEIN, "way": "racemic_ketamine.sublingual", "model_of_care": "group"}
HOME = {**GROUP, "model_of_care": "home"}
PAIN = {**VEIN, "indication": "pain"}
MUSCLE = {**VEIN, "way": "racemic_ketamine.intramuscular", "model_of_care": "medicine"}


@pytest.fixture
def now():
    return timezone.now()


def choose(patient, by, now, plan):
    drug, _, route = plan["way"].partition(".")
    facts = {"indication": plan["indication"], "model_of_care": plan["model_of_care"]}
    return screening.choose_plan(
        actor(by), patient=patient, drug=drug, route=route, now=now, **facts
    )


def decide(patient, alice, now):
    seen = fingerprint(screen(patient, now.date()))
    facts = {"decision": "proceed", "reason": "Discussed.", "seen": seen, "now": now}
    return screening.decide(actor(alice), patient=patient, **facts)


def tiers(patient, now):
    return {each.rule: each.tier for each in screen(patient, now.date()).findings}


def test_until_a_plan_is_chosen_the_page_says_so(patient, bob, signed_in):
    told = shown(signed_in(bob), patient)
    assert "not chosen yet" in told
    assert "Ketamine by vein, for depression" in told


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (VEIN, "Ketamine by vein, for depression"),
        (ESKETAMINE, "Esketamine by the nose, by its label"),
        (GROUP, "Ketamine under the tongue, in a group"),
        (PAIN, "Ketamine for chronic pain"),
        (MUSCLE, "Ketamine by another route than the vein, in the clinic"),
    ],
)
def test_the_plan_that_is_chosen_on_the_page_chooses_the_policy(
    patient, bob, signed_in, plan, title
):
    answer = signed_in(bob).post(reverse("screening_plan", args=[patient.pk]), plan)
    assert answer.status_code == 302
    assert title in shown(signed_in(bob), patient)


def test_the_interview_asks_what_the_policy_asks(patient, bob, signed_in, now):
    choose(patient, bob, now, ESKETAMINE)
    page = signed_in(bob).get(reverse("screening_answer", args=[patient.pk])).content.decode()
    assert "enrolled in the safety program" in page
    choose(patient, bob, now, PAIN)
    page = signed_in(bob).get(reverse("screening_answer", args=[patient.pk])).content.decode()
    assert "glaucoma" in page
    assert "antidepressant trials" not in page


def test_a_group_is_judged_by_its_own_gates(patient, bob, now):
    answered(patient, bob, suicidality="moderate")
    assert tiers(patient, now)["suicidality-moderate"] is Tier.EVALUATE
    choose(patient, bob, now, GROUP)
    assert tiers(patient, now)["suicidality-moderate"] is Tier.BLOCK


def test_home_is_off_until_the_clinic_switches_it_on(patient, bob, olga, signed_in, now):
    page = signed_in(bob).post(reverse("screening_plan", args=[patient.pk]), HOME)
    assert page.status_code == 422
    assert "the switch is off" in page.content.decode()
    switch_take_home(actor(olga), on=True, reason="Agreed by all prescribers.", now=now)
    choose(patient, bob, now, HOME)
    assert screen(patient, now.date()).policy == "take_home"


def test_what_cannot_be_is_refused(patient, bob, olga, now):
    switch_take_home(actor(olga), on=True, reason="Agreed by all prescribers.", now=now)
    with pytest.raises(RefusedError, match="never handed out for use at home"):
        choose(patient, bob, now, {**ESKETAMINE, "model_of_care": "home"})
    with pytest.raises(RefusedError, match="No product"):
        choose(patient, bob, now, {**VEIN, "way": "esketamine.oral"})
    with pytest.raises(RefusedError, match="those listed"):
        choose(patient, bob, now, {**VEIN, "indication": "boredom"})


def test_only_those_in_care_choose_a_plan(patient, olga, signed_in):
    answer = signed_in(olga).post(reverse("screening_plan", args=[patient.pk]), VEIN)
    assert answer.status_code == 403


def test_the_decision_keeps_what_it_was_made_for(patient, alice, bob, now):
    measured(patient)
    answered(patient, bob)
    plan = choose(patient, bob, now, VEIN)
    made = decide(patient, alice, now)
    assert (made.plan, made.policy, made.policy_version) == (plan, "iv_ketamine", "2")


def test_a_course_for_what_another_policy_judges_does_not_start(patient, alice, bob, now):
    measured(patient)
    answered(patient, bob)
    choose(patient, bob, now, VEIN)
    decide(patient, alice, now)
    with pytest.raises(RefusedError, match="judged by “Ketamine for chronic pain”"):
        started(patient, alice, now=now, indication="pain")
    started(patient, alice, now=now)


def test_an_order_by_another_route_than_decided_for_is_held(patient, alice, bob, signed_in, now):
    measured(patient)
    answered(patient, bob)
    choose(patient, bob, now, MUSCLE)
    decide(patient, alice, now)
    course = started(patient, alice, now=now, model_of_care="medicine")
    weighed(patient, at=now)
    with pytest.raises(RefusedError, match="Screen for it first"):
        signed(course, alice, now=now)
    address = reverse("order_new", args=[course.pk])
    page = signed_in(alice).get(f"{address}?way=racemic_ketamine.subcutaneous").content.decode()
    assert "intramuscular, and not for" in html.unescape(page)
    page = signed_in(alice).get(f"{address}?way=racemic_ketamine.intramuscular").content.decode()
    assert "On hold" not in page


def test_a_decision_made_without_a_plan_is_one_for_ketamine_by_vein(
    patient, alice, bob, signed_in, now
):
    measured(patient)
    answered(patient, bob)
    decide(patient, alice, now)
    course = started(patient, alice, now=now)
    address = reverse("order_new", args=[course.pk])
    page = signed_in(alice).get(f"{address}?way=esketamine.intranasal").content.decode()
    assert "judged by “Esketamine by the nose, by its label”" in html.unescape(page)


def test_a_decision_of_a_build_without_plans_is_not_held_for_its_route(patient, alice, bob, now):
    """Nothing could be chosen then: it was meant for what was given."""
    measured(patient)
    answered(patient, bob)
    decide(patient, alice, now)
    course = started(patient, alice, now=now)
    order = course.orders.create(**half_a_milligram(now.date()), findings={}, signed_by=alice,
                                 signed_at=now)  # fmt: skip
    assert start_holds(order, now) == []
    update_behind(Course.objects.all(), indication="pain")
    (hold,) = start_holds(Order.objects.get(), now)
    assert "“Ketamine by vein, for depression”" in hold.text
    update_behind(ScreeningDecision.objects.all(), policy_version="1")
    assert start_holds(Order.objects.get(), now) == []


# --- sides ---


def post(client, disagreement, side, reason="Agreed in the team meeting."):
    facts = {"disagreement": disagreement, "side": side, "reason": reason}
    return client.post(reverse("screening_sides"), facts)


def test_the_owner_chooses_a_side_and_every_screening_page_names_it_with_the_other(
    patient, bob, olga, signed_in, now
):
    told = shown(signed_in(bob), patient)
    assert "A shorter history of antidepressants is named and weighed" in told
    assert "as shipped" in told
    answer = post(signed_in(olga), "D09", "antidepressants-first")
    assert answer.status_code == 302
    told = shown(signed_in(bob), patient)
    assert "Antidepressants first: a shorter history is evaluated" in told
    assert "The other side:" in told
    assert "Early, without waiting for treatment resistance" in told
    assert "Agreed in the team meeting." in told


def test_the_side_that_is_followed_changes_what_holds(patient, bob, olga, now):
    answered(patient, bob, antidepressant_trials="1", hypertension="untreated-or-uncontrolled")
    assert tiers(patient, now)["few-trials"] is Tier.CAUTION
    assert tiers(patient, now)["hypertension-uncontrolled"] is Tier.BLOCK
    for disagreement, side in (
        ("D09", "antidepressants-first"),
        ("D14", "untreated-pressure-evaluated"),
    ):
        screening.take_side(
            actor(olga), disagreement=disagreement, side=side, reason="Agreed.", now=now
        )
    assert tiers(patient, now)["few-trials"] is Tier.EVALUATE
    assert tiers(patient, now)["hypertension-uncontrolled"] is Tier.EVALUATE


def test_a_decision_is_looked_at_again_when_the_clinic_takes_a_graver_side(
    patient, alice, bob, olga, now
):
    measured(patient)
    answered(patient, bob, antidepressant_trials="1")
    decide(patient, alice, now)
    assert not standing(patient, now.date()).suspended
    screening.take_side(
        actor(olga), disagreement="D09", side="antidepressants-first", reason="Agreed.", now=now
    )
    (new,) = standing(patient, now.date()).new
    assert (new.finding.rule, new.known_rule) == ("few-trials", True)


def test_a_side_wants_a_reason_and_an_owner(bob, alice, olga, signed_in, now):
    assert post(signed_in(olga), "D09", "early", "").status_code == 422
    assert post(signed_in(olga), "D09", "no-such-side").status_code == 422
    for person in (alice, bob):
        assert signed_in(person).get(reverse("screening_sides")).status_code == 403
    with pytest.raises(RefusedError, match="one of the sides"):
        screening.take_side(actor(olga), disagreement="D10", side="x", reason="y", now=now)
    with pytest.raises(RefusedError, match="Say why"):
        screening.take_side(actor(olga), disagreement="D09", side="early", reason=" ", now=now)
