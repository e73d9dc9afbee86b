"""Ladders: a dose found in rising steps, each on its own day, each decided by a clinician."""

from mooring.core.protocols.ladders.case_table import LadderCase, cases
from mooring.core.protocols.ladders.policy import LadderPolicy, load, names
from mooring.core.protocols.ladders.standing import (
    Decision,
    Hold,
    Standing,
    Taken,
    Trouble,
    home_gates,
    is_whole,
    standing,
)

__all__ = [
    "Decision",
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
    "names",
    "standing",
]
