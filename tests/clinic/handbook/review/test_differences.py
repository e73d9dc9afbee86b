"""The difference of two texts in words, as the list of changes shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.handbook.review.differences import differences, without_marks

texts = st.text(alphabet="ab .\n", max_size=60)


def told(old, new):
    return [(part.kind, part.text) for part in differences(old, new)]


def test_words_are_compared_and_not_letters():
    assert told("It rises fast.", "It climbs fast.") == [
        ("same", "It "),
        ("removed", "rises"),
        ("added", "climbs"),
        ("same", " fast."),
    ]


def test_a_text_that_is_new_or_gone_is_told_whole():
    assert told("", "New words") == [("added", "New words")]
    assert told("Old words", "") == [("removed", "Old words")]
    assert told("", "") == []


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_difference(old, new):
    parts = differences(old, new)
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


def test_what_stays_the_same_is_left_out_in_the_middle_of_long_texts():
    long = " ".join(f"word{number}" for number in range(500))
    ((kind, first), changed) = told(long, long + " more")
    assert (kind, changed) == ("same", ("added", " more"))
    assert first.startswith(" … ")
    assert first.endswith("word498 word499")
    assert len(first) < 300


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It rises {S2.41}.", "It rises."),
        ("It rises {S2.41} {D14}, then falls.", "It rises, then falls."),
        ("Nothing here.", "Nothing here."),
    ],
)
def test_patients_read_no_ids_in_the_list_of_changes(text, read):
    assert " ".join(without_marks(text).split()) == read
