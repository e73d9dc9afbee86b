"""The compiled loops against NumPy, which stays the reference."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.core.pharmacology import engine
from mooring.core.pharmacology.engine import compiled, slices
from mooring.core.pharmacology.system import Floats, Input, LinearSystem

GRIDS = (np.arange(0.0, 500.0), np.arange(0.0, 60.0) * 0.1, 3.3 + np.arange(150.0) * 0.7)


def people(draw: st.DrawFn, low: float, high: float, count: int) -> Floats:
    return np.array(draw(st.lists(st.floats(low, high), min_size=count, max_size=count)))


@st.composite
def systems(draw: st.DrawFn) -> LinearSystem:
    """A central compartment with up to six others around it, all rates apart."""
    around, count = draw(st.integers(0, 6)), draw(st.integers(1, 3))
    size = around + 1
    rates = np.zeros((count, size, size))
    rates[:, 0, 0] -= people(draw, 0.005, 0.1, count)
    for state in range(1, size):
        there, back = people(draw, 0.001, 0.1, count), people(draw, 0.001, 0.1, count) * 3**-state
        rates[:, state, 0] += there
        rates[:, 0, 0] -= there
        rates[:, 0, state] += back
        rates[:, state, state] -= back
    inputs = tuple(dose(draw, size, count) for _ in range(draw(st.integers(0, 3))))
    readout = np.tile(np.eye(size)[:2], (count, 1, 1))
    names = tuple(f"state {number}" for number in range(size))
    return LinearSystem(rates, readout, inputs, names, names[:2])


def dose(draw: st.DrawFn, size: int, count: int) -> Input:
    on_a_time = st.sampled_from([0.0, 0.3, 0.7, 3.3, 5.0, 40.0, 10.0])
    return Input(
        state=draw(st.integers(0, size - 1)),
        amount=people(draw, 0.5, 100, count),
        start=np.array([draw(st.one_of(on_a_time, st.floats(0, 250))) for _ in range(count)]),
        duration=np.array(
            [draw(st.sampled_from([0.0, 0.2, 1.0, 2.5, 40.0])) for _ in range(count)]
        ),
    )


@settings(max_examples=150)
@given(systems(), st.sampled_from(GRIDS))
def test_they_agree_with_numpy_to_ten_digits_of_the_peak(
    system: LinearSystem, times: Floats
) -> None:
    expected = engine.profiles(system, times, by_compiled=False)
    found = engine.profiles(system, times, by_compiled=True)
    assert np.abs(found - expected).max() <= 1e-10 * max(1e-6, np.abs(expected).max())


def one_person(rate: float = 0.01) -> LinearSystem:
    given_at_once = Input(0, np.array([10.0]), np.array([5.0]), np.array([0.0]))
    return LinearSystem(np.array([[[-rate]]]), np.ones((1, 1, 1)), (given_at_once,), ("a",), ("a",))


@pytest.mark.parametrize("times", GRIDS)
def test_a_dose_is_there_at_its_moment_and_not_before(times: Floats) -> None:
    for moment in (times[0], times[7], times[-1]):
        at_once = replace(one_person().inputs[0], start=np.array([moment]))
        system = replace(one_person(), inputs=(at_once,))
        found = engine.profiles(system, times, by_compiled=True)[0, 0]
        assert np.all(found[times < moment] == 0)
        assert found[times == moment] == pytest.approx(10.0)


def test_a_closed_system_keeps_what_it_was_given() -> None:
    found = engine.profiles(one_person(rate=0.0), np.arange(1000.0), by_compiled=True)
    assert found[0, 0, 5:] == pytest.approx(10.0, rel=1e-12)


def test_people_with_complex_or_equal_poles_stand_beside_the_others() -> None:
    """A ring of flows swings; a chain of equal rates has no eigenvectors of its own."""
    ring = np.array([[-0.1, 0, 0.1], [0.1, -0.1, 0], [0, 0.1, -0.1]])
    chain = np.array([[-0.1, 0, 0], [0.1, -0.1, 0], [0, 0.1, -0.1]])
    plain = np.array([[-0.1, 0, 0], [0.1, -0.03, 0], [0, 0.01, -0.2]])
    one = np.ones(3)
    begun = Input(0, 10 * one, 5 * one, 20 * one)
    names = ("a", "b", "c")
    system = LinearSystem(
        np.stack([ring, chain, plain]), np.tile(np.eye(3), (3, 1, 1)), (begun,), names, names
    )
    times = np.arange(0.0, 120.0, 2.0)
    found = engine.profiles(system, times, by_compiled=True)
    expected = engine.profiles(system, times, by_compiled=False)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_times_that_are_not_evenly_apart_are_left_to_numpy() -> None:
    times = np.array([0.0, 1.0, 5.0, 30.0])
    found = engine.profiles(one_person(), times, by_compiled=True)
    assert found[0, 0] == pytest.approx([0, 0, 10, 10 * np.exp(-0.25)])
    assert not compiled.evenly(times)
    assert not compiled.evenly(np.array([3.0]))


def test_little_work_does_not_wait_for_the_compiler() -> None:
    minutes = np.arange(0.0, 1441.0)
    assert not compiled.wanted(1000 * minutes.size, minutes)
    assert compiled.wanted(100_000 * minutes.size, minutes)


def test_what_is_filled_has_the_shape_that_is_asked_for() -> None:
    times = np.arange(10.0)
    room = np.empty((1, 1, 10))
    assert engine.profiles(one_person(), times, out=room) is room
    with pytest.raises(ValueError, match=r"^out: an array of shape \(1, 1, 10\)"):
        engine.profiles(one_person(), times, out=np.empty((1, 1, 9)))


@given(st.integers(0, 1000), st.integers(1, 300))
def test_slices_cover_everyone_once(total: int, least: int) -> None:
    done = np.zeros(total, dtype=int)

    def work(part: slice) -> None:
        done[part] += 1

    slices.in_slices(work, total, least)
    assert np.all(done == 1)


def test_what_goes_wrong_in_a_slice_is_raised() -> None:
    def work(part: slice) -> None:
        raise ValueError(f"at {part.start}")

    with pytest.raises(ValueError, match="at 0"):
        slices.in_slices(work, 100, 1)
