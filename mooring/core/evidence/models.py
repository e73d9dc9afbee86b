"""What the evidence is made of: sources, claims, disagreements and corrections."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from mooring.core.datafiles import Frozen


class SourceKind(StrEnum):
    """What sort of document a source is."""

    FOUNDING = "founding"
    LABEL = "label"
    REGULATION = "regulation"
    GUIDELINE = "guideline"
    TRIAL = "trial"
    COHORT = "cohort"
    CASE = "case"
    REVIEW = "review"
    INSTRUMENT = "instrument"
    CLINIC = "clinic"
    SECONDARY = "secondary"


class Read(StrEnum):
    """How much of the source was read before its numbers were taken over."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    LABEL = "label"
    SECONDARY = "secondary"
    FOUNDING_DOCUMENT = "founding document"


class Status(StrEnum):
    """What stands behind a claim. There is none for a number that was only remembered."""

    VERIFIED = "verified"
    """Read in the source's own abstract, label or page."""
    SOURCE_ONLY = "source-only"
    """Only the founding document says it."""
    COMPUTED = "computed"
    """Calculated by us from claims of the other kinds."""
    CLINIC_CHOICE = "clinic-choice"
    """A number the clinic chose. It has no source, and is shown as exactly that."""

    @property
    def in_words(self) -> str:
        """The chip text on a claim card."""
        return {
            Status.VERIFIED: "Verified against its source",
            Status.SOURCE_ONLY: "Only this source says it",
            Status.COMPUTED: "Computed from other claims",
            Status.CLINIC_CHOICE: "The clinic's choice, without a source",
        }[self]


class Flag(StrEnum):
    """A warning that travels with a claim."""

    CONTESTED = "contested"
    """Other sources say something else; see the disagreement."""
    MISREPORTED = "misreported"
    """The document reports its own source wrongly; see the correction."""
    DANGEROUS = "dangerous"
    """Harmful if taken as a rule or shown to a patient as advice."""


class Quantity(Frozen):
    """A number of a claim: one value, or an interval with one or both ends."""

    of: str = ""
    """What is counted or measured, needed where a claim has more than one number."""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Literal["about", "at least", "more than", "at most", "less than"] | None = None
    unit: str

    @model_validator(mode="after")
    def _value_or_interval(self) -> Self:
        has_interval = self.low is not None or self.high is not None
        if (self.value is not None) == has_interval:
            raise ValueError("a quantity has either a value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        return self

    @property
    def text(self) -> str:
        """For example "at least 12 h", "8 to 19 mmHg", "from 1 to 3 a week"."""
        if self.value is not None:
            parts = [self.bound or "", _shown(self.value), self.unit]
        elif self.low is None or self.high is None:
            edge, number = ("at least", self.low) if self.high is None else ("at most", self.high)
            parts = [edge, _shown(number), self.unit]
        else:
            parts = [f"{_shown(self.low)} to {_shown(self.high)}", self.unit]
        return " ".join(part for part in parts if part)


def _shown(number: Decimal | None) -> str:
    return f"{number:f}"


class Source(Frozen):
    """Where claims come from."""

    id: str
    title: str
    author: str
    year: int | None = None
    kind: SourceKind
    n: int | None = None
    """Participants, where the source is a study."""
    read: Read
    conflict_of_interest: str = ""
    """What the author gains from the claim; empty when nothing is known."""
    note: str = ""


class Claim(Frozen):
    """One statement with everything needed to weigh it."""

    id: str
    statement: str
    """In our own words."""
    quantities: tuple[Quantity, ...] = ()
    population: str = ""
    route: str = ""
    drug: str = ""
    """Racemic ketamine, esketamine, ...: the form the statement is about."""
    comparator: str = ""
    time_point: str = ""
    numerator: int | None = None
    denominator: int | None = None
    unit_of_analysis: str = ""
    """What the denominator counts, for example patients, infusions, days."""
    n: int | None = None
    source: str | None = None
    locator: str = ""
    computed_from: tuple[str, ...] = ()
    status: Status
    checked_on: date | None = None
    flags: tuple[Flag, ...] = ()
    topic: str = ""
    """Filled at load from the file the claim stands in."""
    disagreements: tuple[str, ...] = ()
    """Filled at load from the disagreements whose positions name this claim."""

    @model_validator(mode="after")
    def _what_stands_behind_it(self) -> Self:
        if self.status is Status.CLINIC_CHOICE:
            if self.source is not None:
                raise ValueError("a clinic choice has no source; use another status")
        elif self.status is Status.COMPUTED:
            if not self.computed_from:
                raise ValueError("a computed claim names the claims in computed_from")
        elif self.source is None or not self.locator:
            raise ValueError(f"a claim with status {self.status} needs a source and a locator")
        return self

    @property
    def quantity(self) -> Quantity | None:
        """The claim's number when it has exactly one; None when it has none or several."""
        return self.quantities[0] if len(self.quantities) == 1 else None


class Position(Frozen):
    """One side of a disagreement."""

    text: str
    claims: tuple[str, ...]


class Disagreement(Frozen):
    """Where sources say different things. All sides are shown with equal weight."""

    id: str
    topic: str
    positions: tuple[Position, ...]
    outside_check: str
    """What published sources say, in words; may say that none was found."""
    outside_claims: tuple[str, ...] = ()
    software_does: str

    @model_validator(mode="after")
    def _has_sides(self) -> Self:
        if not self.positions:
            raise ValueError("a disagreement has at least one position")
        return self


class Correction(Frozen):
    """What a document got wrong. Shown beside the claim wherever the claim is shown."""

    id: str
    claims: tuple[str, ...]
    text: str
    corrected_by: tuple[str, ...] = ()
    """Claims that carry the right numbers."""


class OtherSide(Frozen):
    """What speaks against a claim within one disagreement."""

    disagreement: str
    topic: str
    positions: tuple[Position, ...]
    outside_check: str
    outside_claims: tuple[str, ...]
