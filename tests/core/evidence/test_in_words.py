"""Numbers that a sentence tells in words are numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.evidence.in_words import in_words

Told = tuple[str, tuple[float, ...], str, float | None]


def told(sentence: str) -> list[Told]:
    """Words, numbers, unit, and share in per cent."""
    return [
        (t.text, tuple(map(float, t.numbers)), t.unit, None if t.share is None else float(t.share))
        for t in in_words(sentence)
    ]


@pytest.mark.parametrize(
    ("sentence", "numbers", "unit"),
    [
        ("It runs forty minutes.", (40,), "min"),
        ("After one week.", (1,), "weeks"),
        ("Over two to six weeks.", (2, 6), "weeks"),
        ("Within three or 4 months.", (3, 4), "months"),
        ("In one business day.", (1,), "days"),
        ("Half an hour later.", (0.5,), "h"),
        ("A quarter of an hour.", (0.25,), "h"),
        ("One and a half hours.", (1.5,), "h"),
        ("Fifteen per cent.", (15,), "%"),
        ("Seventy-five years.", (75,), "years"),
        ("Twice a week.", (2,), "a week"),
        ("Once daily.", (1,), "a day"),
        ("Three times a day.", (3,), "a day"),
        ("Two a week.", (2,), "a week"),
        ("Four times weekly.", (4,), "a week"),
        ("A dozen were asked.", (12,), ""),
        ("Half a dozen doses.", (6,), ""),
        ("A hundred people.", (100,), ""),
        ("Two thousand people.", (2000,), ""),
        ("It was twice that.", (2,), ""),
        ("A tenfold slip.", (10,), ""),
        ("Six infusions.", (6,), ""),
        ("After a median of three.", (3,), ""),
    ],
)
def test_a_count_or_a_time_in_words(sentence: str, numbers: tuple[float, ...], unit: str) -> None:
    assert [(n, u) for _, n, u, _ in told(sentence)] == [(numbers, unit)]


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("Half felt better.", 50),
        ("Two thirds did.", 200 / 3),
        ("Two-thirds did.", 200 / 3),
        ("Three quarters did.", 75),
        ("A third of them did.", 100 / 3),
        ("One fifth of a dose.", 20),
        ("One in five did.", 20),
        ("Three of ten did.", 30),
        ("One in every four did.", 25),
        ("Twelve of 15 did.", 80),
        ("53.6 of a hundred did.", 53.6),
        ("Nine out of ten did.", 90),
    ],
)
def test_a_share_in_words(sentence: str, share: float) -> None:
    assert [s for _, _, _, s in told(sentence)] == [pytest.approx(share)]


@pytest.mark.parametrize(
    "sentence",
    [
        "No one compared these two.",
        "All three were one of them.",
        "The second half, the other half and the half-life.",
        "One dose at one another's side.",
        "A third visit, as a fourth of many.",
        "46 of 83, and one of 200.",
        "Twice-told tales and twosomes.",
    ],
)
def test_words_that_tell_no_number(sentence: str) -> None:
    assert told(sentence) == []


def test_each_word_is_read_once() -> None:
    sentence = "One in five had two thirds of it twice a week for half a year."
    assert [words for words, *_ in told(sentence)] == [
        "half a year",
        "two thirds",
        "One in five",
        "twice a week",
    ]


def test_what_is_measured_is_told_from_what_a_text_lists() -> None:
    assert [t.measures for t in in_words("Three sides are open.")] == [False]
    assert [t.measures for t in in_words("Three trials were open.")] == [True]
    assert [t.measures for t in in_words("A tenfold slip, one half, two days.")] == [True] * 3


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(n, Decimal) for t in in_words(text) for n in t.numbers)
