"""Writing an order by every route: only the fields of the route, the order as it will be done."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from mooring.clinic.courses.models import Order
from mooring.clinic.courses.order_forms import order_form
from mooring.clinic.courses.ways import USUAL, way, ways
from mooring.clinic.sessions.actions import schedule
from mooring.core.drugs.written import read as read_written
from mooring.core.drugs.written import write
from tests.clinic.courses.screen import TYPED, preview, read, sign, text
from tests.clinic.courses.steps import acting

SPRAYS = {
    "way": "racemic_ketamine.intranasal",
    "product": "ketamine_nasal_spray_100",
    "sprays": "3",
    "apart": "10",
    "first": "right",
}
DEVICES = {
    "way": "esketamine.intranasal",
    "product": "esketamine_nasal_device_28",
    "devices": "2",
}
INJECTION = {
    "way": "racemic_ketamine.intramuscular",
    "dose_value": "0.5",
    "dose_unit": "mg/kg",
    "strength": "50",
}
SKIN = {**INJECTION, "way": "racemic_ketamine.subcutaneous"}
BOLUS = {**TYPED, "way": "racemic_ketamine.intravenous_bolus", "dose_value": "0.05"}
TROCHE = {
    "way": "racemic_ketamine.sublingual",
    "product": "ketamine_troche",
    "strength": "50",
    "quantity": "2",
    "counted": "hydrochloride",
}
SOLUTION = {
    **TROCHE,
    "way": "racemic_ketamine.oral",
    "product": "ketamine_oral_solution",
    "quantity": "1.5",
}


def order(typed):
    """The order that the form makes of what is typed, without a page."""
    form = order_form(way(typed["way"]), typed)
    assert form.is_valid(), form.errors
    return form.order(None)


def problems(typed):
    """What the form says would be right."""
    form = order_form(way(typed["way"]), typed)
    assert not form.is_valid()
    return {field: str(said[0]) for field, said in form.errors.items()}


def test_only_drugs_and_routes_that_a_product_is_made_for_are_offered():
    assert USUAL in ways()
    offered = {each.id for each in ways()}
    assert "esketamine.intranasal" in offered
    assert "esketamine.intravenous_infusion" not in offered
    assert "esketamine.oral" not in offered
    assert way("ketoprofen.intramuscular") is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            SPRAYS,
            "KETAmine (racemic) 30 mg, intranasal: 3 sprays of 10 mg (100 mg/mL), "
            "at minutes 0, 10, 20, nostrils in turn, right first",
        ),
        (DEVICES, "esKETAmine 56 mg, intranasal: 2 devices of 28 mg, 5 minutes apart"),
        (
            {**INJECTION, "dose_unit": "mg", "dose_value": "35"},
            "KETAmine (racemic) 35 mg, one intramuscular injection",
        ),
        (
            {**SKIN, "dose_unit": "mg", "dose_value": "35"},
            "KETAmine (racemic) 35 mg, one subcutaneous injection",
        ),
        (
            TROCHE,
            "KETAmine (racemic) 100 mg, sublingual: 2 troches of 50 mg (hydrochloride)",
        ),
        (
            SOLUTION,
            "KETAmine (racemic) 75 mg, oral: 1.5 mL oral solution of 50 mg/mL (hydrochloride)",
        ),
    ],
)
def test_each_route_reads_as_one_sentence(typed, sentence):
    assert order(typed).sentence() == sentence


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({**SPRAYS, "sprays": "2.5"}, "sprays", "Type a whole number, for example 3."),
        ({**SPRAYS, "apart": ""}, "apart", "Type how many minutes lie between two sprays."),
        (
            {**SPRAYS, "at": "0, 10, 25"},
            "at",
            "Type the distance or the minute of each spray, not both.",
        ),
        (
            {**SPRAYS, "apart": "", "at": "0, 10"},
            "at",
            "Number of sprays: 3. Minutes typed here: 2.",
        ),
        (
            {**SPRAYS, "apart": "", "at": "5, 10, 25"},
            "at",
            "The first spray is at minute 0, for example 0, 10, 25.",
        ),
        (
            {**SPRAYS, "apart": "", "at": "0, 10, 10"},
            "at",
            "Each spray is later than the one before.",
        ),
        (
            {**SPRAYS, "apart": "", "at": "0, ten, 1e2"},
            "at",
            "Type plain minutes with commas, for example 0, 10, 25.",
        ),
        (
            {**SPRAYS, "apart": "", "at": "0, 10, 601"},
            "at",
            "At most 40 sprays within 600 minutes.",
        ),
        ({**SPRAYS, "first": "up"}, "first", "Choose one."),
        ({**DEVICES, "gap": "3"}, "gap", "At least 5 minutes lie between two devices."),
        ({**DEVICES, "product": "ketamine_troche"}, "product", "Choose one."),
        ({**TROCHE, "quantity": "1.5"}, "quantity", "Pieces are counted whole, for example 2."),
        ({**TROCHE, "counted": ""}, "counted", "Choose one."),
        ({**INJECTION, "strength": ""}, "strength", "Choose one."),
        (
            {**BOLUS, "strength": "10", "concentration": "50"},
            "concentration",
            "The vial holds 10 mg/mL: what comes from it is not stronger.",
        ),
    ],
)
def test_what_cannot_be_ordered_says_what_would_be_right(typed, field, words):
    assert problems(typed) == {field: words}


def test_sprays_at_their_own_minutes_are_ordered_and_kept_as_typed():
    typed = order({**SPRAYS, "apart": "", "at": "0, 10 25.5"})
    assert [str(minute.value) for minute in typed.at] == ["0", "10", "25.5"]
    assert "at minutes 0, 10, 25.5, nostrils in turn, right first" in typed.sentence()
    assert read_written(write(typed)) == typed


def test_one_spray_needs_no_distance():
    assert len(order({**SPRAYS, "sprays": "1", "apart": ""}).at) == 1


def test_a_route_shows_its_own_fields_and_no_others(prescriber, today):
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/?way=racemic_ketamine.intranasal"))
    assert "Number of sprays" in page
    assert "Concentration in the line" not in page
    assert "Over how many minutes" not in page


def test_a_link_of_another_page_fills_the_form_in_and_signs_nothing(prescriber, today):
    typed = "&".join(f"{name}={said}" for name, said in SPRAYS.items())
    address = f"/courses/{today.pk}/orders/new/?{typed}&read=anything&colour=blue&second_password=x"
    page = text(prescriber.get(address))
    assert "Filled in from another page" in page
    assert re.search('name="sprays" value="3"', page)
    assert re.search('name="first" value="right"[^>]* checked', page)
    assert "blue" not in page
    assert not Order.objects.exists()


def test_what_a_link_filled_in_is_shown_as_it_is_and_judged_only_once_it_is_typed(
    prescriber, today
):
    address = f"/courses/{today.pk}/orders/new/?way={INJECTION['way']}&dose_value=a+few&strength=7"
    response = prescriber.get(address)
    page = text(response)
    assert response.status_code == 200
    assert 'name="dose_value" value="a few"' in page
    assert not re.search('name="strength"[^>]* checked', page)
    assert "Type a plain number" not in page


def test_a_form_that_nothing_filled_in_does_not_say_so(prescriber, today):
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/?way={SPRAYS['way']}"))
    assert "Filled in from another page" not in page


def test_a_drug_by_a_route_that_no_product_knows_is_not_there(prescriber, today):
    address = f"/courses/{today.pk}/orders/new/?way=esketamine.oral"
    assert prescriber.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kind", "total"),
    [
        (SPRAYS, "nasal_spray", 30),
        (DEVICES, "nasal_device", 56),
        (INJECTION, "injection", 35),
        (SKIN, "injection", 35),
        (BOLUS, "bolus", 3.5),
        (TROCHE, "by_mouth", 100),
        (SOLUTION, "by_mouth", 75),
    ],
)
def test_an_order_by_every_route_is_signed_kept_and_read_again(
    prescriber, today, typed, kind, total
):
    response = sign(prescriber, today, typed, reason="As planned together.")
    kept = Order.objects.get()
    assert (kept.kind, float(kept.total_mg)) == (kind, total)
    assert kept.in_a_line is (kind == "bolus")
    page = prescriber.get(response.headers["Location"])
    sentence = kept.as_written.sentence()
    assert sentence in text(page).replace("\u00a0", " ")
    assert sentence in text(prescriber.get(f"/courses/{today.pk}/")).replace("\u00a0", " ")


def test_sprays_are_shown_with_their_minute_and_side(prescriber, today):
    page = text(preview(prescriber, today, SPRAYS))
    assert "One spray into the right nostril" in page
    assert "One spray into the left nostril" in page
    for minute in ("0 min", "10 min", "20 min"):
        assert minute in page


def test_an_injection_shows_its_volume_and_what_the_vial_leaves(prescriber, today):
    """35 mg of 50 mg/mL are 0.7 mL; a 10 mL vial holds 500 mg, and 9.3 mL = 465 mg stay."""
    page = text(preview(prescriber, today, INJECTION))
    assert "0.7 mL of 50 mg/mL" in page
    assert "a full one holds 500 mg" in page
    assert "Left over: 9.3 mL = 465 mg" in page
    assert "Drawn from a vial of 50 mg/mL" in page


def test_what_no_source_bounds_is_said_and_holds_nothing_up(prescriber, today):
    page = text(preview(prescriber, today, INJECTION))
    assert "Not bounded: No source that was read gives how much of it" in page
    assert "Inside the bounds of “Racemic ketamine into a muscle”" in page


def test_where_earlier_doses_are_counted_the_page_says_whose_record_counts(prescriber, today):
    said = "Earlier doses are counted from this clinic’s record alone."
    assert said in text(preview(prescriber, today, SPRAYS))
    signed = sign(prescriber, today, SPRAYS, reason="As planned together.")
    assert said in text(prescriber.get(signed.headers["Location"]))


def test_outside_what_is_usual_needs_the_prescriber_s_reason_and_nobody_else(prescriber, today):
    """60 mg is above 50 mg, the usual amount of the nasal spray (Lapidus 2014)."""
    six = {**SPRAYS, "sprays": "6"}
    page = text(preview(prescriber, today, six))
    assert "Outside what is usual" in page
    assert sign(prescriber, today, six).status_code == 422
    assert not Order.objects.exists()
    assert sign(prescriber, today, six, reason="Titrated up to it.").status_code == 302
    kept = Order.objects.get()
    assert (kept.reason, kept.second_person) == ("Titrated up to it.", None)


def test_a_change_of_the_vial_alone_is_read_again_before_it_is_signed(prescriber, today):
    ten = {**TYPED, "strength": "10"}
    seen = text(preview(prescriber, today, ten))
    assert "Drawn from a vial of 10 mg/mL" in seen
    changed = {**ten, "strength": "50", "read": read(prescriber, today, ten)}
    response = prescriber.post(f"/courses/{today.pk}/orders/new/", changed)
    assert response.status_code == 422
    assert not Order.objects.exists()


def test_a_session_is_planned_under_any_order_with_what_is_usual_for_it(prescriber, today, alice):
    sign(prescriber, today, SPRAYS, reason="As planned together.")
    kept, at = Order.objects.get(), timezone.now()
    page = text(prescriber.get(f"/courses/orders/{kept.pk}/"))
    assert "Schedule a session" in page
    form = prescriber.get(f"/sessions/new/{today.pk}/?order={kept.pk}")
    assert "KETAmine (racemic) 30 mg, intranasal" in text(form)
    made = schedule(acting(alice), order=kept, scheduled_at=at, room="1", sitter=alice, now=at)
    assert (made.monitoring, made.leaving) == ("emory_q10", "intranasal_three_hours")


def test_the_models_beside_a_salt_are_asked_in_base_and_say_so(prescriber, today):
    sign(prescriber, today, TROCHE, reason="As planned together.")
    address = f"/pharmacology/what-if/orders/{Order.objects.get().pk}/"
    page = text(prescriber.get(address))
    assert "The order counts milligrams of hydrochloride" in page
    assert "86.69 mg sublingual" in page
    assert "/pharmacology/what-if/?drug=racemic_ketamine&way=sublingual&dose=86.69" in page


def test_several_standing_orders_are_one_note_with_a_link_each(prescriber, today):
    for typed in (SPRAYS, TROCHE):
        sign(prescriber, today, typed, reason="As planned together.")
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert "2 orders stand already" in page
    for kept in Order.objects.all():
        assert f'href="/courses/orders/{kept.pk}/"' in page
