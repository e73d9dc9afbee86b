"""How long the evidence takes: to load, to check, and to search.

Type: .venv/bin/python benchmarks/evidence.py

The limits are those the project set itself: 100 ms to load everything, 20 ms for a search. Each
number is the median of several runs. Exit code 1 where a limit is passed.
"""

import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

from mooring.core import handbook
from mooring.core.evidence.base import load
from mooring.core.evidence.lint import lint
from mooring.core.handbook import Face
from mooring.core.search import Index, entries

RUNS = 15
QUESTIONS = ("bioavailability", "suicidal thouhgts", "blood pressure stop", "esketamine driving")
"""A word, a slip, several words, and two subjects at once."""


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of the work."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1000


def measured() -> dict[str, tuple[float, float | None]]:
    """For each piece of work its milliseconds, and the limit where there is one."""
    base, book = load(), handbook.load()
    index = Index(entries(base, book, Face.CLINICIAN))
    found: dict[str, tuple[float, float | None]] = {
        "load": (milliseconds(load.__wrapped__), 100),
        "lint": (milliseconds(lambda: lint(base)), None),
        "build the search": (
            milliseconds(lambda: Index(entries(base, book, Face.CLINICIAN))),
            None,
        ),
    }
    for question in QUESTIONS:
        asked = milliseconds(partial(index.search, question))
        found[f"search “{question}”"] = (asked, 20)
    return found


def main() -> None:
    """Measure, print, and stop with exit code 1 where a limit is passed."""
    results = measured()
    for name, (took, limit) in results.items():
        room = "" if limit is None else f"   limit {limit:g} ms"
        sys.stdout.write(f"{name:32}{took:8.1f} ms{room}\n")
    if any(limit is not None and took > limit for took, limit in results.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
