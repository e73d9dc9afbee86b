"""Dose bounds: named policies held against an order, by any route, before anyone accepts it."""

from mooring.core.protocols.bounds.acceptance import acceptable
from mooring.core.protocols.bounds.case_table import BoundCase, cases
from mooring.core.protocols.bounds.checking import check, check_order, for_order, given_in_group
from mooring.core.protocols.bounds.drawn import check_drawn_up
from mooring.core.protocols.bounds.findings import BoundFinding, Level
from mooring.core.protocols.bounds.policy import BoundsPolicy, load, names, speaking_for

__all__ = [
    "BoundCase",
    "BoundFinding",
    "BoundsPolicy",
    "Level",
    "acceptable",
    "cases",
    "check",
    "check_drawn_up",
    "check_order",
    "for_order",
    "given_in_group",
    "load",
    "names",
    "speaking_for",
]
