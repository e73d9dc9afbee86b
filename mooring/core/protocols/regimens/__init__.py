"""Regimens: a named plan for a series of sessions, and how a series stands against it."""

from mooring.core.protocols.regimens.case_table import SeriesCase, cases
from mooring.core.protocols.regimens.policy import SeriesPolicy, load, names
from mooring.core.protocols.regimens.standing import Departure, Note, Progress, progress

__all__ = [
    "Departure",
    "Note",
    "Progress",
    "SeriesCase",
    "SeriesPolicy",
    "cases",
    "load",
    "names",
    "progress",
]
