"""Suicidality: from answers or a judgement to a tier, and what a tier sets in motion."""

from mooring.core.protocols.suicidality.case_table import SuicidalityCase, cases
from mooring.core.protocols.suicidality.escalation import also_with, holders
from mooring.core.protocols.suicidality.policy import (
    GRADED,
    SuicidalityPolicy,
    Tier,
    TierPath,
    load,
    names,
)
from mooring.core.protocols.suicidality.standing import Entered, TierStanding, standing
from mooring.core.protocols.suicidality.triage import Triage, triage

__all__ = [
    "GRADED",
    "Entered",
    "SuicidalityCase",
    "SuicidalityPolicy",
    "Tier",
    "TierPath",
    "TierStanding",
    "Triage",
    "also_with",
    "cases",
    "holders",
    "load",
    "names",
    "standing",
    "triage",
]
