"""Words on the printed chart of a session never run into each other."""

from __future__ import annotations

from itertools import pairwise

from mooring.clinic.sessions.drawing import (
    WORDS_TALL,
    WORDS_WIDE,
    Mark,
    in_two_rows,
    stop_lines,
)


def line(value: float) -> dict[str, object]:
    return {"measure": "systolic", "value": value, "words": f"systolic {value:g} or more"}


def test_lines_at_nearly_one_value_have_their_words_below_each_other():
    lines = stop_lines([line(value) for value in (165, 180, 166, 167, 108)])
    assert [stop.text.split()[1] for stop in lines] == ["180", "167", "166", "165", "108"]
    words = [stop.words_y for stop in lines]
    assert all(lower - upper >= WORDS_TALL for upper, lower in pairwise(words))
    assert all(stop.words_y >= stop.y for stop in lines)


def test_a_line_far_from_the_others_keeps_its_words_beside_it():
    lines = stop_lines([line(180), line(108)])
    assert all(stop.words_y == stop.y for stop in lines)


def test_doses_that_follow_closely_stand_in_two_rows():
    rows = in_two_rows([Mark(x, 272.0, "10 mg") for x in (100.0, 130.0, 160.0, 400.0)])
    assert [mark.y for mark in rows] == [272.0, 272.0 - WORDS_TALL, 272.0, 272.0]
    same = [mark.x for mark in rows if mark.y == 272.0]
    assert all(later - earlier >= WORDS_WIDE for earlier, later in pairwise(same))
