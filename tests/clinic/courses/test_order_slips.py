"""Slips of the hand and of the moment: odd numbers, a second press, two prescribers at once."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.order_forms import order_form
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.courses.ways import USUAL, way
from mooring.clinic.people.actions import add_measurement
from mooring.clinic.people.models import Measurement
from tests.clinic.courses.screen import CONFIRMED, HARD, TYPED, preview, read, sign, text
from tests.clinic.courses.steps import acting, signed, weighed
from tests.clinic.courses.test_order_routes import (
    BOLUS,
    DEVICES,
    INJECTION,
    SOLUTION,
    SPRAYS,
    TROCHE,
    problems,
)
from tests.support.behind import save_behind, update_behind

PLAIN = "Type a plain number with a point, for example 0.5."
WHOLE = "Type a whole number, for example 3."


@pytest.mark.parametrize(
    "typed",
    [
        *("0,5", "1,000", "1e1", "1E+1", "1_0", "+5", "5.", ".5", "0x5", "5 5", "5mg", "½"),
        # Digits of other scripts: Arabic-Indic, full width, mathematical.
        *("\u0665", "\uff15", "\U0001d7d3"),
        *("NaN", "sNaN", "Infinity", "-inf", "\x00", "<b>5</b>", "a" * 5000),
    ],
)
def test_a_dose_is_typed_in_plain_digits_or_not_read_at_all(typed: str) -> None:
    assert problems({**TYPED, "way": USUAL.id, "dose_value": typed}) == {"dose_value": PLAIN}
    if "." not in typed:
        assert problems({**SPRAYS, "sprays": typed}) == {"sprays": WHOLE}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type a number."),
        ("0", "Type a number from 0.01 on."),
        ("0.00", "Type a number from 0.01 on."),
        ("-0.5", "Type a number from 0.01 on."),
        ("2000.01", "Type a number up to 2000."),
        ("9" * 5000, "Type a number up to 2000."),
        ("0.125", "Type at most two digits after the point, for example 0.25."),
        ("0.500", "Type at most two digits after the point, for example 0.25."),
    ],
)
def test_a_number_that_cannot_be_ordered_says_which_can(typed: str, says: str) -> None:
    assert problems({**TYPED, "way": USUAL.id, "dose_value": typed}) == {"dose_value": says}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0", "Type a whole number from 1."),
        ("-3", "Type a whole number from 1."),
        ("41", "Type a whole number up to 40."),
        ("3.0", WHOLE),
    ],
)
def test_a_count_that_cannot_be_ordered_says_which_can(typed: str, says: str) -> None:
    assert problems({**SPRAYS, "sprays": typed}) == {"sprays": says}


@given(st.decimals(min_value="0.01", max_value="2000", places=2))
def test_every_plain_number_is_read_as_it_is_typed(value: Decimal) -> None:
    form = order_form(USUAL, {**TYPED, "dose_value": f" {value:f} "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["dose_value"] == value


DIGITS = "0123456789"
OF_OTHER_SCRIPTS = "\u0661\u0662\u0665\uff15\u09ea"
NEARLY = st.text(alphabet=f"{DIGITS}.,+-eE_ \t{OF_OTHER_SCRIPTS}", max_size=9)
"""Text as slips leave it: so near a number that much of it is one."""
NUMBERS = st.from_regex(r"0{0,3}[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True)
COUNTS = st.text(alphabet=f"{DIGITS}{OF_OTHER_SCRIPTS}", min_size=1, max_size=2)


@given(st.one_of(NEARLY, NUMBERS, st.text(max_size=30)))
def test_whatever_is_typed_is_read_in_plain_digits_or_asked_for_anew(typed: str) -> None:
    """Decided by the text alone, both ways: what may be read is read as it stands."""
    form, bare = order_form(USUAL, {**TYPED, "dose_value": typed}), typed.strip()
    plain = re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", bare)
    right = plain is not None and Decimal("0.01") <= Decimal(bare) <= 2000
    assert form.is_valid() is right, form.errors
    if right:
        assert form.cleaned_data["dose_value"] == Decimal(bare)


@given(st.one_of(NEARLY, COUNTS))
def test_a_count_is_read_in_plain_digits_or_asked_for_anew(typed: str) -> None:
    form = order_form(way(SPRAYS["way"]), {**SPRAYS, "apart": "10", "sprays": typed})
    bare = typed.strip()
    right = re.fullmatch(r"[0-9]+", bare) is not None and 2 <= int(bare) <= 40
    assert form.is_valid() is right, form.errors
    if right:
        assert form.cleaned_data["sprays"] == int(bare)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({**SPRAYS, "sprays": "1"}, "apart", "One spray has no distance: leave this empty."),
        (
            {**SPRAYS, "sprays": "40", "apart": "16"},
            "apart",
            "Together they take 624 minutes; 600 at most.",
        ),
        (
            {**DEVICES, "devices": "1", "gap": "10"},
            "gap",
            "One device has no distance: leave this empty.",
        ),
        ({**INJECTION, "dose_unit": "g"}, "dose_unit", "Choose mg/kg or mg."),
    ],
)
def test_nothing_typed_is_left_out_of_the_order_without_a_word(typed, field, says) -> None:
    assert problems(typed) == {field: says}


def test_what_was_typed_wrong_stands_in_its_field_to_be_mended(prescriber, today):
    page = prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "dose_value": "0,5"})
    assert page.status_code == 422
    assert 'name="dose_value" value="0,5"' in page.content.decode()
    assert PLAIN in text(page)
    assert not Order.objects.exists()


def test_a_drug_by_a_route_that_no_product_is_made_for_has_no_page(prescriber, today):
    for name in ("esketamine.intravenous_infusion", "racemic_ketamine", "\x00", "a" * 5000):
        answer = prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "way": name})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {**SOLUTION, "strength": "2000", "quantity": "500"},
        {**TROCHE, "strength": "2000", "quantity": "2"},
        {**INJECTION, "way": "racemic_ketamine.subcutaneous", "dose_value": "50"},
    ],
)
def test_an_order_of_more_than_two_grams_is_a_slip_whoever_confirms_it(prescriber, today, typed):
    """A million milligrams could be signed once, and no list that held them could be read."""
    assert "is more than 2000 mg, the most that one order holds." in text(
        preview(prescriber, today, typed)
    )
    assert sign(prescriber, today, typed, **CONFIRMED).status_code == 422
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {**INJECTION, "dose_value": "0.4", "dose_unit": "mg", "strength": "100"},
        {**TYPED, "dose_value": "0.04", "dose_unit": "mg"},
        {**BOLUS, "dose_value": "0.04", "dose_unit": "mg"},
    ],
)
def test_a_dose_that_no_syringe_can_measure_is_refused(prescriber, today, typed):
    assert "is less than a syringe can measure, 0.01 mL" in text(preview(prescriber, today, typed))
    assert sign(prescriber, today, typed).status_code == 422


def test_a_second_press_of_the_button_signs_nothing_more(prescriber, today):
    sent = {**TYPED, "read": read(prescriber, today, TYPED)}
    address = f"/courses/{today.pk}/orders/new/"
    assert prescriber.post(address, sent).status_code == 302
    again = prescriber.post(address, sent)
    assert again.status_code == 422
    assert "An order stands already" in text(again)
    assert Order.objects.count() == 1


def test_two_prescribers_at_once_and_the_second_reads_what_the_first_signed(
    prescriber, today, alice
):
    shown = read(prescriber, today, TYPED)
    signed(today, alice, now=timezone.now())
    late = prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "read": shown})
    assert late.status_code == 422
    assert "Read the order as it stands here now" in text(late)
    assert sign(prescriber, today, TYPED).status_code == 302


def test_an_order_signed_between_the_page_and_the_write_is_noticed(course, alice):
    """The page has looked; the write looks again while nobody else can write."""
    signed(course, alice, standing=None)
    with pytest.raises(RefusedError, match="orders that stand have changed"):
        signed(course, alice, standing=())
    assert Order.objects.count() == 1
    signed(course, alice, standing=[Order.objects.get().pk])
    assert Order.objects.count() == 2


def test_a_second_person_who_lost_the_role_since_confirms_nothing(prescriber, today, bob):
    sent = {**HARD, **CONFIRMED, "read": read(prescriber, today, HARD)}
    bob.assignments.all().delete()
    answer = prescriber.post(f"/courses/{today.pk}/orders/new/", sent)
    assert answer.status_code == 422
    assert "The second person is a prescriber or a nurse of this clinic." in text(answer)
    assert not Order.objects.exists()


def test_a_second_person_who_has_left_confirms_nothing(prescriber, today, bob):
    sent = {**HARD, **CONFIRMED, "read": read(prescriber, today, HARD)}
    bob.is_active = False
    bob.save()
    assert prescriber.post(f"/courses/{today.pk}/orders/new/", sent).status_code == 422
    assert not Order.objects.exists()


def test_the_name_of_the_second_person_in_capitals_is_still_the_same_person(prescriber, today):
    typed = {**CONFIRMED, "second_username": "ALICE"}
    assert sign(prescriber, today, HARD, **typed).status_code == 422
    assert not Order.objects.exists()


def test_the_prescriber_is_no_second_person_whatever_the_page_sent(course, alice):
    with pytest.raises(RefusedError, match="someone other than the one who orders"):
        signed(course, alice, dose="1.1", minutes="90", second=SecondPerson(alice, "I am sure."))


def test_a_reason_of_blanks_is_no_reason(prescriber, today):
    soft = {**TYPED, "dose_value": "0.6", "over_minutes": "60"}
    assert sign(prescriber, today, soft, reason=" \n ").status_code == 422
    assert sign(prescriber, today, HARD, **{**CONFIRMED, "second_reason": " "}).status_code == 422
    assert not Order.objects.exists()


def imported(patient, kilograms: str) -> Measurement:
    """A newer weight that came from elsewhere: nobody here has looked at it."""
    return weighed(patient, kilograms, at=timezone.now() - timedelta(hours=1))


def test_a_weight_in_pounds_taken_for_kilograms_holds_the_order(prescriber, today):
    """154.32 lb are 70 kg. Read as kilograms, half a milligram a kilogram becomes 1.1."""
    imported(today.patient, "154.32")
    words = text(preview(prescriber, today, TYPED))
    assert "154.32 kg is about 2.2 times the last weight 70 kg: is it in pounds?" in words
    assert "On hold: something is missing" in words
    assert sign(prescriber, today, TYPED).status_code == 422
    assert not Order.objects.exists()


def test_no_words_of_a_file_make_its_weight_a_checked_one(prescriber, today):
    """Whether a person checked it stands in a column: a file's name can say what it likes."""
    row = imported(today.patient, "154.32")
    row.origin = "import Ada.json; checked again"
    save_behind(row)
    assert "is it in pounds?" in text(preview(prescriber, today, TYPED))


def test_a_doubted_weight_holds_no_order_that_is_counted(prescriber, today):
    imported(today.patient, "154.32")
    assert sign(prescriber, today, SPRAYS).status_code == 302


def test_a_weight_that_somebody_entered_as_checked_is_doubted_no_more(prescriber, today, bob):
    now = timezone.now()
    add_measurement(
        acting(bob),
        patient=today.patient,
        code="weight",
        value=Decimal("90"),
        method="weighed",
        taken_at=now,
        doubt_settled=True,
        now=now,
    )
    assert sign(prescriber, today, TYPED).status_code == 302


def test_of_two_weights_of_one_moment_the_one_recorded_last_is_used(prescriber, today):
    first = Measurement.objects.get()
    weighed(today.patient, "72", at=first.taken_at)
    update_behind(Measurement.objects.filter(value=72), recorded_at=timezone.now())
    assert "72 kg" in text(preview(prescriber, today, TYPED))


def test_a_push_by_hand_of_forty_minutes_is_asked_about(prescriber, today):
    bolus = {**BOLUS, "over_minutes": "40"}
    words = text(preview(prescriber, today, bolus))
    assert "By hand over 40 min is longer than 10 min, and no source gives a limit" in words
    assert sign(prescriber, today, bolus).status_code == 422
    reason = "No pump is free; a nurse gives it in twenty parts."
    assert sign(prescriber, today, bolus, reason=reason).status_code == 302


def test_every_route_is_written_in_full_on_the_page_that_is_signed(prescriber, today):
    for typed in (TYPED, BOLUS, INJECTION, SPRAYS, DEVICES, TROCHE, SOLUTION):
        chosen = way(typed.get("way", USUAL.id))
        assert chosen is not None
        words = text(preview(prescriber, today, typed))
        assert f"{chosen.route.display}" in words
        assert not {"IN", "IM", "IV", "SC", "SL", "PO"} & set(words.split())
        assert "KETAmine" in words
