"""Who does the work of a verification: this process or several, with progress told."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from mooring.clinic.audit.tables import Difference, differences, differences_of, tables
from mooring.clinic.audit.walk import Found, Stretch, walk
from mooring.clinic.loaded import load

Tell = Callable[[str], None]


def say_nothing(words: str) -> None:
    """No progress is told."""


@dataclass(frozen=True)
class Work:
    """How a verification is done."""

    processes: int = 1
    tell: Tell = say_nothing
    """Called with a few words whenever a part is done."""

    def walked(self, stretches: Iterable[Stretch]) -> Iterator[Found]:
        """What a walk along each stretch found, in their order."""
        parts = list(stretches)
        total = parts[-1].last if parts else 0
        if self.processes == 1 or len(parts) == 1:
            yield from self._telling(map(walk, parts), parts, total)
            return
        with beside(self.processes) as pool:
            try:
                yield from self._telling(pool.map(walk, parts), parts, total)
            finally:
                pool.shutdown(cancel_futures=True)

    def _telling(self, found: Iterator[Found], parts: list[Stretch], total: int) -> Iterator[Found]:
        for part, each in zip(parts, found, strict=True):
            self.tell(f"{part.last:,} of {total:,} rows of the audit")
            yield each

    def compared(self, database: str) -> Iterator[Difference]:
        """What differs between tables and audit, table by table."""
        if self.processes == 1:
            yield from differences(database)
            return
        names = [model._meta.label for model in tables()]
        with beside(self.processes) as pool:
            for name, found in zip(
                names, pool.map(differences_of, names, [database] * len(names)), strict=True
            ):
                self.tell(f"compared {name}")
                yield from found


ALONE = Work()


def beside(processes: int) -> ProcessPoolExecutor:
    """Processes of their own, each with its own connection to the database."""
    return ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=load
    )


def cores() -> int:
    """How many processes are worth starting here."""
    return max(1, min(4, len(os.sched_getaffinity(0))))
