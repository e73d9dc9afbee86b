"""A picture of a simulation, with its caveats on it."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import Any

from mooring.core.pharmacology.simulation.extras import extra
from mooring.core.pharmacology.summaries import Summary
from mooring.core.pharmacology.system import Floats

COLOURS = ("#0f5a73", "#a35b12", "#5a4a8a")
"""Of ketamine and its metabolites, dark enough to read on white."""
MINUTES_IN_AN_HOUR = 60
WIDTH = 170
"""Characters of small print in a line of the picture."""


def figure(
    *,
    title: str,
    caveats: tuple[str, ...],
    times: Floats,
    outputs: tuple[str, ...],
    typical: Floats,
    summary: Summary | None,
    path: Path | None,
) -> Any:
    """A matplotlib figure of curves and bands over hours, written to `path` when given."""
    drawn = extra("matplotlib.figure").Figure(figsize=(9, 5), dpi=150, layout="constrained")
    axes = drawn.subplots()
    hours = times / MINUTES_IN_AN_HOUR
    for number, output in enumerate(outputs):
        colour = COLOURS[number % len(COLOURS)]
        axes.plot(hours, typical[number], color=colour, label=f"{output}, typical person")
        if summary is not None:
            _bands(axes, hours, summary, number, colour)
    axes.set(title=title, xlabel="hours", ylabel="ng/mL", xlim=(hours[0], hours[-1]))
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    drawn.supxlabel(fill(" ".join(caveats), WIDTH), fontsize=7)
    if path is not None:
        drawn.savefig(path)
    return drawn


def _bands(axes: Any, hours: Floats, summary: Summary, number: int, colour: str) -> None:
    """The widest pair of percentiles lightest, each pair inside it darker."""
    order = sorted(range(len(summary.percentiles)), key=lambda place: summary.percentiles[place])
    for depth in range(len(order) // 2):
        low, high = order[depth], order[-1 - depth]
        label = f"{summary.percentiles[low]:g} to {summary.percentiles[high]:g} % of people"
        axes.fill_between(
            hours,
            summary.bands[number, low],
            summary.bands[number, high],
            color=colour,
            alpha=0.15 + 0.1 * depth,
            linewidth=0,
            label=label,
        )
