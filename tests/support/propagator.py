"""Solves a linear system by matrix exponentials alone: it shares nothing with the engine."""

from collections.abc import Iterator

import numpy as np
from scipy.linalg import expm

from mooring.core.pharmacology.system import Floats, LinearSystem


def profiles(system: LinearSystem, times: Floats) -> Floats:
    """Concentrations (subjects, outputs, times), times ascending minutes from 0 on."""
    return np.stack([_one(system, who, times) for who in range(system.subjects)])


def _one(system: LinearSystem, who: int, times: Floats) -> Floats:
    edges = sorted({*times.tolist(), *(edge for pair in _windows(system, who) for edge in pair)})
    size = len(system.states)
    state, now, steps = np.zeros(size), 0.0, {}
    found = {}
    for edge in edges:
        running = _running(system, who, now, edge)
        key = (round(edge - now, 9), running.tobytes())
        if key not in steps:
            steps[key] = _step(system.rates[who], running, edge - now)
        state = (steps[key] @ np.append(state, 1.0))[:size]
        found[edge] = system.readout[who] @ (state := state + _given_at_once(system, who, edge))
        now = edge
    return np.stack([found[time] for time in times.tolist()], axis=1)


def _windows(system: LinearSystem, who: int) -> Iterator[tuple[float, float]]:
    for entry in system.inputs:
        start = float(entry.start[who])
        yield start, start + float(entry.duration[who])


def _running(system: LinearSystem, who: int, begin: float, end: float) -> Floats:
    """Milligrams per minute into each state in a stretch of time without edges."""
    rate = np.zeros(len(system.states))
    for entry, (start, stop) in zip(system.inputs, _windows(system, who), strict=True):
        if start <= begin and end <= stop and stop > start:
            rate[entry.state] += entry.amount[who] / entry.duration[who]
    return rate


def _given_at_once(system: LinearSystem, who: int, edge: float) -> Floats:
    amounts = np.zeros(len(system.states))
    for entry, (start, stop) in zip(system.inputs, _windows(system, who), strict=True):
        if start == stop == edge:
            amounts[entry.state] += entry.amount[who]
    return amounts


def _step(rates: Floats, running: Floats, minutes: float) -> Floats:
    size = len(running)
    block = np.zeros((size + 1, size + 1))
    block[:size, :size], block[:size, size] = rates, running
    return np.asarray(expm(block * minutes))
