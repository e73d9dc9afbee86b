"""The evidence: every number the product shows is a claim here, with its source and both sides."""

from mooring.core.evidence.base import EvidenceBase, load
from mooring.core.evidence.models import (
    Acknowledged,
    Arithmetic,
    Claim,
    Correction,
    Design,
    Disagreement,
    Flag,
    Measure,
    OtherSide,
    Position,
    Quantity,
    Read,
    Source,
    SourceKind,
    Status,
    Version,
)

__all__ = [
    "Acknowledged",
    "Arithmetic",
    "Claim",
    "Correction",
    "Design",
    "Disagreement",
    "EvidenceBase",
    "Flag",
    "Measure",
    "OtherSide",
    "Position",
    "Quantity",
    "Read",
    "Source",
    "SourceKind",
    "Status",
    "Version",
    "load",
]
