"""The baseline: the mean of the two newest seated blood pressures before the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from mooring.core.session.entries import Reading
from mooring.core.session.standing import Log, of
from mooring.core.session.view import Baseline


@dataclass(frozen=True)
class Pressure:
    """A blood pressure as it was taken, in mmHg."""

    systolic: int
    diastolic: int
    at: datetime
    entry: UUID
    reading: Reading

    def __str__(self) -> str:
        return f"{self.systolic}/{self.diastolic}"


def pressures(log: Log) -> list[Pressure]:
    """The readings that hold a blood pressure, in the order of `log`."""
    return [
        Pressure(r.content.systolic, r.content.diastolic, r.at, r.id, r.content)
        for r in of(log, Reading)
        if r.content.systolic is not None and r.content.diastolic is not None
    ]


def seated_pressures(log: Log) -> list[Pressure]:
    """Those taken seated; an unrecorded position does not count."""
    return [pressure for pressure in pressures(log) if pressure.reading.position == "seated"]


def baseline(before_start: Log) -> Baseline | None:
    """The baseline that a log up to the start gives; None with fewer than two seated readings."""
    pair = seated_pressures(before_start)[-2:]
    if len(pair) < 2:
        return None
    older, newer = pair
    return Baseline(
        systolic=_mean([older.systolic, newer.systolic]),
        diastolic=_mean([older.diastolic, newer.diastolic]),
        heart_rate=_mean_or_newest(pair, before_start, "heart_rate"),
        spo2=_mean_or_newest(pair, before_start, "spo2"),
        readings=(older.entry, newer.entry),
        taken_at=newer.at,
    )


def _mean_or_newest(
    pair: Sequence[Pressure], before_start: Log, vital: Literal["heart_rate", "spo2"]
) -> Decimal | None:
    """The mean of what the pair holds; without that, the newest value before the start."""
    in_pair = _values([pressure.reading for pressure in pair], vital)
    if in_pair:
        return _mean(in_pair)
    anywhere = _values([r.content for r in of(before_start, Reading)], vital)
    return Decimal(anywhere[-1]) if anywhere else None


def _values(readings: Sequence[Reading], vital: Literal["heart_rate", "spo2"]) -> list[int]:
    values = (reading.heart_rate if vital == "heart_rate" else reading.spo2 for reading in readings)
    return [value for value in values if value is not None]


def _mean(values: Sequence[int]) -> Decimal:
    return Decimal(sum(values)) / len(values)
