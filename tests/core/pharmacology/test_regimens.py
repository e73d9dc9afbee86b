"""Regimens in words: what they come to, and what is refused because it could mean two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens import (
    RegimenWordsError,
    amount,
    at,
    im,
    iv_bolus,
    iv_infusion,
    minutes,
    nasal_sprays,
    oral,
    repeated,
    spravato,
    subcutaneous,
    together,
    troche,
)


def test_an_infusion_by_weight_over_forty_minutes() -> None:
    (event,) = iv_infusion("0.5 mg/kg", over="40 min").events
    assert event == DoseEvent(
        0, 0.5, GivenAs.INTRAVENOUS_INFUSION, Amount.MILLIGRAMS_PER_KILOGRAM, duration=40
    )


@pytest.mark.parametrize(
    ("helper", "given_as"),
    [
        (iv_bolus, GivenAs.INTRAVENOUS_BOLUS),
        (im, GivenAs.INTRAMUSCULAR),
        (subcutaneous, GivenAs.SUBCUTANEOUS),
        (troche, GivenAs.SUBLINGUAL),
        (oral, GivenAs.ORAL),
    ],
)
def test_what_is_given_at_once_has_no_duration(helper, given_as) -> None:
    regimen = helper("50 mg", drug=Drug.ESKETAMINE)
    assert regimen.drug is Drug.ESKETAMINE
    assert regimen.events == (DoseEvent(0, 50, given_as),)


def test_racemic_ketamine_is_meant_unless_a_drug_is_named() -> None:
    assert oral("50 mg").drug is Drug.RACEMIC_KETAMINE


def test_three_devices_of_28_mg_are_84_mg_of_esketamine() -> None:
    """Label: 28 mg a device, 5 minutes from one to the next."""
    regimen = spravato(devices=3)
    assert regimen.drug is Drug.ESKETAMINE
    assert [event.time for event in regimen.events] == [0, 5, 10]
    assert [event.nth for event in regimen.events] == [1, 2, 3]
    assert sum(event.amount for event in regimen.events) == 84


def test_five_sprays_of_10_mg_at_ten_minute_steps() -> None:
    """S2: sprays at 0, 10, 20, 30 and 40 minutes, 0.1 mL of 100 mg/mL each."""
    regimen = nasal_sprays(at=("0 min", "10 min", "20 min", "30 min", "40 min"))
    assert [event.time for event in regimen.events] == [0, 10, 20, 30, 40]
    assert sum(event.amount for event in regimen.events) == 50


def test_a_regimen_can_begin_later_and_come_again() -> None:
    evening = at("2 h", oral("50 mg"))
    days = repeated(evening, times=3, every="1 day")
    assert [event.time for event in days.events] == [120, 1560, 3000]


def test_several_regimens_stand_in_order_of_time() -> None:
    both = together(at("1 h", oral("10 mg")), im("50 mg"))
    assert [event.time for event in both.events] == [0, 60]


def test_devices_put_together_within_minutes_are_one_session() -> None:
    """Whatever helper puts them there, a second device minutes after the first is the second."""
    one = spravato(devices=1)
    for both in (together(one, at("5 min", one)), repeated(one, times=2, every="5 min")):
        assert [event.nth for event in both.events] == [1, 2]
    assert [event.nth for event in together(one, at("84 h", one)).events] == [1, 1]


def test_racemic_ketamine_and_esketamine_never_add_up() -> None:
    with pytest.raises(RegimenWordsError, match=r"^drug: KETAmine \(racemic\) and esKETAmine do"):
        together(oral("10 mg"), spravato(devices=1))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: oral("50"), "dose"),
        (lambda: oral("50 mcg"), "dose"),
        (lambda: oral(".5 mg"), "dose"),
        (lambda: oral("-5 mg"), "dose"),
        (lambda: oral("1e3 mg"), "dose"),
        (lambda: iv_infusion("35 mg", over="40"), "over"),
        (lambda: iv_infusion("35 mg", over="forty min"), "over"),
        (lambda: oral(5), "dose"),
        (lambda: oral(None), "dose"),
        (lambda: iv_infusion("35 mg", over=40), "over"),
        (lambda: oral("5 mg", drug="esketamine"), "drug"),
        (lambda: Regimen(Drug.ESKETAMINE, (DoseEvent(0, 5, "oral"),)), r"events\[0\].given_as"),
        (lambda: spravato(devices=0), "devices"),
        (lambda: spravato(devices=1.5), "devices"),
        (lambda: spravato(devices="3"), "devices"),
        (lambda: spravato(devices=True), "devices"),
        (lambda: spravato(devices=2, gap="5"), "gap"),
        (lambda: nasal_sprays(at=()), "at"),
        (lambda: nasal_sprays(at="0 min"), "at"),
        (lambda: nasal_sprays(at=("0 min",), drug=Drug.ESKETAMINE), "drug"),
        (lambda: nasal_sprays(at=("0 min", "0 min")), "at"),
        (lambda: repeated(oral("5 mg"), times=0, every="1 h"), "times"),
        (lambda: repeated(oral("5 mg"), times=1.5, every="1 h"), "times"),
        (lambda: repeated(oral("5 mg"), times=2, every="0 h"), "every"),
        (together, "regimens"),
    ],
)
def test_words_that_say_no_amount_or_time_are_refused_by_their_field(make, field) -> None:
    with pytest.raises(ValueError, match=f"^{field}: "):
        make()


@given(st.decimals(min_value=0, max_value=9999, places=3))
def test_every_plain_number_is_read_as_it_stands(number) -> None:
    assert amount(f"{number:f} mg/kg") == (float(number), Amount.MILLIGRAMS_PER_KILOGRAM)
    assert minutes(f"{number:f} h") == float(number) * 60


@given(st.text())
def test_any_other_text_is_refused_and_never_guessed(text) -> None:
    for read in (amount, minutes):
        try:
            read(text)
        except RegimenWordsError:
            continue
        assert text.strip()[0].isdigit()
