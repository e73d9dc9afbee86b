"""Directions read part by part: each dose with its own times, added up to a day.

"1 in the morning and 2 at bedtime" is three tablets. It is read whole or not at all: one word that
is not known, one dose without its time, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from mooring.core.drugs.interactions.direction_parts import Kind, Part, in_one_ml, one_of, parts
from mooring.core.drugs.interactions.doubts import MASS, NUMBER, doubt
from mooring.core.drugs.interactions.frequency import says_how_often

_FIRST_NUMBER = re.compile(r"\d")
_START = re.compile(r"(?:\btotal(?: of)?:?\s+)?\d")
_WHOLE_AND_ITS_PARTS = re.compile(r"([^()]*)\(([^()]*)\)\s*")
_AMOUNTS = frozenset({Kind.MASS, Kind.PIECES, Kind.BARE, Kind.VOLUME})
_ALONE = frozenset({Kind.DAY_MASS, Kind.PATTERN})


@dataclass(frozen=True)
class _Strength:
    """What one tablet or one mL holds, in mg; None where it is not written."""

    piece: Fraction | None = None
    ml: Fraction | None = None


@dataclass(frozen=True)
class _Dose:
    """What is taken, and when. A part of the directions."""

    parts: tuple[Part, ...]

    def numbers(self, *kinds: Kind) -> set[Fraction]:
        """The numbers of these kinds."""
        return {part.number for part in self.parts if part.kind in kinds}

    @property
    def times(self) -> list[str]:
        """The times of the day that are named."""
        return [part.name for part in self.parts if part.kind is Kind.TIME]

    @property
    def whens(self) -> list[Part]:
        """Every part that says how often, with what stands between."""
        kinds = [part.kind in {Kind.RATE, Kind.TIME} for part in self.parts]
        if True not in kinds:
            return []
        first, last = kinds.index(True), len(kinds) - kinds[::-1].index(True)
        return list(self.parts[first:last])


def scheduled(name: str, taken: str) -> Fraction | None:
    """The mg in a day, exact; None where a part of the words was not read.

    `name` is the medicine's own line and `taken` its directions, both in lower case; where there
    are no directions apart, they follow the name.
    """
    if taken.strip():
        strength = _named_strength(name)
        if strength == _Strength():
            return _after_the_name(taken)
        return None if strength is None else _day(taken, strength)
    start = _START.search(name)
    if start is None or not _quiet(name[: start.start()]) or _glued(name, start.start()):
        return None
    return _after_the_name(name[start.start() :])


def _glued(name: str, at: int) -> bool:
    """True where the number hangs on a word, so that it may be cut: "tab.5 mg", "O.5 mg"."""
    return at > 0 and not (name[at - 1].isspace() or name[at - 1] in "(,:")


def _quiet(words: str) -> bool:
    """True for words that say nothing of how much or how often."""
    return not (_FIRST_NUMBER.search(words) or doubt(words) or says_how_often(words))


def _named_strength(name: str) -> _Strength | None:
    """What the medicine's own line says of one tablet or one mL; None where it says more."""
    start = _FIRST_NUMBER.search(name)
    if start is None:
        return _Strength() if _quiet(name) else None
    if _glued(name, start.start()):
        return None
    before, rest = name[: start.start()], name[start.start() :]
    ml = in_one_ml(rest)
    piece = None if ml else _mass(rest)
    found = ml or piece
    if found is None or not _quiet(before) or not _quiet(rest[found[1] :]):
        return None
    return _Strength(ml=found[0]) if ml else _Strength(piece=found[0])


def _mass(rest: str) -> tuple[Fraction, int] | None:
    found = re.match(rf"{NUMBER}\s*{MASS}(?!\s*(?:/|per))", rest)
    read = parts(found[0]) if found else None
    return (read[0].number, found.end()) if found and read else None


def _after_the_name(rest: str) -> Fraction | None:
    """Strength and directions in one line: "1 mg tabs: 1 in AM and 2 at HS"."""
    if one := one_of(rest):
        said = _day(rest[one[1] :], _Strength(piece=one[0]))
        if said is not None:
            return said
    if ml := in_one_ml(rest):
        return _day(rest[ml[1] :], _Strength(ml=ml[0]))
    return _day(rest, _Strength())


def _day(directions: str, strength: _Strength) -> Fraction | None:
    """The mg in a day; where brackets say it a second time, only if both agree."""
    whole = _WHOLE_AND_ITS_PARTS.fullmatch(directions)
    if whole:
        apart = [_plain_day(part, strength) for part in whole.groups()]
        if None not in apart:
            return apart[0] if apart[0] == apart[1] else None
    return _plain_day(directions, strength)


def _plain_day(directions: str, strength: _Strength) -> Fraction | None:
    read = parts(directions)
    if not read:
        return None
    alone = [part for part in read if part.kind in _ALONE]
    rest = [part for part in read if part.kind not in _ALONE]
    if alone:
        return _of_the_day(alone, rest, strength)
    return _sum(_doses(read), strength)


def _of_the_day(
    alone: Sequence[Part], rest: Sequence[Part], strength: _Strength
) -> Fraction | None:
    """The amount of a whole day, as "15 mg a day in 3 doses" or "1-0-1"."""
    one = alone[0]
    if len(alone) > 1 or not one.number:
        return None
    if one.kind is Kind.PATTERN:
        open_ = rest or strength.piece is None
        return None if open_ or strength.piece is None else one.number * strength.piece
    if all(part.kind is Kind.BETWEEN for part in rest):
        return one.number
    return one.number if _sum(_doses(rest), strength) == one.number else None


def _doses(read: Sequence[Part]) -> list[_Dose]:
    """Each dose: an amount that follows a time begins the next."""
    doses: list[list[Part]] = [[]]
    timed = False
    for part in read:
        if part.kind in _AMOUNTS and timed:
            doses.append([])
            timed = False
        timed = timed or part.kind in {Kind.RATE, Kind.TIME}
        doses[-1].append(part)
    return [_Dose(_without_ends(dose)) for dose in doses]


def _without_ends(dose: Sequence[Part]) -> tuple[Part, ...]:
    kinds = [part.kind is not Kind.BETWEEN for part in dose]
    if True not in kinds:
        return ()
    return tuple(dose[kinds.index(True) : len(kinds) - kinds[::-1].index(True)])


def _sum(doses: Sequence[_Dose], strength: _Strength) -> Fraction | None:
    if not _may_be_added(doses):
        return None
    total = Fraction(0)
    for dose in doses:
        once, often = _at_one_time(dose, strength), _times(dose)
        if not once or not often or (len(doses) > 1 and not _belongs_to_a_day(dose, often)):
            return None
        total += once * often
    return total


def _may_be_added(doses: Sequence[_Dose]) -> bool:
    """True for doses of one day: no time twice, no days that come after.

    Where one is told as twice or three times a day, it stands first and one at one time follows.
    """
    named = [name for dose in doses for name in dose.times]
    many = [at for at, dose in enumerate(doses) if dose.numbers(Kind.RATE)]
    lasting = any(part.kind is Kind.LENGTH for dose in doses for part in dose.parts)
    if len(doses) == 1:
        return True
    if many and not (many == [0] and len(doses) == 2 and len(named) == 1):
        return False
    return len(named) == len(set(named)) and not lasting


def _belongs_to_a_day(dose: _Dose, often: Fraction) -> bool:
    """False for a dose that is told as "daily" without a time, or by the hour: others may be in it.

    "5 mg daily and 5 mg at bedtime" may be one dose.
    """
    return often >= 1 and (bool(dose.times) or often in {2, 3})


def _times(dose: _Dose) -> Fraction | None:
    """How often in a day; None where it is said in more than one way."""
    rates, times = dose.numbers(Kind.RATE), dose.times
    if _one_time_in_two_words(dose):
        return None
    between = [part.name for part in dose.whens if part.kind is Kind.BETWEEN]
    joined = bool(between)
    if len(rates) > 1 or (rates and joined) or "/" in between:
        return None
    if not rates:
        return Fraction(len(set(times))) if not joined or len(set(times)) == len(times) else None
    (rate,) = rates
    fits = not times or len(set(times)) == rate or (rate < 1 and len(set(times)) == 1)
    return rate if fits else None


def _one_time_in_two_words(dose: _Dose) -> bool:
    """True where two words may name one time: "nightly at 9 pm", "pm nocte"."""
    times = [part for part in dose.parts if part.kind is Kind.TIME]
    clocks = {part.number for part in times}
    return len(clocks) > 1 or any(
        one.kind is other.kind is Kind.TIME and one.name != other.name
        for one, other in pairwise(dose.parts)
    )


def _at_one_time(dose: _Dose, strength: _Strength) -> Fraction | None:
    """The mg of one dose, where all that says it agrees."""
    masses = dose.numbers(Kind.MASS)
    counted = [part.number for part in dose.parts if part.kind in {Kind.PIECES, Kind.BARE}]
    volumes = [part.number for part in dose.parts if part.kind is Kind.VOLUME]
    if _apart_in_words(dose) or len(counted) > 1 or len(volumes) > 1:
        return None
    for numbers, one in ((counted, strength.piece), (volumes, strength.ml)):
        for number in numbers:
            if one is None:
                return None
            masses.add(number * one)
    return masses.pop() if len(masses) == 1 else None


def _apart_in_words(dose: _Dose) -> bool:
    """True where a word stands between two amounts of one dose: "5 mg/10 mg", "1 tab and 2 mg"."""
    amounts = [at for at, part in enumerate(dose.parts) if part.kind in _AMOUNTS]
    between = dose.parts[amounts[0] : amounts[-1]] if amounts else ()
    return any(part.kind is Kind.BETWEEN for part in between)
