"""The page of how well the models fit: studies by route, each number beside what a model says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mooring.clinic.pharmacology.words import MEASURES, TAGS, WAYS, amount, plain
from mooring.core.pharmacology import fit, models
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.fit import FitRow, Measure, Study
from mooring.core.pharmacology.models import Analyte, PublishedModel
from mooring.core.pharmacology.regimen import GivenAs


@dataclass(frozen=True)
class Line:
    """One measured number beside one model's."""

    row: FitRow
    model: PublishedModel
    what: str

    @property
    def name(self) -> str:
        """First author and year of the model."""
        author = self.model.sources[0].citation.split()[0]
        return f"{author} {self.model.id[-4:]}"

    @property
    def measured(self) -> str:
        """As the study has it."""
        return plain(self.row.observed)

    @property
    def says(self) -> str:
        """As the model has it."""
        return amount(self.row.predicted)

    @property
    def tolerance(self) -> str:
        """How close is close enough."""
        return plain(self.row.tolerance_percent)


@dataclass(frozen=True)
class Shown:
    """One study with all that models say of it."""

    study: Study
    tag: str
    lines: list[Line]
    tolerances: list[tuple[str, str]]
    """Percent, and where that comes from; each once."""
    misses: list[tuple[str, str, str]]
    """What was missed, by which models, and why; each reason once."""

    @property
    def met(self) -> int:
        """Numbers that a model comes as close to as is asked."""
        return sum(line.row.within for line in self.lines)

    @property
    def missed(self) -> int:
        """The others."""
        return len(self.lines) - self.met


@dataclass(frozen=True)
class Way:
    """The studies of one route."""

    way: GivenAs
    title: str
    studies: list[Shown]

    @property
    def met(self) -> int:
        """Numbers met in all of its studies."""
        return sum(shown.met for shown in self.studies)

    @property
    def missed(self) -> int:
        """Numbers missed in all of its studies."""
        return sum(shown.missed for shown in self.studies)


@cache
def ways() -> list[Way]:
    """All studies that a model is held against, by route. About a second, once."""
    by_study: dict[str, list[FitRow]] = {}
    for row in fit.rows(profiles):
        by_study.setdefault(row.study, []).append(row)
    studies = [study for study in fit.data().studies if study.id in by_study]
    found = {way: [s for s in studies if s.given[0].given_as is way] for way in WAYS}
    return [
        Way(way, WAYS[way], [_shown(study, by_study[study.id]) for study in held])
        for way, held in found.items()
        if held
    ]


def lines(found: Iterable[Way]) -> list[Line]:
    """Every line of every study."""
    return [line for way in found for shown in way.studies for line in shown.lines]


def provenance() -> list[tuple[PublishedModel, str]]:
    """Each model with how far its numbers could be followed back."""
    loaded = [models.load(name) for name in models.names()]
    return [(model, TAGS[model.status]) for model in loaded]


def _shown(study: Study, rows: list[FitRow]) -> Shown:
    asked = {row.tolerance_from: plain(row.tolerance_percent) for row in rows}
    measures = {one.id: _what(one.measure, one.analyte, one.after) for one in study.observed}
    held = [Line(row, models.load(row.model), measures[row.observed_id]) for row in rows]
    said = [(percent, reason) for reason, percent in asked.items()]
    return Shown(study, TAGS[study.status], held, said, _misses(held))


def _misses(held: list[Line]) -> list[tuple[str, str, str]]:
    """Models that miss the same number for the same reason stand together."""
    names: dict[tuple[str, str], list[str]] = {}
    for line in held:
        if not line.row.within:
            names.setdefault((line.what, line.row.reason), []).append(line.name)
    return [(what, ", ".join(found), reason) for (what, reason), found in names.items()]


def _what(measure: Measure, analyte: Analyte, after: float) -> str:
    of = "" if analyte is Analyte.KETAMINE else f" of {analyte.value}"
    later = f" after minute {plain(after)}" if after > 0 else ""
    return f"{MEASURES[measure]}{of}{later}"
