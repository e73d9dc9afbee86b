"""Reads from a simulated curve what a study reported of its own."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mooring.core.pharmacology.fit.study import Measure, Observed
from mooring.core.pharmacology.system import Floats, LinearSystem

MINUTES = np.arange(0.0, 1441.0)
"""The day that is looked at, minute by minute."""


@dataclass(frozen=True)
class Simulated:
    """One typical person's day after a regimen."""

    system: LinearSystem
    curves: Floats
    """ng/mL, shape (outputs, minutes)."""
    dose: float
    """All milligrams given."""
    vein: LinearSystem
    """The same model given 1 mg into a vein."""


def predicted(observed: Observed, simulated: Simulated) -> float:
    """What the model says of one measured number, in the unit of the measure."""
    return _READINGS[observed.measure](observed, simulated)


def total_areas(system: LinearSystem) -> Floats:
    """The whole area under each output of the first subject, ng·h/mL, without any simulation."""
    arrived = np.zeros(len(system.states))
    for entry in system.inputs:
        arrived[entry.state] += entry.amount[0]
    return np.asarray(system.readout[0] @ np.linalg.solve(-system.rates[0], arrived) / 60)


def _output(observed: Observed, system: LinearSystem) -> int:
    return system.outputs.index(observed.analyte)


def _window(observed: Observed, simulated: Simulated) -> tuple[Floats, Floats]:
    until = MINUTES[-1] if observed.until is None else observed.until
    looked_at = (observed.after <= MINUTES) & (until >= MINUTES)
    curve = simulated.curves[_output(observed, simulated.system)]
    return MINUTES[looked_at], curve[looked_at]


def _peak(observed: Observed, simulated: Simulated) -> float:
    return float(_window(observed, simulated)[1].max())


def _time_of_peak(observed: Observed, simulated: Simulated) -> float:
    minutes, curve = _window(observed, simulated)
    return float(minutes[curve.argmax()])


def _area(observed: Observed, simulated: Simulated) -> float:
    if observed.until is None:
        return float(total_areas(simulated.system)[_output(observed, simulated.system)])
    minutes, curve = _window(observed, simulated)
    return float(np.trapezoid(curve, minutes) / 60)


def _clearance(observed: Observed, simulated: Simulated) -> float:
    whole = total_areas(simulated.system)[_output(observed, simulated.system)]
    return float(simulated.dose * 1000 / whole)


def _half_life(observed: Observed, simulated: Simulated) -> float:
    curve = simulated.curves[_output(observed, simulated.system)]
    return float(12 * math.log(2) / math.log(curve[12 * 60] / curve[24 * 60]))


def _absorbed(observed: Observed, simulated: Simulated) -> float:
    at = _output(observed, simulated.system)
    by_vein = total_areas(simulated.vein)[at] * simulated.dose
    return float(100 * total_areas(simulated.system)[at] / by_vein)


_READINGS: dict[Measure, Callable[[Observed, Simulated], float]] = {
    Measure.PEAK: _peak,
    Measure.TIME_OF_PEAK: _time_of_peak,
    Measure.AREA: _area,
    Measure.CLEARANCE: _clearance,
    Measure.HALF_LIFE: _half_life,
    Measure.ABSORBED: _absorbed,
}
UNITS = {
    Measure.PEAK: "ng/mL",
    Measure.TIME_OF_PEAK: "min",
    Measure.AREA: "ng·h/mL",
    Measure.CLEARANCE: "L/h",
    Measure.HALF_LIFE: "h",
    Measure.ABSORBED: "%",
}
EXTENSIVE = frozenset({Measure.PEAK, Measure.AREA})
"""What halves when only one of the two forms is measured."""
