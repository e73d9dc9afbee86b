"""Curves and people as columns, for frames and files."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from mooring.core.pharmacology.simulation.extras import extra
from mooring.core.pharmacology.summaries import People, Summary
from mooring.core.pharmacology.system import Floats

Columns = dict[str, list[Any]]


def curves(
    times: Floats, outputs: tuple[str, ...], typical: Floats, summary: Summary | None
) -> Columns:
    """One row for each time, analyte and statistic."""
    found: Columns = {"minute": [], "analyte": [], "statistic": [], "ng_per_ml": []}
    for number, output in enumerate(outputs):
        _curve(found, times, output, "typical", typical[number])
        if summary is not None:
            for place, percentile in enumerate(summary.percentiles):
                band = summary.bands[number, place]
                _curve(found, times, output, f"p{percentile:g}", band)
    return found


def _curve(found: Columns, times: Floats, output: str, statistic: str, values: Floats) -> None:
    found["minute"] += times.tolist()
    found["analyte"] += [output] * times.size
    found["statistic"] += [statistic] * times.size
    found["ng_per_ml"] += values.tolist()


def people(outputs: tuple[str, ...], numbers: People) -> Columns:
    """One row for each person and analyte; persons count from 0."""
    count = numbers.cmax.shape[0]
    found: Columns = {
        "person": [person for person in range(count) for _ in outputs],
        "analyte": list(outputs) * count,
        "cmax_ng_per_ml": numbers.cmax.ravel().tolist(),
        "tmax_minutes": numbers.tmax.ravel().tolist(),
        "auc_ng_h_per_ml": numbers.auc.ravel().tolist(),
    }
    for level, minutes in numbers.above.items():
        found[f"minutes_at_or_above_{level:g}"] = minutes.ravel().tolist()
    return found


def frame(library: str, columns: Columns) -> Any:
    """A data frame of Polars or pandas. Raises MissingExtraError."""
    return extra(library).DataFrame(columns)


def to_csv(path: Path, columns: Columns) -> None:
    """Write columns as a table with a heading and commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(zip(*columns.values(), strict=True))
