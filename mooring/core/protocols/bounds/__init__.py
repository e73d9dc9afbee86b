"""Dose bounds: a named policy held against an infusion order before anyone accepts it."""

from mooring.core.protocols.bounds.acceptance import acceptable
from mooring.core.protocols.bounds.case_table import BoundCase, cases
from mooring.core.protocols.bounds.findings import BoundFinding, Level, check, check_drawn_up
from mooring.core.protocols.bounds.policy import BoundsPolicy, load, names

__all__ = [
    "BoundCase",
    "BoundFinding",
    "BoundsPolicy",
    "Level",
    "acceptable",
    "cases",
    "check",
    "check_drawn_up",
    "load",
    "names",
]
