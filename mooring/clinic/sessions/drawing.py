"""The session's chart for paper: black and white, told apart by shape and dash, drawn here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mooring.clinic.sessions.charting import OWN_AXIS, VITALS, given, zero_of
from mooring.core.session.chart import plain
from mooring.core.session.entries import minutes_between
from mooring.core.session.view import SessionView

WIDTH, HEIGHT = 760, 310
LEFT, RIGHT, TOP, FLOOR = 40, 530, 10, 230
PUMP_FLOOR, PUMP_TALL = 282, 30
LOWEST, HIGHEST = 40, 200
EVERY = 20
WORDS_TALL, WORDS_WIDE, RATE_WIDE = 14, 52, 78
"""The room that a line of words, a dose and a rate take on the paper."""
WORDS_AT = 538
"""Where the words of the limit lines begin, right of all that is measured."""


@dataclass(frozen=True)
class Mark:
    """Something at one place of the drawing, in SVG units, with its words."""

    x: float
    y: float
    text: str = ""


@dataclass(frozen=True)
class StopLine(Mark):
    """A line at which a rule fires; its words stand beside it, where they meet no other's."""

    words_y: float = 0


@dataclass(frozen=True)
class Curve:
    """One vital sign: its shape, and the points it connects."""

    shape: str
    marks: list[Mark]

    @property
    def points(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{mark.x:.1f},{mark.y:.1f}" for mark in self.marks)


@dataclass(frozen=True)
class Bar:
    """The pump at one rate."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """All parts of the chart."""

    width: int
    height: int
    left: int
    right: int
    floor: int
    pump_floor: int
    levels: list[Mark]
    times: list[Mark]
    stops: list[StopLine]
    curves: list[Curve]
    pump: list[Bar]
    doses: list[Mark]


def drawing(view: SessionView, stops: list[dict[str, Any]]) -> Drawing | None:
    """The chart of a session; None while nothing was measured."""
    if not view.readings:
        return None
    across = axis(view)
    levels = range(LOWEST, HIGHEST + 1, EVERY)
    on_axis = [stop for stop in stops if stop["measure"] not in OWN_AXIS]
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        floor=FLOOR,
        pump_floor=PUMP_FLOOR,
        levels=[Mark(LEFT, height(level), str(level)) for level in levels],
        times=ticks(view, across),
        stops=stop_lines(on_axis),
        curves=[curve(view, name, across) for name in VITALS],
        pump=pump(view, across),
        doses=in_two_rows(
            [Mark(across(at), PUMP_FLOOR, f"{plain(mg)} mg") for at, mg in given(view)]
        ),
    )


def height(value: float) -> float:
    """Where a value stands; what lies beyond the paper stands at its edge."""
    inside = min(max(value, LOWEST), HIGHEST)
    return FLOOR - (inside - LOWEST) / (HIGHEST - LOWEST) * (FLOOR - TOP)


def stop_lines(stops: list[dict[str, Any]]) -> list[StopLine]:
    """The lines from the top down, with their words at least WORDS_TALL apart and on the chart."""
    said = [(stop["value"], words) for stop in stops for words in stop["words"].split("; ")]
    marks = sorted((height(value), words) for value, words in said)
    places = apart([y for y, _ in marks], FLOOR)
    return [StopLine(WORDS_AT, y, words, at) for (y, words), at in zip(marks, places, strict=True)]


def apart(places: list[float], floor: float) -> list[float]:
    """Places from the top down, moved down until they are apart, and up again above the floor."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + WORDS_TALL if moved else WORDS_TALL / 2))
    for back in range(len(moved) - 1, -1, -1):
        moved[back] = min(moved[back], floor)
        floor = moved[back] - WORDS_TALL
    return moved


def in_two_rows(marks: list[Mark]) -> list[Mark]:
    """Marks along the floor; one that would touch the words before it stands a row higher."""
    rows: list[Mark] = []
    for mark in marks:
        close = rows and rows[-1].y == mark.y and mark.x - rows[-1].x < WORDS_WIDE
        rows.append(replace(mark, y=mark.y - WORDS_TALL) if close else mark)
    return rows


def axis(view: SessionView) -> Callable[[datetime], float]:
    """Time to paper, from the first to the last thing drawn."""
    first, last = span(view)
    length = max(float(minutes_between(first, last)), 1.0)
    return lambda at: LEFT + float(minutes_between(first, at)) / length * (RIGHT - LEFT - 20)


def span(view: SessionView) -> tuple[datetime, datetime]:
    """The first and the last moment drawn."""
    moments = [at for at, _, _ in view.readings] + [step.at for step in view.dose_steps]
    moments += [at for at, _ in given(view)]
    return min(moments), max(moments)


def ticks(view: SessionView, across: Callable[[datetime], float]) -> list[Mark]:
    """A tick at each reading, in minutes from the start; none closer than its label needs."""
    zero, marks = zero_of(view), list[Mark]()
    for at, _, _ in view.readings:
        x = across(at)
        if not marks or x - marks[-1].x > 30:
            minute = round(minutes_between(zero, at))
            marks.append(Mark(x, FLOOR, str(minute).replace("-", "−")))
    return marks


def curve(view: SessionView, name: str, across: Callable[[datetime], float]) -> Curve:
    """The readings that hold this vital sign."""
    held = [(at, getattr(reading, name)) for at, _, reading in view.readings]
    marks = [Mark(across(at), height(value), str(value)) for at, value in held if value is not None]
    return Curve(name, marks)


def pump(view: SessionView, across: Callable[[datetime], float]) -> list[Bar]:
    """What the pump gave, as bars above its own floor."""
    _, last = span(view)
    steps = view.dose_steps
    most = max((float(step.rate_mg_per_minute) for step in steps), default=0.0)
    bars = []
    for place, step in enumerate(steps):
        until = steps[place + 1].at if place + 1 < len(steps) else last
        tall = float(step.rate_mg_per_minute) / most * PUMP_TALL
        x = across(step.at)
        wide = max(across(until) - x, 0.0)
        # A bar too narrow for its words keeps them for the table of entries.
        fits = tall > 0 and (wide >= RATE_WIDE or place + 1 == len(steps))
        words = f"{step.rate_mg_per_minute.normalize():f} mg/min" if fits else ""
        bars.append(Bar(x, PUMP_FLOOR - tall, wide, tall, words))
    return bars
