"""The drawings of an order: syringes to one scale, the dose on its bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mooring.clinic.courses.drawing import BAR, BARREL, bounds_bar, syringes
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SyringeVolume
from mooring.core.protocols import bounds
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
)

POLICY = bounds.load("iv_racemic")


def drawn(milligrams: str, line: str = "10"):
    volumes = [SyringeVolume(Milligrams(milligrams), each) for each in COMMON_CONCENTRATIONS]
    return syringes(volumes, MilligramsPerMillilitre(line))


def test_the_three_volumes_of_35_mg_stand_to_each_other_as_10_to_2_to_1():
    """3.5, 0.7 and 0.35 mL (evidence file §7.3) on a scale of 5 mL."""
    drawings = drawn("35").drawings
    assert [d.volume.drawn.text() for d in drawings] == ["3.5 mL", "0.7 mL", "0.35 mL"]
    assert [Decimal(d.fill) for d in drawings] == [Decimal(280), Decimal(56), Decimal(28)]


def test_only_the_strength_that_goes_into_the_line_is_the_chosen_one():
    assert [d.chosen for d in drawn("35", "50").drawings] == [False, True, False]
    assert not any(d.chosen for d in drawn("35", "1").drawings)


@pytest.mark.parametrize(
    ("milligrams", "capacity"),
    [("10", "1"), ("10.1", "3"), ("35", "5"), ("350", "50"), ("1000", "100"), ("1001", "200")],
)
def test_the_scale_is_the_smallest_syringe_that_holds_the_largest_volume(milligrams, capacity):
    assert drawn(milligrams).capacity == capacity


def test_the_scale_runs_from_nothing_to_the_full_barrel():
    marks = drawn("35").marks
    assert [mark.label for mark in marks] == ["0", "1", "2", "3", "4", "5"]
    assert (Decimal(marks[0].x), Decimal(marks[-1].x)) == (0, BARREL)


def test_a_strength_is_shown_with_what_its_full_vial_holds():
    """ISMP 1998: "50 mg/mL" was read as the content of a 10 mL vial that held 500 mg."""
    ten, fifty, hundred = drawn("35").drawings
    assert ten.vials == ("a vial of 20 mL holds 200 mg",)
    assert "a vial of 10 mL holds 500 mg" in fifty.vials
    assert "a vial of 5 mL holds 500 mg" in hundred.vials


def test_the_standard_dose_stands_on_its_own_line():
    bar = bounds_bar(POLICY, MilligramsPerKilogram("0.5"))
    assert bar.dose_x == bar.standard_x
    assert [mark.label for mark in bar.marks] == ["0.5", "1"]


def test_a_dose_beyond_the_highest_lies_beyond_its_line_and_on_the_bar():
    bar = bounds_bar(POLICY, MilligramsPerKilogram("5"))
    refused = bar.marks[-1]
    assert refused.label == "4.5"
    assert Decimal(bar.highest_x) < Decimal(refused.x) < Decimal(bar.dose_x) < BAR


def test_numbers_that_would_stand_on_each_other_are_left_out_but_their_lines_stay():
    bar = bounds_bar(POLICY, MilligramsPerKilogram("20"))
    assert len(bar.marks) == 3
    assert [mark.label for mark in bar.marks if mark.label] == ["4.5"]


def test_a_dose_that_does_not_end_is_written_to_three_places():
    assert bounds_bar(POLICY, Milligrams(33) / Kilograms(70)).dose.text() == "0.471 mg/kg"
