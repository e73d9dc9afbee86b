"""Counts below five are never shown, nor anything they could be worked out from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.outcomes.cells import FEWER, HELD_BACK, cell, parts, share


@pytest.mark.parametrize(("count", "shown"), [(0, FEWER), (4, FEWER), (5, "5"), (12, "12")])
def test_count_below_five_is_fewer_than_five(count, shown):
    assert cell(count) == shown


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        (12, 40, "12 of 40 (30 %)"),
        (4, 40, "fewer than 5 of 40"),
        (0, 40, "fewer than 5 of 40"),
        (40, 40, "40 of 40 (100 %)"),
        (37, 40, "all but fewer than 5 of 40"),
        (3, 4, "fewer than 5 to count"),
        (0, 0, "fewer than 5 to count"),
    ],
)
def test_share_hides_a_small_part_and_a_small_rest(count, of, shown):
    assert share(count, of) == shown


def test_single_small_part_takes_the_next_smallest_with_it():
    assert parts({"early": 2, "late": 9, "none": 30}) == {
        "early": FEWER,
        "late": HELD_BACK,
        "none": "30",
    }


def test_two_small_parts_hide_each_other():
    assert parts({"early": 2, "late": 3, "none": 30}) == {
        "early": FEWER,
        "late": FEWER,
        "none": "30",
    }


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), min_size=1, max_size=6))
def test_no_single_part_can_be_had_by_taking_the_others_from_the_whole(counts):
    shown = parts(counts)
    hidden = [name for name, words in shown.items() if not words.isdigit()]
    assert all(counts[name] >= 5 for name in counts if name not in hidden)
    assert len(hidden) != 1 or len(counts) == 1
