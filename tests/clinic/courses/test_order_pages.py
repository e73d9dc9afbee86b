"""Writing an order on screen: read back, bounded, signed as it was read."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mooring.clinic.courses.models import Order
from tests.clinic.courses.screen import CONFIRMED, TYPED, preview, read, sign, text
from tests.clinic.courses.steps import decided, started, weighed


def test_the_worked_example_reads_as_one_sentence_with_its_arithmetic(prescriber, today):
    """0.5 mg/kg × 70 kg = 35 mg over 40 min; 3.5, 0.7 and 0.35 mL (evidence file §7.3)."""
    page = text(preview(prescriber, today, TYPED))
    assert "KETAmine (racemic) 0.5 mg/kg × 70 kg (weighed" in page
    assert "= 35 mg, intravenous infusion over 40 minutes" in page
    for step in (
        "0.5 mg/kg × 70 kg = 35 mg",
        "35 mg ÷ 40 min = 0.875 mg/min",
        "35 mg ÷ 10 mg/mL = 3.5 mL",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "35 mg ÷ 100 mg/mL = 0.35 mL",
        "3.5 mL ÷ 40 min = 5.25 mL/h",
    ):
        assert step in page
    for volume in ("3.5 mL of 10 mg/mL", "0.7 mL of 50 mg/mL", "0.35 mL of 100 mg/mL"):
        assert f"<strong>{volume}</strong>" in page
    assert "Inside the bounds of “Racemic ketamine by intravenous infusion”" in page


def test_no_number_is_parted_from_its_unit_at_the_end_of_a_line(prescriber, today):
    page = preview(prescriber, today, TYPED).content.decode()
    sentence = re.search(r'<p class="sentence">([^<]*)</p>', page)[1]
    assert "35\u00a0mg" in sentence
    assert "70\u00a0kg" in sentence
    assert not re.search(r"\d (mg|kg|mL|min)", sentence)


def test_the_chosen_strength_is_marked_in_words(prescriber, today):
    page = text(preview(prescriber, today, {**TYPED, "concentration": "50"}))
    assert page.count("goes into the line</span>") == 1
    assert "filled to 0.7 mL with 50 mg/mL, goes into the line" in page


def test_a_dilution_is_drawn_beside_the_three_strengths(prescriber, today):
    page = text(preview(prescriber, today, {**TYPED, "concentration": "1"}))
    assert "35 mL of 1 mg/mL" in page
    assert "3.5 mL of 10 mg/mL" in page
    assert "35 mL ÷ 40 min = 52.5 mL/h" in page


def test_the_bounds_cite_their_claims(prescriber, today):
    page = text(preview(prescriber, today, TYPED))
    for claim in ("S2.55", "S2.56"):
        assert f"/handbook/claims/{claim}/" in page


def test_an_unfinished_order_says_what_is_still_open(prescriber, today):
    page = text(preview(prescriber, today, {"dose_value": "0,5"}))
    assert "a plain number with a point, for example 0.5" in page
    assert "Choose mg/kg or mg." in page
    assert 'name="read"' not in page


@pytest.mark.parametrize("value", ["0", "-1", "abc", "1e9", "NaN", "0.555", "9999999999"])
def test_a_dose_that_is_no_dose_is_never_read_back(prescriber, today, value):
    response = preview(prescriber, today, {**TYPED, "dose_value": value})
    assert response.status_code == 200
    assert 'name="read"' not in text(response)


def test_looking_keeps_nothing(prescriber, today):
    preview(prescriber, today, TYPED)
    page = text(prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "look": "1"}))
    assert "0.5 mg/kg × 70 kg = 35 mg" in page
    assert not Order.objects.exists()


def test_the_page_is_empty_of_amounts_before_anything_is_typed(prescriber, today):
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert "KETAmine (racemic)" in page
    assert "intravenous infusion" in page
    assert " checked" not in page
    assert "mg ÷" not in page


def test_pounds_that_were_taken_for_kilograms_are_doubted_on_screen(prescriber, today, patient):
    weighed(patient, "154.3", at=timezone.now())
    assert "is it in pounds?" in text(preview(prescriber, today, TYPED))


# Signing


def test_an_order_is_signed_as_it_was_read(prescriber, today):
    response = sign(prescriber, today, TYPED)
    order = Order.objects.get()
    assert response.headers["Location"] == f"/courses/orders/{order.pk}/"
    assert (order.total_mg, order.signed_by.username) == (35, "alice")


@pytest.mark.parametrize("changed", [{"dose_value": "0.4"}, {"over_minutes": "60"}])
def test_what_was_not_read_is_not_signed(prescriber, today, changed):
    seen = read(prescriber, today, TYPED)
    response = prescriber.post(
        f"/courses/{today.pk}/orders/new/", {**TYPED, **changed, "read": seen}
    )
    assert response.status_code == 422
    assert "Read the order as it stands here now" in text(response)
    assert not Order.objects.exists()


def test_a_weight_that_arrives_between_reading_and_signing_stops_the_signature(
    prescriber, today, patient
):
    seen = read(prescriber, today, TYPED)
    weighed(patient, "75", at=timezone.now())
    response = prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "read": seen})
    assert response.status_code == 422
    assert "0.5 mg/kg × 75 kg = 37.5 mg" in text(response)
    assert not Order.objects.exists()


def test_without_scripts_the_first_press_reads_back_and_the_second_signs(prescriber, today):
    address = f"/courses/{today.pk}/orders/new/"
    first = prescriber.post(address, TYPED)
    assert "0.5 mg/kg × 70 kg = 35 mg" in text(first)
    seen = html.unescape(re.search(r'name="read" value="([^"]*)"', first.content.decode())[1])
    assert prescriber.post(address, {**TYPED, "read": seen}).status_code == 302
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dose_value": "5", "over_minutes": "400"}, "more than this policy ever accepts"),
        ({"concentration": "100"}, "undiluted"),
    ],
)
def test_what_is_refused_says_why_and_offers_no_signature(prescriber, today, bob, typed, words):
    page = text(preview(prescriber, today, {**TYPED, **typed}))
    assert "Cannot be signed, whoever confirms it" in page
    assert words in page
    assert "signable" not in page
    response = sign(prescriber, today, {**TYPED, **typed}, **CONFIRMED)
    assert response.status_code == 422
    assert words in text(response)
    assert not Order.objects.exists()


def test_a_weight_older_than_90_days_holds_and_leads_to_a_new_one(prescriber, patient, alice):
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=92))  # 91 at least, also where clocks changed
    course = started(patient, alice, now=now)
    page = text(prescriber.get(f"/courses/{course.pk}/orders/new/"))
    assert "weigh again" in page
    assert f"/patients/{patient.id}/add/measurement/" in page
    assert "On hold" in text(preview(prescriber, course, TYPED))
    assert sign(prescriber, course, TYPED).status_code == 422
    weighed(patient, at=now)
    assert sign(prescriber, course, TYPED).status_code == 302


def test_without_a_weight_a_dose_by_weight_shows_no_amount(prescriber, patient, alice):
    now = timezone.now()
    decided(patient, alice, at=now)
    course = started(patient, alice, now=now)
    page = text(preview(prescriber, course, TYPED))
    assert "(no weight recorded)" in page
    assert "mg ÷" not in page
    assert sign(prescriber, course, TYPED).status_code == 422
