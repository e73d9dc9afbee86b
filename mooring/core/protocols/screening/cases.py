"""The policy's table of cases: records in, findings out. Test, handbook page and specification."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from mooring.core.protocols import value_sets
from mooring.core.protocols.loading import DataFileError, Frozen, policy_file
from mooring.core.protocols.screening.model import ListName
from mooring.core.protocols.screening.policy import FOLDER
from mooring.core.protocols.screening.record import (
    Answer,
    CodedFact,
    Measurement,
    Record,
    Statement,
    Tier,
)

UNITS = {"systolic": "mmHg", "diastolic": "mmHg", "weight": "kg"}


class Fact(Frozen):
    """A condition, medicine or allergy as a case writes it."""

    text: str
    status: str = "active"
    snomed: str | None = None
    rxnorm: str | None = None
    since: date | None = None
    until: date | None = None
    recorded_on: date | None = None

    def coded(self, entered_on: date | None = None) -> CodedFact:
        """The fact as screening sees it; `entered_on` is for one that names no day of its own."""
        system = "snomed" if self.snomed else "rxnorm" if self.rxnorm else None
        return CodedFact(
            system=value_sets.SYSTEMS[system] if system else None,
            code=self.snomed or self.rxnorm,
            text=self.text,
            status=self.status,
            since=self.since,
            until=self.until,
            recorded_on=self.recorded_on or entered_on,
        )


class Reading(Frozen):
    """A measurement as a case writes it; without a unit it is in mmHg or kg."""

    code: str
    value: Decimal
    taken_on: date
    unit: str | None = None

    def measured(self) -> Measurement:
        """The measurement as screening sees it."""
        unit = self.unit if self.unit is not None else UNITS[self.code]
        return Measurement(self.code, self.value, unit, self.taken_on)


class Said(Frozen):
    """What somebody said of a list, as a case writes it."""

    none: bool
    on: date

    def statement(self) -> Statement:
        """The statement as screening sees it."""
        return Statement(self.none, self.on, "")


class Base(Frozen):
    """What a case starts from: everything asked and measured, nothing found."""

    as_of: date
    answers: dict[str, str]
    readings: tuple[Reading, ...]
    lists: dict[ListName, Said] = Field(default_factory=dict)
    entered_on: date | None = None
    """When entries came into the record, where a row does not say."""


class Case(Frozen):
    """One row: what differs from the base, and exactly the rules that speak."""

    name: str
    about: str | None = None
    """The rule the row is there for; whether it speaks follows from `expect`."""
    start: Literal["nothing found", "nothing known"] = "nothing found"
    answers: dict[str, str] = Field(default_factory=dict)
    """Option by question; what is written beside it follows a colon: "not-possible: age 70"."""
    unasked: tuple[str, ...] = ()
    answered_on: date | None = None
    conditions: tuple[Fact, ...] = ()
    medications: tuple[Fact, ...] = ()
    allergies: tuple[Fact, ...] = ()
    readings: tuple[Reading, ...] | None = None
    lists: dict[ListName, Said] | None = None
    """What was said of the lists, where it differs from the base; an empty table is: nothing."""
    sides: dict[str, str] = Field(default_factory=dict)
    """The sides that the clinic takes, by disagreement, where they are not the first."""
    expect: tuple[str, ...]
    tier: Tier | None = None
    """The tier of the rule `about` in this row, where a side or another policy changes it."""
    says: tuple[str, ...] = ()
    """Words that stand in what made the rule `about` speak."""


class CaseTable(Frozen):
    """All rows of a policy and the base they start from."""

    base: Base
    cases: tuple[Case, ...]

    def record(self, case: Case) -> Record:
        """The record that a row describes."""
        known = case.start == "nothing found"
        answers = {**(self.base.answers if known else {}), **case.answers}
        readings = self.base.readings if known else ()
        return Record(
            as_of=self.base.as_of,
            birth_date=None,
            sex=None,
            conditions=tuple(fact.coded(self.base.entered_on) for fact in case.conditions),
            medications=tuple(fact.coded(self.base.entered_on) for fact in case.medications),
            allergies=tuple(fact.coded(self.base.entered_on) for fact in case.allergies),
            measurements=tuple(
                reading.measured()
                for reading in (readings if case.readings is None else case.readings)
            ),
            statements={
                name: said.statement()
                for name, said in (
                    (self.base.lists if known else {}) if case.lists is None else case.lists
                ).items()
            },
            answers={
                question: self._answer(question, text, case)
                for question, text in answers.items()
                if question not in case.unasked
            },
        )

    def _answer(self, question: str, text: str, case: Case) -> Answer:
        value, _, detail = text.partition(":")
        on = case.answered_on if question in case.answers else None
        return Answer(question, value.strip(), detail.strip(), on or self.base.as_of)


class _Extends(Frozen):
    """The case table that is taken over: its base, and every row that still holds."""

    policy: str
    version: str
    without: tuple[str, ...] = ()
    """Rows, by name, that the extending policy judges in another way."""
    without_about: tuple[str, ...] = ()
    """Rules whose rows are left out with them."""


class _File(Frozen):
    extends: _Extends | None = None
    base: Base | None = None
    answers: dict[str, str] = Field(default_factory=dict)
    """Answers to questions that the extended table does not know; they join its base."""
    unasked: tuple[str, ...] = ()
    """Questions of the extended table that are not asked here."""
    lists: dict[ListName, Said] = Field(default_factory=dict)
    entered_on: date | None = None
    cases: tuple[Case, ...]


@cache
def load_cases(name: str, folder: Path = FOLDER, version: str | None = None) -> CaseTable:
    """The case table of the policy `name`. Raises DataFileError when it does not fit."""
    file = policy_file(folder, name, "cases.toml", _File, version)
    if file.extends is None:
        if file.base is None:
            raise DataFileError(f"{name}/cases.toml: base: a table that extends none has a base")
        return CaseTable(base=file.base, cases=file.cases)
    table = load_cases(file.extends.policy, folder, file.extends.version)
    return CaseTable(base=_base(file, table.base), cases=(*_kept(file.extends, table), *file.cases))


def _base(file: _File, base: Base) -> Base:
    answers = {q: value for q, value in base.answers.items() if q not in file.unasked}
    return base.model_copy(
        update={
            "answers": {**answers, **file.answers},
            "lists": {**base.lists, **file.lists},
            "entered_on": file.entered_on or base.entered_on,
        }
    )


def _kept(extends: _Extends, table: CaseTable) -> tuple[Case, ...]:
    """The rows that hold here too. Raises DataFileError for a name that is not there."""
    unknown = set(extends.without) - {case.name for case in table.cases}
    if unknown:
        raise DataFileError(f"cases.toml: extends › without: no row is called {sorted(unknown)}")
    return tuple(
        case
        for case in table.cases
        if case.name not in extends.without and case.about not in extends.without_about
    )
