"""Regimens: a named plan of how often sessions come, and how a course stands against it."""

from mooring.core.protocols.regimens.case_table import SeriesCase, cases
from mooring.core.protocols.regimens.phased import PhasedProgress, phased_progress
from mooring.core.protocols.regimens.policy import (
    Phase,
    PhasedPolicy,
    RegimenPolicy,
    SeriesPolicy,
    load,
    names,
)
from mooring.core.protocols.regimens.standing import Departure, Note, Progress, progress

__all__ = [
    "Departure",
    "Note",
    "Phase",
    "PhasedPolicy",
    "PhasedProgress",
    "Progress",
    "RegimenPolicy",
    "SeriesCase",
    "SeriesPolicy",
    "cases",
    "load",
    "names",
    "phased_progress",
    "progress",
]
