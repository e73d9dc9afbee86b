"""Where lines and bands stand. Across in percent, so that words keep their size; down in pixels.

The lines are drawn in a nested picture whose unit across is the minute and down the pixel, which
the browser stretches to the width there is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from mooring.clinic.pharmacology.words import TAGS, amount
from mooring.core.pharmacology.models import SamplingSite
from mooring.core.pharmacology.system import Floats
from mooring.core.pharmacology.what_if import Curve, Noted, WhatIf

LEFT, WIDTH = 11.0, 87.0
TOP, TALL, FOOT = 26, 230, 40
HOURS_APART = {8: 1, 16: 2}
LABEL = 16
TABLE_MINUTES = (0, 5, 10, 20, 30, 40, 60, 90, *range(120, 1441, 60))


@dataclass(frozen=True)
class Place:
    """A number on an axis, or a mark in the picture."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Frame:
    """The two axes that all pictures of one question share."""

    start: float
    minutes: float
    highest: float

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return TOP + TALL + FOOT

    @property
    def top(self) -> int:
        """Of the field of the lines."""
        return TOP

    @property
    def floor(self) -> int:
        """Where nothing is."""
        return TOP + TALL

    @property
    def view(self) -> str:
        """The nested picture's own field."""
        return f"0 0 {self.minutes:g} {TALL}"

    def x(self, minute: float) -> float:
        """Percent of the width."""
        return round(LEFT + WIDTH * minute / self.minutes, 2)

    def y(self, value: float) -> float:
        """Pixels from the top of the field."""
        return round(TALL * (1 - value / self.highest), 1)

    @property
    def hours(self) -> list[Place]:
        """Whole hours, as many as have room."""
        last = int(self.minutes // 60)
        step = next((step for most, step in HOURS_APART.items() if last <= most), 4)
        return [Place(self.x(60 * hour), 0, str(hour)) for hour in range(0, last + 1, step)]

    @property
    def levels(self) -> list[Place]:
        """Round concentrations."""
        step = round_step(self.highest)
        count = math.floor(self.highest / step)
        return [Place(LEFT, TOP + self.y(step * n), f"{step * n:g}") for n in range(count + 1)]

    def line(self, times: Floats, values: Floats) -> str:
        """A curve as SVG writes it."""
        return "M" + " ".join(self._points(times, values))

    def area(self, times: Floats, low: Floats, high: Floats) -> str:
        """A band as SVG writes it."""
        there, back = self._points(times, high), self._points(times[::-1], low[::-1])
        return "M" + " ".join([*there, *back]) + "z"

    def _points(self, times: Floats, values: Floats) -> list[str]:
        return [f"{at:g},{self.y(value)}" for at, value in zip(times, values, strict=True)]


@dataclass(frozen=True)
class Row:
    """One minute of a curve's table."""

    minute: str
    line: str
    inner: str
    outer: str


@dataclass(frozen=True)
class Drawn:
    """One model's curve, ready to be drawn."""

    letter: str
    curve: Curve
    line: str
    outer: str
    inner: str
    letter_at: Place
    rows: list[Row]

    @property
    def dash(self) -> int:
        """Which pattern of dashes its line has."""
        return ascii_uppercase.index(self.letter)

    @property
    def peak(self) -> str:
        """Of the line, in ng/mL."""
        return amount(self.curve.peak)

    @property
    def tag(self) -> str:
        """How far the model's numbers could be followed back."""
        return TAGS[self.curve.answer.model.status]

    @property
    def arterial(self) -> bool:
        """Whether the model is of arterial blood."""
        return self.curve.answer.model.sampling_site is SamplingSite.ARTERIAL


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn of one question."""

    frame: Frame
    drawn: list[Drawn]
    marks: list[Place]
    spread: str
    """How far the models lie apart, in words; empty for fewer than two."""


def picture(found: WhatIf, notes: Sequence[Noted] = ()) -> Picture | None:
    """The drawings; None when no model answers."""
    if not found.curves:
        return None
    times = found.times
    frame = Frame(float(times[0]), float(times[-1]), found.highest * 1.04)
    places = letters(frame, found.curves)
    drawn = [
        _drawn(frame, times, curve, place)
        for curve, place in zip(found.curves, places, strict=True)
    ]
    return Picture(frame, drawn, marks(frame, notes), spread(found.curves))


def round_step(highest: float) -> float:
    """1, 2 or 5 times a power of ten: three to six of them below the highest."""
    power = 10.0 ** math.floor(math.log10(highest))
    return next(power * part for part in (1, 0.5, 0.2) if highest / (power * part) >= 3)


def letters(frame: Frame, curves: Sequence[Curve]) -> list[Place]:
    """A letter left of each peak, none on another."""
    order = sorted(range(len(curves)), key=lambda n: curves[n].peak)
    places = dict[int, Place]()
    lowest = math.inf
    for n in order:
        curve = curves[n]
        at = min(frame.y(curve.peak) + 5, lowest)
        lowest = at - LABEL
        places[n] = Place(frame.x(curve.peak_at) - 1, TOP + at, ascii_uppercase[n])
    return [places[n] for n in range(len(curves))]


def marks(frame: Frame, notes: Iterable[Noted]) -> list[Place]:
    """What was noted while the picture lasts, numbered."""
    inside = [note for note in notes if note.minute <= frame.minutes]
    return [Place(frame.x(note.minute), note.minute, note.words) for note in inside]


def spread(curves: Sequence[Curve]) -> str:
    """The highest concentrations of all models, and by blood where there is both."""
    if len(curves) < 2:
        return ""
    parts = [f"The models' highest concentrations lie {between(curves)} ng/mL"]
    for site in SamplingSite:
        own = [one for one in curves if one.answer.model.sampling_site is site]
        if own and len(own) < len(curves):
            parts.append(f"in {site.value} blood {between(own)}")
    return ", ".join([parts[0], " and ".join(parts[1:])]) if parts[1:] else parts[0]


def between(curves: Sequence[Curve]) -> str:
    """From the least to the most of their peaks."""
    peaks = sorted(one.peak for one in curves)
    ends = list(dict.fromkeys([amount(peaks[0]), amount(peaks[-1])]))
    return f"from {ends[0]} to {ends[1]}" if len(ends) == 2 else f"at {ends[0]}"


def _drawn(frame: Frame, times: Floats, curve: Curve, place: Place) -> Drawn:
    band = curve.band
    return Drawn(
        letter=place.label,
        curve=curve,
        line=frame.line(times, curve.line),
        outer="" if band is None else frame.area(times, band.p5, band.p95),
        inner="" if band is None else frame.area(times, band.p25, band.p75),
        letter_at=place,
        rows=rows(times, curve),
    )


def rows(times: Floats, curve: Curve) -> list[Row]:
    """The same numbers for who cannot see the picture, at round minutes and at the peak."""
    wanted = {*TABLE_MINUTES, curve.peak_at}
    return [_row(n, at, curve) for n, at in enumerate(times) if at in wanted]


def _row(n: int, at: float, curve: Curve) -> Row:
    band = curve.band
    inner = "" if band is None else f"{amount(band.p25[n])} to {amount(band.p75[n])}"
    outer = "" if band is None else f"{amount(band.p5[n])} to {amount(band.p95[n])}"
    return Row(f"{at:g}", amount(curve.line[n]), inner, outer)
