"""A text is read sentence by sentence: what each names, and what it rests on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.handbook.sentences import marks, sentences


def numbers(text: str) -> set[str]:
    return {f"{number:f}" for sentence in sentences(text) for number in sentence.numbers}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It lasts 40 minutes {S4.64}.", {"40"}),
        ("From 8 to 19 mmHg, or 3.28 on average.", {"8", "19", "3.28"}),
        ("After two hours, and on three of four days.", {"2", "3", "4"}),
        ("Two faces from one text.", set()),
        ("1. First of all, rest.\n2. Then eat.", set()),
        ("PHQ-9 and S2.44 are names, not numbers.", set()),
        ("A rise of 45/30 counts.", {"45", "30"}),
        ("Between -6.7 and 15.2, or −3.", {"-6.7", "15.2", "-3"}),
        ("In 2020-21 a 16-year-old came.", {"2020", "21", "16"}),
    ],
)
def test_numbers_are_found_in_digits_and_before_what_they_count(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("About half felt better.", {50}),
        ("A quarter of them did.", {25}),
        ("Nobody knows.", set()),
    ],
)
def test_a_share_in_words_is_a_number_too(text: str, shares: set[int]) -> None:
    assert {share for sentence in sentences(text) for share in sentence.shares} == {
        Decimal(share) for share in shares
    }


def test_each_sentence_keeps_its_own_claims() -> None:
    text = "It rises {S2.41}. It falls in hours {S2.42} {D14}.\n\n- A line {S1.01}\n- Another"
    assert [(s.text, s.marks) for s in sentences(text)] == [
        ("It rises.", ("S2.41",)),
        ("It falls in hours.", ("S2.42", "D14")),
        ("- A line", ("S1.01",)),
        ("- Another", ()),
    ]


def test_marks_stand_once_and_in_order() -> None:
    assert marks("{D14} then {S2.41}, again {D14} and {phq-9.item-9}") == (
        "D14",
        "S2.41",
        "phq-9.item-9",
    )


@given(st.lists(st.sampled_from(["It is so {S1.01}.", "Half did.", "After 24 hours."]), min_size=1))
def test_no_word_is_lost_between_sentences(parts: list[str]) -> None:
    whole = " ".join(parts)
    read = " ".join(sentence.text for sentence in sentences(whole))
    assert read.replace(" ", "") == whole.replace("{S1.01}", "").replace(" ", "")
