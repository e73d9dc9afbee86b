"""What screening looks at: the patient's record and the interview answers, as frozen values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mooring.core.code_systems import Coding


class Tier(StrEnum):
    """How a finding weighs. Missing holds as firmly as block, and cannot be overridden away."""

    BLOCK = "block"
    EVALUATE = "evaluate"
    CAUTION = "caution"
    MISSING = "missing"


@dataclass(frozen=True)
class CodedFact:
    """A condition, medication or allergy as the record holds it."""

    system: str | None
    """For example http://snomed.info/sct; None for free text."""
    code: str | None
    text: str
    status: str
    """active, resolved, stopped, ... as received; "unknown" when the source does not say."""
    since: date | None = None
    until: date | None = None
    origin: str = ""
    """Where it came from, in words, for example "import Elsa_Vargas.json" or "entered by hand"."""
    recorded_on: date | None = None
    """When it came into the record; None where that is not known."""
    codings: tuple[Coding, ...] = ()
    """Every code that came with it, each with its own words, the first among them."""
    relation: str = ""
    """Whose it is, for example "mother"; empty where it is the patient's own."""

    @property
    def all_codings(self) -> tuple[Coding, ...]:
        """The code that stands first and all others, each once."""
        if self.code is None:
            return self.codings
        first = Coding(self.system, self.code)
        named = any(each[:2] == first[:2] for each in self.codings)
        return self.codings if named else (first, *self.codings)


@dataclass(frozen=True)
class Statement:
    """What somebody said of a whole list, the medicines or the allergies."""

    none: bool
    """True for "there are none"; false for "the list was gone through and is complete"."""
    said_on: date
    by: str


@dataclass(frozen=True)
class Measurement:
    """A dated number from the record."""

    code: str
    """weight, height, systolic, diastolic, heart_rate, spo2."""
    value: Decimal
    unit: str
    taken_on: date
    origin: str = ""


@dataclass(frozen=True)
class Answer:
    """One interview answer. `value` is one of the question's options, or a number as text."""

    question: str
    value: str
    detail: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Record:
    """Everything screening may use. What is not here is unknown, never normal."""

    as_of: date
    birth_date: date | None
    sex: str | None
    conditions: tuple[CodedFact, ...] = ()
    medications: tuple[CodedFact, ...] = ()
    allergies: tuple[CodedFact, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    """The newest statement by list: medications, allergies. A list without one was not asked."""


@dataclass(frozen=True)
class Trigger:
    """What in the record or the interview made a rule speak."""

    source: str
    """condition, medication, allergy, measurement, answer or absence."""
    text: str
    """Readable, for example "Hypertension, active since 29 Jul 2005 (import Liz_Conn.json)"."""
    origin: str = ""
    """Where the fact came from, as it stands at the end of the text; empty for an answer."""

    @property
    def fact(self) -> str:
        """The text without its origin: the same fact from two sources is one fact."""
        return self.text.removesuffix(f" ({self.origin})") if self.origin else self.text


@dataclass(frozen=True)
class Finding:
    """One rule that spoke."""

    rule: str
    tier: Tier
    title: str
    explanation: str
    triggers: tuple[Trigger, ...]
    claims: tuple[str, ...]
    disagreements: tuple[str, ...]
    asks: str | None = None
    """For missing: the question id or measurement that would answer it."""


@dataclass(frozen=True)
class Screening:
    """The policy applied to a record at one day."""

    policy: str
    version: str
    as_of: date
    findings: tuple[Finding, ...]
    indications: tuple[Trigger, ...]
    """What in the record speaks for an indication; never a finding, never a verdict."""
    sides: tuple[tuple[str, str], ...] = ()
    """The disagreements on which the clinic takes a side of its own, each with that side."""
    not_recognised: tuple[Trigger, ...] = ()
    """Conditions and medicines that no rule's words or codes know: nobody compared them."""

    def of(self, tier: Tier) -> tuple[Finding, ...]:
        """The findings of one tier, in policy order."""
        return tuple(finding for finding in self.findings if finding.tier is tier)

    @property
    def holds(self) -> bool:
        """True while anything blocks, needs evaluation or is missing."""
        return any(finding.tier is not Tier.CAUTION for finding in self.findings)

    @property
    def verdict(self) -> str:
        """One line for the head of the page; it never says that a patient is eligible."""
        words = {
            Tier.BLOCK: ("blocking finding", "blocking findings"),
            Tier.EVALUATE: ("needs evaluation", "need evaluation"),
            Tier.MISSING: ("unanswered", "unanswered"),
        }
        counts = [
            f"{len(found)} {words[tier][0 if len(found) == 1 else 1]}"
            for tier in words
            if (found := self.of(tier))
        ]
        if counts:
            return "Cannot start: " + ", ".join(counts)
        cautions = len(self.of(Tier.CAUTION))
        return f"Nothing holds; {cautions} to weigh. The prescriber decides."
