"""Interactions by route: what a medication list means for ketamine given one way or another."""

from mooring.core.protocols.interactions.benzodiazepines import Amount, Benzodiazepines, Verdict
from mooring.core.protocols.interactions.case_table import InteractionCase, cases
from mooring.core.protocols.interactions.findings import (
    Finding,
    Line,
    Listed,
    Outcome,
    findings,
    read_list,
)
from mooring.core.protocols.interactions.policy import InteractionPolicy, Severity, load

__all__ = [
    "Amount",
    "Benzodiazepines",
    "Finding",
    "InteractionCase",
    "InteractionPolicy",
    "Line",
    "Listed",
    "Outcome",
    "Severity",
    "Verdict",
    "cases",
    "findings",
    "load",
    "read_list",
]
