"""The lines: one logarithmic axis, marks that do not cover one another, nothing beyond the edge."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.comparison.drawing import HALF_MARK, LEFT, RIGHT, Axis, axis_of, drawn
from mooring.clinic.comparison.words import between, nominal
from mooring.core.drugs.comparison import compare, load
from mooring.core.quantities import Milligrams

doses = st.decimals("1", "200", places=2).map(Milligrams)


def lines(dose):
    comparison = compare(dose, load())
    axis = axis_of(comparison)
    return axis, [drawn(route, axis) for route in comparison.routes]


def test_ten_times_the_dose_stands_one_decade_to_the_right():
    axis = Axis(Milligrams(35), Decimal(10))
    assert (axis.x(Milligrams(35)), axis.x(Milligrams(350))) == (LEFT, RIGHT)


def test_equal_ratios_are_equal_distances():
    axis = Axis(Milligrams(10), Decimal(10))
    first = axis.x(Milligrams(20)) - axis.x(Milligrams(10))
    second = axis.x(Milligrams(40)) - axis.x(Milligrams(20))
    assert first == pytest.approx(second, abs=0.02)


def test_the_axis_reaches_further_where_a_source_does():
    axis, _ = lines(Milligrams(35))
    assert axis.reach == 10
    comparison = compare(Milligrams(35), load())
    far = Milligrams(700)
    stretched = type(comparison.routes[0])(
        comparison.routes[0].about, comparison.routes[0].marks, comparison.routes[0].least, far
    )
    assert axis_of(type(comparison)(comparison.dose, (stretched,))).reach == 20


@pytest.mark.parametrize(
    ("dose", "labels"),
    [
        ("35", ["35", "50", "100", "200"]),
        ("48", ["48", "100", "200"]),
        ("1", ["1", "2", "5", "10"]),
    ],
)
def test_the_axis_names_the_dose_and_round_amounts_that_have_room(dose, labels):
    axis, _ = lines(Milligrams(dose))
    assert [tick.label for tick in axis.ticks] == labels


@given(doses)
def test_every_mark_and_every_interval_lies_on_the_drawing(dose):
    for line in lines(dose)[1]:
        assert LEFT <= line.start <= line.end <= RIGHT
        assert line.width >= 0
        for mark in line.marks:
            assert LEFT <= mark.start <= mark.x <= mark.end <= RIGHT
            assert 13 <= mark.y <= line.bar_y - 13 < line.height


@given(doses)
def test_no_mark_covers_another(dose):
    for line in lines(dose)[1]:
        for lane in {mark.y for mark in line.marks}:
            along = sorted((m.start, m.end) for m in line.marks if m.y == lane)
            for (_, end), (start, _) in pairwise(along):
                assert start - end >= 2 * HALF_MARK - 0.01


def test_marks_are_lettered_from_the_left():
    for line in lines(Milligrams(35))[1]:
        letters = [mark.letter for mark in line.marks]
        assert letters == sorted(set(letters))
        assert [m.start for m in line.marks] == sorted(m.start for m in line.marks)


def test_a_range_has_two_ends_and_a_number_one():
    sublingual = lines(Milligrams(35))[1][2]
    spans = {m.placed.mark.number.claim.id for m in sublingual.marks if m.spans}
    assert spans == {"S1.24", "askp3-equivalence.sublingual"}


@pytest.mark.parametrize(
    ("amount", "read"),
    [("37.634", "37.6"), ("70", "70"), ("87.5", "87.5"), ("309.73", "310"), ("120.69", "121"),
     ("99.96", "100"), ("100.4", "100")],
)  # fmt: skip
def test_amounts_are_read_no_finer_than_they_are_known(amount, read):
    assert nominal(Milligrams(amount)) == read


def test_two_ends_that_read_alike_are_said_once():
    assert between(Milligrams("70"), Milligrams("70.01")) == "70 mg"
    assert between(Milligrams("70"), Milligrams("309.73")) == "70 to 310 mg"
