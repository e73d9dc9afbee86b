"""The engine against solvers that share nothing with it, and against what has to hold anyhow."""

from dataclasses import replace
from math import exp, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import engine, fit, models, population
from mooring.core.pharmacology.engine import eigen, exponential
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens.pieces import numbered
from mooring.core.pharmacology.system import Floats, Input, LinearSystem
from tests.support import propagator

INFUSION = GivenAs.INTRAVENOUS_INFUSION
TIMES = np.arange(0.0, 481.0, 7.0)


def one(value: float) -> Floats:
    return np.array([value])


def chain(rate: float, links: int, amount: float = 1.0) -> LinearSystem:
    """Equal rates in a row: no eigenvectors to stand on."""
    rates = np.zeros((1, links, links))
    for link in range(links):
        rates[0, link, link] = -rate
        if link:
            rates[0, link, link - 1] = rate
    names = tuple(f"link {link}" for link in range(links))
    dose = Input(0, one(amount), one(0.0), one(0.0))
    return LinearSystem(rates, np.eye(links)[None], (dose,), names, names)


@st.composite
def systems(draw: st.DrawFn) -> LinearSystem:
    """Up to five states with any flows between them, closed or leaking, and up to three doses."""
    size = draw(st.integers(1, 5))
    subjects = draw(st.integers(1, 3))
    flow = st.sampled_from([0.0, 0.0, 0.004, 0.02, 0.11, 0.11])
    rates = np.zeros((subjects, size, size))
    for source in range(size):
        for to in range(size + 1):
            if to != source:
                rate = draw(flow) * np.linspace(1, 1.7, subjects)
                rates[:, source, source] -= rate
                if to < size:
                    rates[:, to, source] += rate
    inputs = tuple(draw(st.lists(doses(size, subjects), min_size=1, max_size=3)))
    names = tuple(f"state {number}" for number in range(size))
    return LinearSystem(rates, np.tile(np.eye(size), (subjects, 1, 1)), inputs, names, names)


@st.composite
def doses(draw: st.DrawFn, size: int, subjects: int) -> Input:
    spread = np.linspace(1, 1.3, subjects)
    return Input(
        state=draw(st.integers(0, size - 1)),
        amount=draw(st.floats(0.5, 100)) * spread,
        start=draw(st.sampled_from([0.0, 3.5, 7.0, 60.0])) * spread,
        duration=draw(st.sampled_from([0.0, 0.0, 2.5, 40.0, 200.0])) * spread,
    )


def by_ode_solver(system: LinearSystem, who: int, times: Floats) -> Floats:
    """Piece by piece between the edges of the inputs, with tight tolerances."""
    edges = {float(edge.start[who]) for edge in system.inputs}
    edges |= {float(edge.start[who] + edge.duration[who]) for edge in system.inputs}
    marks = sorted({*times.tolist(), *edges})
    state, now, found = np.zeros(len(system.states)), 0.0, {}
    for mark in marks:
        state = _solved(system, who, state, now, mark)
        for dose in system.inputs:
            if dose.duration[who] == 0 and dose.start[who] == mark:
                state[dose.state] += dose.amount[who]
        found[mark], now = system.readout[who] @ state, mark
    return np.stack([found[time] for time in times.tolist()], axis=1)


def _solved(system: LinearSystem, who: int, state: Floats, begin: float, end: float) -> Floats:
    if end <= begin:
        return state.copy()
    rate = np.zeros(len(system.states))
    for dose in system.inputs:
        if dose.start[who] <= begin < dose.start[who] + dose.duration[who]:
            rate[dose.state] += dose.amount[who] / dose.duration[who]
    answer = solve_ivp(
        lambda _, amounts: system.rates[who] @ amounts + rate,
        (begin, end),
        state,
        method="LSODA",
        rtol=1e-10,
        atol=1e-12,
    )
    return answer.y[:, -1]


@settings(max_examples=40)
@given(systems())
def test_it_agrees_with_matrix_exponentials_on_any_graph_and_regimen(system: LinearSystem) -> None:
    expected = propagator.profiles(system, TIMES)
    assert engine.profiles(system, TIMES) == pytest.approx(expected, rel=1e-7, abs=1e-7)


@settings(max_examples=15)
@given(systems())
def test_it_agrees_with_an_ode_solver_to_a_millionth(system: LinearSystem) -> None:
    expected = by_ode_solver(system, 0, TIMES)
    near = 1e-6 * max(1.0, expected.max())
    assert engine.profiles(system, TIMES)[0] == pytest.approx(expected, rel=1e-6, abs=near)


@st.composite
def people_of_published_models(draw: st.DrawFn) -> LinearSystem:
    """One virtual person of a published model, given up to three doses in any ways it knows."""
    model = models.load(draw(st.sampled_from(models.names())))
    about = {"weight": draw(st.integers(45, 140)), "age": draw(st.integers(18, 90))}
    about |= draw(
        st.sampled_from([{"asian": 0.0, "japanese": 0.0}, {"asian": 1.0, "japanese": 1.0}])
    )
    ways = st.sampled_from([one.given_as for one in model.inputs])
    given_doses = draw(
        st.lists(st.tuples(ways, st.integers(0, 240), st.integers(1, 100)), min_size=1, max_size=3)
    )
    events = (
        DoseEvent(time, amount, way, duration=40.0 if way is INFUSION else None)
        for way, time, amount in given_doses
    )
    someone = draw(st.integers(0, 10**6))
    person = population.draw(model, range(someone, someone + 1), seed=1, covariates=about)
    return build(model, person, Regimen(model.drug, numbered(events)), about)


@settings(max_examples=12)
@given(people_of_published_models())
def test_every_published_model_agrees_with_an_ode_solver_to_a_millionth(
    system: LinearSystem,
) -> None:
    """Any person, any ways of giving, whatever lag, uptake and chain of states the model has."""
    expected = by_ode_solver(system, 0, TIMES)
    found = engine.profiles(system, TIMES)[0]
    for curve, truth in zip(found, expected, strict=True):
        assert curve == pytest.approx(truth, rel=1e-6, abs=1e-6 * max(truth.max(), 1e-3))


@settings(max_examples=30)
@given(systems())
def test_doses_given_together_are_the_sum_of_each_alone(system: LinearSystem) -> None:
    alone = [engine.profiles(replace(system, inputs=(dose,)), TIMES) for dose in system.inputs]
    assert engine.profiles(system, TIMES) == pytest.approx(sum(alone), rel=1e-8, abs=1e-8)


@settings(max_examples=30)
@given(systems())
def test_in_a_closed_system_nothing_is_lost_or_made(system: LinearSystem) -> None:
    rates = system.rates.copy()
    for state in range(rates.shape[1]):
        rates[:, state, state] = 0
        rates[:, state, state] = -rates[:, :, state].sum(axis=1)
    closed = replace(system, rates=rates)
    late = np.array([10_000.0])
    given_in_all = sum(dose.amount for dose in system.inputs)
    assert engine.profiles(closed, late).sum(axis=(1, 2)) == pytest.approx(given_in_all, rel=1e-7)


@settings(max_examples=30)
@given(systems())
def test_a_subject_is_the_same_alone_and_in_company(system: LinearSystem) -> None:
    together = engine.profiles(system, TIMES)
    for who in range(system.subjects):
        chosen = slice(who, who + 1)
        alone = LinearSystem(
            system.rates[chosen],
            system.readout[chosen],
            tuple(
                Input(d.state, d.amount[chosen], d.start[chosen], d.duration[chosen])
                for d in system.inputs
            ),
            system.states,
            system.outputs,
        )
        assert engine.profiles(alone, TIMES)[0] == pytest.approx(together[who], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("links", [2, 4, 7])
def test_a_chain_of_equal_rates_follows_the_erlang_distribution(links: int) -> None:
    # After n - 1 links of rate k, (k t)^(n-1) e^(-k t) / (n-1)! of the dose is in the nth.
    system = chain(0.1, links)
    assert not eigen.spectrum(system).usable[0]
    times = np.array([1.0, 15.0, 60.0])
    expected = [(0.1 * t) ** (links - 1) * exp(-0.1 * t) / factorial(links - 1) for t in times]
    assert engine.profiles(system, times)[0, -1] == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("apart", [1e-3, 1e-6, 1e-9, 1e-12, 0.0])
def test_rates_that_nearly_coincide_are_as_exact_as_others(apart: float) -> None:
    system = chain(0.1, 3)
    system.rates[0, 1, 1] -= apart
    system.rates[0, 2, 1] += apart
    expected = propagator.profiles(system, TIMES)
    assert engine.profiles(system, TIMES) == pytest.approx(expected, rel=1e-7, abs=1e-12)


def test_people_with_and_without_eigenvectors_stand_side_by_side() -> None:
    mixed, both = chain(0.1, 2), np.array([1.0, 1.0])
    rates = np.concatenate([mixed.rates, mixed.rates])
    rates[1, 1, 1] = -0.3
    dose = Input(0, both, both * 0, both * 0)
    system = LinearSystem(rates, np.tile(np.eye(2), (2, 1, 1)), (dose,), ("a", "b"), ("a", "b"))
    assert eigen.spectrum(system).usable.tolist() == [False, True]
    expected = propagator.profiles(system, TIMES)
    assert engine.profiles(system, TIMES) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_dose_is_there_at_its_moment_and_not_before() -> None:
    late = replace(chain(0.1, 2), inputs=(Input(0, one(5.0), one(10.0), one(0.0)),))
    found = engine.profiles(late, np.array([9.999, 10.0]))[0]
    assert found[0].tolist() == [0.0, 5.0]


def test_an_infusion_has_given_half_of_itself_at_half_its_time() -> None:
    still = LinearSystem(
        np.zeros((1, 1, 1)),
        np.ones((1, 1, 1)),
        (Input(0, one(35.0), one(0.0), one(40.0)),),
        ("body",),
        ("body",),
    )
    found = engine.profiles(still, np.array([0.0, 20.0, 40.0, 400.0]))[0, 0]
    assert found == pytest.approx([0.0, 17.5, 35.0, 35.0])


@pytest.mark.parametrize("times", [[], [1.0, 1.0], [2.0, 1.0], [0.0, float("nan")], [[0.0, 1.0]]])
def test_times_that_do_not_rise_are_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="times:"):
        engine.profiles(chain(0.1, 2), np.array(times))


@given(st.integers(1, 6), st.floats(0.001, 40), st.integers(0, 2**31))
@settings(max_examples=40)
def test_the_matrix_exponential_is_that_of_scipy(size: int, scale: float, seed: int) -> None:
    matrices = np.random.default_rng(seed).normal(size=(3, size, size)) * scale / size
    matrices -= np.eye(size) * scale
    expected = np.stack([expm(matrix) for matrix in matrices])
    assert exponential.exponential(matrices) == pytest.approx(expected, rel=1e-8, abs=1e-10)


def test_nothing_to_the_power_of_a_matrix_of_zeros_is_one() -> None:
    assert exponential.exponential(np.zeros((1, 2, 2)))[0].tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_three_esketamine_devices_reach_the_published_peak() -> None:
    # Perez-Ruixo 2021, Table 4: 84 mg, 18 to 60 years, not Asian: 101.0 ng/mL, area 362.2 to 24 h.
    model = models.load("perez_ruixo_2021")
    people = {"age": 40.0, "asian": 0.0, "japanese": 0.0}
    sprays = tuple(
        DoseEvent(5.0 * nth, 28.0, GivenAs.NASAL_DEVICE, nth=nth + 1) for nth in range(3)
    )
    regimen = Regimen(Drug.ESKETAMINE, sprays)
    system = build(model, models.typical(model, people), regimen, people)
    times = np.arange(0.0, 1441.0, 1.0)
    esketamine = engine.profiles(system, times)[0, 0]
    assert esketamine.max() == pytest.approx(101.0, rel=0.015)
    assert np.trapezoid(esketamine, times / 60) == pytest.approx(362.2, rel=0.015)


def test_every_measured_study_that_a_model_claims_runs_on_the_engine() -> None:
    found = fit.rows(engine.profiles)
    assert found
    expected = fit.rows(propagator.profiles)
    assert [row.predicted for row in found] == pytest.approx(
        [row.predicted for row in expected], rel=1e-6
    )
    assert [row.within for row in found] == [row.within for row in expected]
