"""What the evidence is made of: sources, claims, disagreements and corrections."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.evidence.identifiers import in_words, problem
from mooring.core.evidence.units import of_one, units
from mooring.core.shown import Shown

Number = Annotated[Decimal, Field(gt=Decimal("-1e15"), lt=Decimal("1e15"), decimal_places=15)]
"""A number of the evidence; what is longer is a slip of the keyboard."""
Count = Annotated[int, Field(ge=0, lt=10**15)]


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


class Design(StrEnum):
    """How a study was made: what its numbers can and cannot show."""

    RANDOMISED = "randomised, masked"
    RANDOMISED_OPEN = "randomised, open"
    CROSSOVER = "randomised crossover"
    UNCONTROLLED = "open label, no control group"
    COHORT = "cohort, no control group"
    CASES = "case reports"
    SURVEY = "survey"
    POOLED = "pooled analysis of trials"
    REVIEW = "review"
    PHARMACOKINETIC = "pharmacokinetic study"
    ANIMAL = "animal study"
    VALIDATION = "validation of an instrument"
    SIMULATION = "simulation"

    @property
    def controlled(self) -> bool:
        """True where a comparison group was treated at the same time."""
        return self in {self.RANDOMISED, self.RANDOMISED_OPEN, self.CROSSOVER, self.POOLED}


class Read(StrEnum):
    """How much of the source was read before its numbers were taken over."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    LABEL = "label"
    SECONDARY = "secondary"
    FOUNDING_DOCUMENT = "founding document"
    NOT_READ = "not read"
    """Known only by name, because another document cites it. No claim is verified against it."""


class Status(StrEnum):
    """What stands behind a claim. There is none for a number that was only remembered."""

    VERIFIED = "verified"
    """Read in the source's own abstract, label or page, on a day that is on record."""
    RELAYED = "relayed"
    """Another document gives it as its source's; nobody has read it again in the source itself."""
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
            Status.RELAYED: "Relayed; not read again in its source",
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
    DOSE = "dose"
    """Tells how much to give or take, or how: for clinicians only."""


class Measure(StrEnum):
    """What kind of number it is, where that decides what has to stand beside it."""

    RATE = "rate"
    """A share of people, days, sessions ... with an outcome. Needs denominator and comparator."""
    EFFECT = "effect"
    """An effect size, a ratio of odds, hazards or risks, a difference between groups."""
    DURATION = "duration"
    """How long an effect or harm lasts, or how long until it comes."""


class Quantity(Frozen):
    """A number of a claim: one value, an interval with one or both ends, or a count of a total."""

    of: str = ""
    """What is counted or measured, needed where a claim has more than one number."""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    bound: Literal["about", "at least", "more than", "at most", "less than"] | None = None
    unit: str = ""
    """One of units.toml. Left out only where the document itself gives none."""
    numerator: Count | None = None
    denominator: Count | None = None
    per: str = ""
    """The unit of analysis, which the denominator counts: people, infusions, days, ..."""
    confidence: tuple[Number, Number] | None = None
    """The 95 % confidence interval, in the same unit."""
    measure: Measure | None = None
    arm: str = ""
    """The group the number was found in, where there is more than one: "placebo", ..."""
    subject: str = ""
    """What it is about in the words all claims share, for example "bioavailability, intranasal":
    numbers of one subject are held against each other."""
    stage: int | None = None
    """The place in a series of the same measurement over time: 1 for the first. The last one
    is the value at the end of the course."""

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit and unit not in units():
            raise ValueError(f"'{unit}' is not a unit in units.toml; use one of those, or add it")
        return unit

    @model_validator(mode="after")
    def _value_or_interval(self) -> Self:
        has_interval = self.low is not None or self.high is not None
        if self.value is not None and has_interval:
            raise ValueError("a quantity has either a value, or low and high")
        if self.value is None and not has_interval and self.numerator is None:
            raise ValueError("a quantity has a value, low and high, or numerator and denominator")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is above high")
        if self.numerator is not None and (self.denominator is None or not self.per):
            raise ValueError("a numerator needs its denominator, and per: what both count")
        return self

    @property
    def text(self) -> str:
        """For example "at least 12 h", "8 to 19 mmHg", "63.0 % (46 of 73 people)"."""
        counted = self._counted
        main = self._main
        if main and counted:
            return f"{main} ({counted})"
        return main or counted

    @property
    def _counted(self) -> str:
        if self.denominator is None:
            return ""
        if self.numerator is None:
            return f"of {self.denominator} {self.per}".rstrip()
        return f"{self.numerator} of {self.denominator} {self.per}"

    @property
    def _main(self) -> str:
        if self.value is not None:
            parts = [self.bound or "", _shown(self.value), of_one(self.value, self.unit)]
        elif self.low is not None and self.high is not None:
            parts = [f"{_shown(self.low)} to {_shown(self.high)}", self.unit]
        elif self.low is not None:
            parts = ["at least", _shown(self.low), self.unit]
        elif self.high is not None:
            parts = ["at most", _shown(self.high), self.unit]
        else:
            return ""
        if self.per and self.denominator is None:
            parts.append(f"of {self.per}")
        return " ".join(part for part in parts if part)


def _shown(number: Decimal) -> str:
    return f"{number:f}"


class Arithmetic(Frozen):
    """A calculation that the linter repeats: a relation between numbers that are on record."""

    relation: str
    """One of the relations in lint/relations: "product", "quotient", "complement", ..."""
    parts: Annotated[tuple[str, ...], Field(min_length=1)]
    """What goes in, in order: `of` of a number of this claim, or "claim-id#of" of another."""
    result: str
    """What it should come to: `of` of a number of this claim ("" when it is the only one)."""


class Acknowledged(Frozen):
    """Findings of the linter that somebody looked at, and why they stand."""

    check: str
    findings: Annotated[tuple[str, ...], Field(min_length=1)]
    """Which of them, by the fingerprints that the linter prints. A number that changes makes
    another finding, which nobody has looked at yet."""
    reason: str


class Source(Frozen):
    """Where claims come from."""

    id: str
    title: str
    author: str
    year: int | None = None
    kind: SourceKind
    design: Design | None = None
    population: str = ""
    n: Count | None = None
    """Participants, where the source is a study."""
    route: str = ""
    drug: str = ""
    """The form that was studied: racemic ketamine, esketamine, ..."""
    comparator: str = ""
    read: Read
    funding: str = ""
    """Who paid, in words; empty when it was not read."""
    conflict_of_interest: str = ""
    """What the author gains from the claim; empty when nothing is known."""
    identifiers: tuple[str, ...] = ()
    """How it is found without us, for example "pmid:35110300"; see identifiers.py. A claim is
    verified only against a source that has one."""
    note: str = ""

    @field_validator("identifiers")
    @classmethod
    def _written_as_their_kind(cls, identifiers: tuple[str, ...]) -> tuple[str, ...]:
        for wrong in filter(None, map(problem, identifiers)):
            raise ValueError(wrong)
        return identifiers

    @property
    def found_by(self) -> str:
        """Its identifiers as a reader looks them up; empty where none is on record."""
        return "; ".join(map(in_words, self.identifiers))


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
    n: Count | None = None
    source: str | None = None
    locator: str = ""
    cites: str = ""
    """The source that a document names for its statement; empty when it names none."""
    reports: str = ""
    """The claim, taken from that source itself, which this statement relays."""
    approves: tuple[str, ...] = ()
    """The uses that the statement says a regulator approved."""
    computed_from: tuple[str, ...] = ()
    arithmetic: tuple[Arithmetic, ...] = ()
    status: Status
    checked_on: date | None = None
    """The day on which its numbers were read in the source's own text."""
    flags: tuple[Flag, ...] = ()
    excluded: str = ""
    """Why no rule and no patient text may follow it; needed where it is dangerous."""
    acknowledged: tuple[Acknowledged, ...] = ()
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

    @model_validator(mode="after")
    def _dangerous_says_why(self) -> Self:
        if (Flag.DANGEROUS in self.flags) != bool(self.excluded):
            raise ValueError("a dangerous claim says in excluded why nothing may follow it")
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
    software_does: Annotated[tuple[Shown, ...], Field(min_length=1)]
    """What Mooring does about it, sentence by sentence, each with the tests that show it."""

    @model_validator(mode="after")
    def _has_sides(self) -> Self:
        if not self.positions:
            raise ValueError("a disagreement has at least one position")
        return self

    @property
    def what_mooring_does(self) -> str:
        """What Mooring does about it, as one text."""
        return " ".join(one.says for one in self.software_does)

    @property
    def positioned(self) -> tuple[str, ...]:
        """The claims that its positions hold, each once and in order."""
        return tuple(dict.fromkeys(c for position in self.positions for c in position.claims))

    @property
    def named(self) -> tuple[str, ...]:
        """Every claim in it: those of its positions, then those found outside."""
        return tuple(dict.fromkeys(chain(self.positioned, self.outside_claims)))


class Correction(Frozen):
    """What a document got wrong. Shown beside the claim wherever the claim is shown."""

    id: str
    claims: Annotated[tuple[str, ...], Field(min_length=1)]
    text: str
    corrected_by: tuple[str, ...] = ()
    """Claims that carry the right numbers."""
    found_by: tuple[str, ...] = ()
    """The checks of the linter that find it."""
    findings: tuple[str, ...] = ()
    """What they find, by its fingerprints: acknowledged by this correction."""
    needs_human: str = ""
    """Why no check can find it; empty where one does."""


class Version(Frozen):
    """Which state of the evidence this is; exports carry it."""

    version: str
    day: date


class OtherSide(Frozen):
    """What speaks against a claim within one disagreement."""

    disagreement: str
    topic: str
    positions: tuple[Position, ...]
    outside_check: str
    outside_claims: tuple[str, ...]
