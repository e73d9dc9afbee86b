"""Amounts over time by the matrix exponential: for systems whose poles coincide or nearly do."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.engine.exponential import exponential, with_integral
from mooring.core.pharmacology.system import Floats, Input, LinearSystem


def profiles(system: LinearSystem, times: Floats) -> Floats:
    """Concentrations in ng/mL, shape (subjects, outputs, times). `times` rise."""
    found = np.zeros((system.subjects, system.readout.shape[1], times.size))
    amounts = np.zeros(system.rates.shape[:2])
    before = _before(system, times)
    for number, now in enumerate(times):
        amounts = _carried(system, amounts, before, now)
        found[:, :, number] = np.einsum("nos,ns->no", system.readout, amounts)
        before = now
    return found


def _before(system: LinearSystem, times: Floats) -> float:
    """A moment before anything was given."""
    starts = [float(one.start.min()) for one in system.inputs]
    return min(starts, default=float(times[0])) - 1.0


def _carried(system: LinearSystem, amounts: Floats, begin: float, end: float) -> Floats:
    """The amounts at `end`, from those at `begin` and what arrived in between."""
    whole = exponential(system.rates * (end - begin))
    carried: Floats = np.einsum("nij,nj->ni", whole, amounts)
    for one in system.inputs:
        if np.any((one.start <= end) & (one.start + one.duration > begin)):
            carried += _arrived(system, one, begin, end)
    return carried


def _arrived(system: LinearSystem, one: Input, begin: float, end: float) -> Floats:
    """What of one input is where at `end`, of all that arrived after `begin`."""
    first = np.clip(one.start, begin, end)
    last = np.clip(one.start + one.duration, begin, end)
    at_once = one.duration == 0
    rate = np.where(at_once, 0.0, one.amount / np.where(at_once, 1.0, one.duration))
    _, integral = with_integral(system.rates, last - first)
    now = at_once & (one.start > begin) & (one.start <= end)
    there = integral[:, :, one.state] * rate[:, None]
    there[now, one.state] += one.amount[now]
    after = exponential(system.rates * (end - last)[:, None, None])
    carried: Floats = np.einsum("nij,nj->ni", after, there)
    return carried
