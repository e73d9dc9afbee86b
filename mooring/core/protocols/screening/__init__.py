"""Screening: a named policy applied to a record gives findings, each with reason and sources."""

from mooring.core.protocols.screening.evaluate import evaluate, why_not_usable
from mooring.core.protocols.screening.model import (
    NOT_OBTAINABLE,
    Choice,
    Option,
    Policy,
    Question,
    Rule,
    Side,
)
from mooring.core.protocols.screening.policy import load_policy, policies, taking
from mooring.core.protocols.screening.record import (
    Answer,
    CodedFact,
    Finding,
    Measurement,
    Record,
    Screening,
    Statement,
    Tier,
    Trigger,
)
from mooring.core.protocols.screening.since import Looked, New, looked_at, new_since

__all__ = [
    "NOT_OBTAINABLE",
    "Answer",
    "Choice",
    "CodedFact",
    "Finding",
    "Looked",
    "Measurement",
    "New",
    "Option",
    "Policy",
    "Question",
    "Record",
    "Rule",
    "Screening",
    "Side",
    "Statement",
    "Tier",
    "Trigger",
    "evaluate",
    "load_policy",
    "looked_at",
    "new_since",
    "policies",
    "taking",
    "why_not_usable",
]
