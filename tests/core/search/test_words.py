"""A text as the words it is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.search import marked
from mooring.core.search.words import folded, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Blood pressure, seated", ["blood", "pressure", "seated"]),
        ("0.5 mg/kg", ["0.5", "mg/kg", "mg", "kg", "mg/kg"]),
        ("S2.44", ["s2.44", "s2", "44", "s2.44"]),
        ("PHQ-9", ["phq-9", "phq", "9", "phq9"]),
        ("SpO₂ and Café", ["spo2", "and", "cafe"]),
        ("", []),
        (" – … ", []),
    ],
)
def test_words_are_compared_without_case_accents_and_punctuation(text, expected):
    assert list(words(text)) == expected


@given(st.text(max_size=80), st.frozensets(st.text(max_size=4)))
def test_marking_never_changes_the_text(text, found):
    assert "".join(piece.text for piece in marked(text, found)) == text


@given(st.text(max_size=80))
def test_every_word_that_was_matched_is_marked_where_it_stands(text):
    found = frozenset(words(text))
    pieces = [piece.text for piece in marked(text, found) if piece.found]
    assert all(folded(piece) in found for piece in pieces)


def test_a_matched_word_is_marked_in_any_case_and_nothing_else():
    pieces = list(marked("Ketamine raises it; ketamines do.", frozenset({"ketamine"})))
    assert [(p.text, p.found) for p in pieces] == [
        ("Ketamine", True),
        (" raises it; ketamines do.", False),
    ]
