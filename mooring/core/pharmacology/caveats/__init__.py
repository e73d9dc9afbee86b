"""What has to stand beside a curve, by model, by way of giving, by drug and by analyte."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Literal

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.pharmacology.models import Analyte
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
    analytes: tuple[Analyte, ...] = ()
    """Whose curves it is about; empty: whichever are drawn."""
    as_racemate: bool | None = None
    """Whether the model is run with racemic ketamine that is of esketamine; None: either."""

    @property
    def of_every_curve(self) -> bool:
        """Whether no model, way, analyte or drug is named: it is said once, not by each curve."""
        named = (*self.models, *self.given_as, *self.analytes)
        return not named and self.as_racemate is None

    def concerns(
        self, model: str, given_as: GivenAs, as_racemate: bool, drawn: Collection[str]
    ) -> bool:
        """Whether it stands beside that curve of these analytes."""
        return (
            model in (self.models or (model,))
            and given_as in (self.given_as or (given_as,))
            and (not self.analytes or not set(drawn).isdisjoint(self.analytes))
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


def everywhere() -> tuple[Caveat, ...]:
    """What stands beside every curve there is."""
    return tuple(one for one in data() if one.of_every_curve)


def beside(
    model: str, given_as: GivenAs, as_racemate: bool, drawn: Collection[str]
) -> tuple[Caveat, ...]:
    """What stands beside that curve of `drawn` and not beside every one, cautions first."""
    return tuple(
        one
        for one in data()
        if not one.of_every_curve and one.concerns(model, given_as, as_racemate, drawn)
    )
