"""The evidence: every number the product shows is a claim here, with its source and both sides."""

from mooring.core.evidence.base import EvidenceBase, load
from mooring.core.evidence.models import (
    Claim,
    Correction,
    Disagreement,
    Flag,
    OtherSide,
    Position,
    Quantity,
    Source,
    SourceKind,
    Status,
)

__all__ = [
    "Claim",
    "Correction",
    "Disagreement",
    "EvidenceBase",
    "Flag",
    "OtherSide",
    "Position",
    "Quantity",
    "Source",
    "SourceKind",
    "Status",
    "load",
]
