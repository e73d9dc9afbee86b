"""Screening: a named policy applied to a record gives findings, each with reason and sources."""

from mooring.core.protocols.screening.evaluate import evaluate, why_not_usable
from mooring.core.protocols.screening.model import NOT_OBTAINABLE, Option, Policy, Question, Rule
from mooring.core.protocols.screening.policy import load_policy, policies
from mooring.core.protocols.screening.record import (
    Answer,
    CodedFact,
    Finding,
    Measurement,
    Record,
    Screening,
    Tier,
    Trigger,
)

__all__ = [
    "NOT_OBTAINABLE",
    "Answer",
    "CodedFact",
    "Finding",
    "Measurement",
    "Option",
    "Policy",
    "Question",
    "Record",
    "Rule",
    "Screening",
    "Tier",
    "Trigger",
    "evaluate",
    "load_policy",
    "policies",
    "why_not_usable",
]
