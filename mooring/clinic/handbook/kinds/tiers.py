"""The tiers of screening with their mark and their word."""

from __future__ import annotations

from mooring.core.protocols.screening import Tier

MARKS = {
    Tier.BLOCK: "block",
    Tier.EVALUATE: "due",
    Tier.CAUTION: "caution",
    Tier.MISSING: "unknown",
}
WORDS = {
    Tier.BLOCK: "Blocks",
    Tier.EVALUATE: "Evaluate first",
    Tier.CAUTION: "Caution",
    Tier.MISSING: "Missing",
}
