"""Writing the last order again, and looking at two doses beside each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.courses.actions import withdraw_order
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.repeating import fields
from mooring.clinic.people.models import Measurement
from mooring.clinic.sessions.panels import pump
from tests.clinic.courses.screen import TYPED, preview, sign, text
from tests.clinic.courses.steps import acting, weighed
from tests.clinic.courses.test_order_routes import (
    BOLUS,
    DEVICES,
    INJECTION,
    SOLUTION,
    SPRAYS,
    TROCHE,
)
from tests.support.behind import delete_behind, save_behind, update_behind

EACH_KIND = [
    pytest.param({**TYPED, "way": "racemic_ketamine.intravenous_infusion"}, id="infusion"),
    pytest.param(BOLUS, id="bolus"),
    pytest.param(INJECTION, id="injection"),
    pytest.param(SPRAYS, id="sprays"),
    pytest.param(DEVICES, id="devices"),
    pytest.param(TROCHE, id="troche"),
    pytest.param({**TROCHE, "group_of": "6"}, id="in a group"),
    pytest.param(SOLUTION, id="solution"),
]


def form_page(client, course, query=""):
    return client.get(f"/courses/{course.pk}/orders/new/{query}")


def signed_from(client, course, typed):
    """Signed whatever its bounds ask for."""
    asked = {
        "reason": "Agreed.", "second_username": "bob", "second_password": "not asked for",
    }  # fmt: skip
    answer = sign(client, course, typed, **asked)
    assert answer.status_code == 302, text(answer)
    return Order.objects.first()


@pytest.mark.parametrize("typed", [each for each in EACH_KIND if each.id != "bolus"])
def test_the_form_of_a_repeated_order_writes_the_same_order_again(prescriber, today, typed):
    first = signed_from(prescriber, today, typed)
    again = {"way": typed["way"], **fields(first)}
    second = signed_from(prescriber, today, again)
    assert second.pk != first.pk
    assert second.written == first.written
    assert second.concentration_mg_per_ml == first.concentration_mg_per_ml
    assert second.group_of == first.group_of


def test_course_and_order_offer_it_and_the_form_is_filled_in(prescriber, today):
    order = signed_from(prescriber, today, {**TYPED, "dose_value": "0.4", "over_minutes": "45"})
    query = f"?way=racemic_ketamine.intravenous_infusion&repeat={order.pk}"
    for page in (reverse("course", args=[today.pk]), reverse("order", args=[order.pk])):
        assert query.replace("&", "&amp;") in prescriber.get(page).content.decode()
    empty = text(form_page(prescriber, today))
    assert "Repeat the last order" in empty
    page = form_page(prescriber, today, query).content.decode()
    assert 'name="dose_value" value="0.4"' in page
    assert 'name="over_minutes" value="45"' in page
    assert "Check every field; nothing is signed yet." in page
    assert Order.objects.count() == 1


def test_the_weight_is_read_anew_and_both_weights_are_said(prescriber, today):
    order = signed_from(prescriber, today, TYPED)
    weighed(today.patient, "77", at=timezone.now())
    page = text(form_page(prescriber, today, f"?repeat={order.pk}"))
    assert "The weight is read anew: 77 kg now, 70 kg then." in page
    assert "0.5 mg/kg × 77 kg" in text(preview(prescriber, today, TYPED))


def test_without_a_weight_on_record_the_old_one_is_not_carried_over(prescriber, today):
    order = signed_from(prescriber, today, TYPED)
    delete_behind(Measurement.objects.all())
    page = text(form_page(prescriber, today, f"?repeat={order.pk}"))
    assert "No weight is on record now, 70 kg then." in page
    assert "none recorded" in page


def test_the_last_order_is_that_of_the_route_and_not_one_that_was_withdrawn(
    prescriber, today, alice
):
    infusion = signed_from(prescriber, today, TYPED)
    sprays = signed_from(prescriber, today, SPRAYS)
    assert f"repeat={infusion.pk}" in form_page(prescriber, today).content.decode()
    nasal = form_page(prescriber, today, f"?way={SPRAYS['way']}").content.decode()
    assert f"repeat={sprays.pk}" in nasal
    withdraw_order(acting(alice), order=sprays, reason="Not meant.", now=timezone.now())
    nasal = form_page(prescriber, today, f"?way={SPRAYS['way']}").content.decode()
    assert "Repeat the last order" not in nasal


@pytest.mark.parametrize("named", ["not-an-id", "00000000-0000-0000-0000-000000000000", ""])
def test_an_order_that_is_not_there_fills_in_nothing(prescriber, today, named):
    page = form_page(prescriber, today, f"?repeat={named}")
    assert page.status_code == 200
    assert "Filled in" not in text(page)


def test_nobody_but_a_prescriber_repeats_or_compares(signed_in, today, bob, tara):
    for person in (bob, tara):
        client = signed_in(person)
        assert form_page(client, today).status_code == 403
        assert client.get(reverse("two_doses", args=[today.pk])).status_code == 403


def compared(client, course, first, second):
    sent = {**first, **{f"other-{name}": value for name, value in second.items()}}
    return client.post(reverse("two_doses", args=[course.pk]), sent)


def test_two_doses_stand_side_by_side_and_nothing_is_ordered(prescriber, today):
    page = text(compared(prescriber, today, TYPED, {**TYPED, "dose_value": "1.1"}))
    for words in (
        "<td>35 mg</td><td>77 mg</td>",
        "<td>0.5 mg/kg</td><td>1.1 mg/kg</td>",
        "10 mg/mL, pump at 5.25 mL/h",
        "10 mg/mL, pump at 11.55 mL/h",
        "Inside the bounds",
        "Hard stop: a second person and a reason",
        "1.1 mg/kg is above 1 mg/kg, the highest dose of this policy.",
    ):
        assert words in page
    # The published curves of each, asked of the page that draws them.
    assert "dose=35" in page
    assert "dose=77" in page
    assert not Order.objects.exists()


def test_a_second_dose_starts_as_the_first_and_an_open_field_is_named(prescriber, today):
    page = text(prescriber.post(reverse("two_doses", args=[today.pk]), TYPED))
    assert 'name="other-dose_value" value="0.5"' in page
    assert "Side by side" not in page
    page = text(compared(prescriber, today, TYPED, {**TYPED, "dose_value": "0,7"}))
    assert "Type a plain number with a point, for example 0.5." in page
    assert "Side by side" not in page


@pytest.mark.parametrize("typed", EACH_KIND)
def test_every_route_can_be_compared(prescriber, today, typed):
    page = compared(prescriber, today, typed, typed)
    assert page.status_code == 200
    assert "Side by side" in text(page)


def test_without_a_weight_neither_amount_nor_curve_is_made_up(prescriber, today):
    delete_behind(Measurement.objects.all())
    page = text(compared(prescriber, today, TYPED, {**TYPED, "dose_value": "0.6"}))
    assert "not known: no weight" in page
    assert "On hold: something is missing" in page
    assert "No curve: no model is asked without a weight" in page


def test_the_compared_dose_opens_the_order_form_filled_in(prescriber, today):
    page = compared(prescriber, today, TYPED, {**TYPED, "dose_value": "0.6"}).content.decode()
    assert "&amp;dose_value=0.6" in page
    opened = prescriber.get(
        f"/courses/{today.pk}/orders/new/?way=racemic_ketamine.intravenous_infusion&dose_value=0.6"
    )
    assert 'name="dose_value" value="0.6"' in opened.content.decode()


def test_a_group_s_plan_waits_for_the_number_of_its_members(prescriber, today):
    today.regimen = "sublingual_group"
    save_behind(today)
    words = text(preview(prescriber, today, TROCHE))
    assert "Group: the number of members is not recorded; 1 says that it is given alone" in words
    assert sign(prescriber, today, TROCHE).status_code == 422
    seven = text(preview(prescriber, today, {**TROCHE, "group_of": "7"}))
    assert "A group of 7 is more than 6, the most of this policy." in seven
    assert sign(prescriber, today, {**TROCHE, "group_of": "7"}).status_code == 422
    order = signed_from(prescriber, today, {**TROCHE, "group_of": "6"})
    kept = {each["policy"] for each in order.findings["policies"]}
    assert kept == {"sublingual_racemic", "sublingual_group"}
    page = text(prescriber.get(reverse("order", args=[order.pk])))
    assert "In a group of 6" in page
    assert "Racemic ketamine under the tongue, in a group" in page


@pytest.mark.parametrize(
    ("milligrams", "says"),
    [
        ("49", "49 mg is below 50 mg, the least of this policy."),
        ("201", "201 mg is above 200 mg, the usual amount."),
    ],
)
def test_a_group_s_dose_outside_50_to_200_mg_needs_a_reason(prescriber, today, milligrams, says):
    typed = {**TROCHE, "strength": milligrams, "quantity": "1", "group_of": "5"}
    assert says in text(preview(prescriber, today, typed))
    assert sign(prescriber, today, typed).status_code == 422
    assert sign(prescriber, today, typed, reason="Found in steps.").status_code == 302


def test_one_person_alone_is_no_group_whatever_the_plan(prescriber, today):
    """The dose of a member may be found in a session alone (S1.34)."""
    today.regimen = "sublingual_group"
    save_behind(today)
    alone = {**TROCHE, "strength": "30", "quantity": "1", "group_of": "1"}
    words = text(preview(prescriber, today, alone))
    assert "Given alone" in words
    assert "the least of this policy" not in words
    assert sign(prescriber, today, alone).status_code == 302


def test_what_no_one_would_mean_is_asked_about_before_it_is_signed(prescriber, today):
    slip = {**TYPED, "dose_unit": "mg"}
    words = text(preview(prescriber, today, slip))
    assert "Was 0.5 mg/kg meant? Then choose mg/kg, which is 35 mg." in words
    assert sign(prescriber, today, slip).status_code == 422
    long = {**TYPED, "over_minutes": "400", "concentration": "1"}
    assert "is slower than 0.1 mg/kg over 40 min" in text(preview(prescriber, today, long))
    assert sign(prescriber, today, long).status_code == 422
    drawn = {**INJECTION, "dose_value": "2.7", "dose_unit": "mg", "strength": "100"}
    assert "11 % more than the ordered 2.7 mg" in text(preview(prescriber, today, drawn))
    assert sign(prescriber, today, drawn).status_code == 422
    strong = {**TYPED, "dose_value": "29.5", "dose_unit": "mg", "concentration": "50"}
    assert "the pump runs at about 0.89 mL/h, slower than 2 mL/h" in text(
        preview(prescriber, today, strong)
    )
    assert sign(prescriber, today, strong).status_code == 422
    assert not Order.objects.exists()


def test_the_pump_s_rate_is_the_same_on_the_order_and_at_the_bedside(prescriber, today):
    """29.5 mg of 50 mg/mL over 40 min are 0.885 mL/h: one page said 0.88, the other 0.89."""
    strong = {**TYPED, "dose_value": "29.5", "dose_unit": "mg", "concentration": "50"}
    order = signed_from(prescriber, today, strong)
    assert pump(order)["rate_ml_per_hour"] == "0.89"
    assert "pump at about 0.89 mL/h" in text(prescriber.get(reverse("order", args=[order.pk])))


def test_an_order_is_shown_with_the_bounds_it_was_signed_under(prescriber, today):
    """A newer version of a policy draws no other line on a signed sheet."""
    order = signed_from(prescriber, today, TYPED)
    kept = {**order.findings, "policies": [{"policy": "iv_racemic", "version": "2"}]}
    update_behind(Order.objects.filter(pk=order.pk), findings=kept)
    assert "version 2" in text(prescriber.get(reverse("order", args=[order.pk])))
    unkept = {**order.findings, "policies": [{"policy": "iv_racemic", "version": "1"}]}
    update_behind(Order.objects.filter(pk=order.pk), findings=unkept)
    page = prescriber.get(reverse("order", args=[order.pk]))
    assert page.status_code == 200
    assert "version 1" in text(page)
    for before_versions in ({}, []):
        update_behind(Order.objects.filter(pk=order.pk), findings=before_versions)
        page = prescriber.get(reverse("order", args=[order.pk]))
        assert "Racemic ketamine by intravenous infusion" in text(page)


def test_a_repeated_order_of_an_earlier_course_is_offered_in_the_next(prescriber, today, alice):
    order = signed_from(prescriber, today, TYPED)
    update_behind(Order.objects.filter(pk=order.pk), signed_at=timezone.now() - timedelta(days=60))
    assert f"repeat={order.pk}" in form_page(prescriber, today).content.decode()
