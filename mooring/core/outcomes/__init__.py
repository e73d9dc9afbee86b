"""Outcomes: named definitions, the course of scores over sessions, and survival."""

from mooring.core.outcomes.definitions import (
    DEFINITIONS,
    Definition,
    Met,
    RemissionDefinition,
    ResponseDefinition,
)
from mooring.core.outcomes.responders import Responder, ResponderType
from mooring.core.outcomes.scores import CurvePoint, DatedScore, curve
from mooring.core.outcomes.summary import (
    DefinitionResult,
    OutcomeSummary,
    summary,
    whole_percent,
)
from mooring.core.outcomes.survival import SurvivalCurve, SurvivalStep, kaplan_meier

__all__ = [
    "DEFINITIONS",
    "CurvePoint",
    "DatedScore",
    "Definition",
    "DefinitionResult",
    "Met",
    "OutcomeSummary",
    "RemissionDefinition",
    "Responder",
    "ResponderType",
    "ResponseDefinition",
    "SurvivalCurve",
    "SurvivalStep",
    "curve",
    "kaplan_meier",
    "summary",
    "whole_percent",
]
