"""Ladders: a dose found in rising steps, each on its own day, each decided by a clinician."""

from mooring.core.protocols.ladders.case_table import LadderCase, cases
from mooring.core.protocols.ladders.home import Answer, home_gates
from mooring.core.protocols.ladders.policy import Gate, LadderPolicy, load
from mooring.core.protocols.ladders.standing import (
    Decision,
    Hold,
    Standing,
    Taken,
    Trouble,
    is_whole,
    standing,
)

__all__ = [
    "Answer",
    "Decision",
    "Gate",
    "Hold",
    "LadderCase",
    "LadderPolicy",
    "Standing",
    "Taken",
    "Trouble",
    "cases",
    "home_gates",
    "is_whole",
    "load",
    "standing",
]
