"""How well the models fit what was measured in people: the data, and the rows of the page."""

from mooring.core.pharmacology.fit.rows import (
    ArithmeticRow,
    FitRow,
    Profiles,
    arithmetic_rows,
    data,
    not_run,
    rows,
)
from mooring.core.pharmacology.fit.study import Arithmetic, FitData, Measure, Observed, Study

__all__ = [
    "Arithmetic",
    "ArithmeticRow",
    "FitData",
    "FitRow",
    "Measure",
    "Observed",
    "Profiles",
    "Study",
    "arithmetic_rows",
    "data",
    "not_run",
    "rows",
]
