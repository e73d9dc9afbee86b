"""What has to stand beside a curve, by model, by way of giving and by drug."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.pharmacology.regimen import GivenAs

FILE = Path(__file__).parent / "caveats.toml"


class Caveat(Frozen):
    """One sentence or two, and the curves it belongs to."""

    level: Literal["caution", "note"]
    """A caution stands where the curve is known to mislead."""
    text: str
    source: str
    """Who says or measured it; "the model" for what follows from the model's own file."""
    models: tuple[str, ...] = ()
    """Empty: all."""
    given_as: tuple[GivenAs, ...] = ()
    """Empty: every way."""
    as_racemate: bool | None = None
    """Whether the model is run with racemic ketamine that is of esketamine; None: either."""

    def concerns(self, model: str, given_as: GivenAs, as_racemate: bool) -> bool:
        """Whether it stands beside that curve."""
        return (
            model in (self.models or (model,))
            and given_as in (self.given_as or (given_as,))
            and self.as_racemate in (None, as_racemate)
        )


class Caveats(Frozen):
    """The whole file."""

    caveats: tuple[Caveat, ...]


@cache
def data() -> tuple[Caveat, ...]:
    """All of them, cautions first. Raises DataFileError when the file does not fit."""
    found = read_toml(FILE, Caveats).caveats
    return tuple(sorted(found, key=lambda one: one.level))


def beside(model: str, given_as: GivenAs, as_racemate: bool) -> tuple[Caveat, ...]:
    """What stands beside that curve, cautions first."""
    return tuple(one for one in data() if one.concerns(model, given_as, as_racemate))
