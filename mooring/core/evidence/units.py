"""The units that numbers of the evidence may have, and how those of one dimension compare."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml

FILE = Path(__file__).parent / "data" / "units.toml"


class Unit(Frozen):
    """A unit as it stands behind a number."""

    dimension: str
    """Numbers of one dimension can be compared and added: "mass", "time", "share", ..."""
    factor: Decimal
    """How many of the dimension's first unit it is: 1000 for g, where mg is the first."""


class _UnitsFile(Frozen):
    dimensions: dict[str, dict[str, Annotated[Decimal, Field(gt=0, lt=Decimal("1e15"))]]]


@cache
def units() -> dict[str, Unit]:
    """Every unit by the text that stands behind a number."""
    dimensions = read_toml(FILE, _UnitsFile).dimensions
    return {
        text: Unit(dimension=dimension, factor=factor)
        for dimension, members in dimensions.items()
        for text, factor in members.items()
    }


def of_one(number: Decimal, unit: str) -> str:
    """The unit as it stands behind this number: "1 week", "2 weeks"."""
    plural = unit in units() and units()[unit].dimension == "time" and len(unit) > 1
    return unit.removesuffix("s") if number == 1 and plural else unit
