"""What a relation between numbers is, and what it works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from mooring.core.evidence.lint import relations
from mooring.core.evidence.lint.numbers import Interval, dimension, exact
from mooring.core.evidence.models import Quantity


class RelationError(ValueError):
    """Why these numbers cannot be calculated with."""


@dataclass(frozen=True)
class Computed:
    """What the parts come to, in first units."""

    interval: Interval
    words: str
    """The calculation as it is written: "8 doses × 35 mg"."""
    dimension: str | None = None
    """What sort of number comes out, where the relation knows it whatever the parts are."""
    confidence: Interval | None = None
    """The 95 % interval, where the relation gives one."""
    roundings: tuple[Interval, ...] = ()
    """Other ways in which the result is printed by custom."""


class Relation(Protocol):
    """A module of the package `relations`."""

    __doc__: str | None

    def compute(self, parts: Sequence[Quantity]) -> Computed:
        """What the parts come to. Raises RelationError where they do not fit."""


@cache
def names() -> tuple[str, ...]:
    """The relations, by listing their folder."""
    return tuple(sorted(module.name for module in iter_modules(relations.__path__)))


def relation(name: str) -> Relation:
    """The relation of that name. Raises RelationError that lists them when there is none."""
    if name not in names():
        raise RelationError(f"there is no relation '{name}'; there are {', '.join(names())}")
    return cast(Relation, import_module(f"{relations.__name__}.{name}"))


def amount(part: Quantity) -> Interval:
    """The part as it goes into the calculation. Raises RelationError where it has no number."""
    interval = exact(part)
    if interval is None:
        raise RelationError(f"'{part.of or part.text}' has no number to calculate with")
    return interval


def expect(parts: Sequence[Quantity], count: int) -> None:
    """Raise RelationError unless there are exactly that many parts."""
    if len(parts) != count:
        raise RelationError(f"it takes {count} numbers, and has {len(parts)}")


def alike(parts: Sequence[Quantity]) -> str:
    """The one dimension of the parts. Raises RelationError where they have several."""
    found = {dimension(part) for part in parts}
    if len(found) != 1:
        texts = " and ".join(part.text for part in parts)
        raise RelationError(f"{texts} cannot be added: their units are of different kinds")
    return found.pop()


def written(parts: Sequence[Quantity], sign: str) -> str:
    """The parts with the sign between them."""
    return f" {sign} ".join(part.text for part in parts)
