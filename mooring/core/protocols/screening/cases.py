"""The policy's table of cases: records in, findings out. Test, handbook page and specification."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from mooring.core.protocols import value_sets
from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.protocols.screening.policy import FOLDER
from mooring.core.protocols.screening.record import Answer, CodedFact, Measurement, Record

UNITS = {"systolic": "mmHg", "diastolic": "mmHg", "weight": "kg"}


class Fact(Frozen):
    """A condition, medicine or allergy as a case writes it."""

    text: str
    status: str = "active"
    snomed: str | None = None
    rxnorm: str | None = None
    since: date | None = None
    until: date | None = None

    def coded(self) -> CodedFact:
        """The fact as screening sees it."""
        system = "snomed" if self.snomed else "rxnorm" if self.rxnorm else None
        return CodedFact(
            system=value_sets.SYSTEMS[system] if system else None,
            code=self.snomed or self.rxnorm,
            text=self.text,
            status=self.status,
            since=self.since,
            until=self.until,
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


class Base(Frozen):
    """What a case starts from: everything asked and measured, nothing found."""

    as_of: date
    answers: dict[str, str]
    readings: tuple[Reading, ...]


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
    expect: tuple[str, ...]
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
            conditions=tuple(fact.coded() for fact in case.conditions),
            medications=tuple(fact.coded() for fact in case.medications),
            allergies=tuple(fact.coded() for fact in case.allergies),
            measurements=tuple(
                reading.measured()
                for reading in (readings if case.readings is None else case.readings)
            ),
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


@cache
def load_cases(name: str, folder: Path = FOLDER, version: str | None = None) -> CaseTable:
    """The case table of the policy `name`. Raises DataFileError when it does not fit."""
    return policy_file(folder, name, "cases.toml", CaseTable, version)
