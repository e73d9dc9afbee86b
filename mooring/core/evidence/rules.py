"""Where the rules are that cite claims: the policies, definitions and scales of core."""

from collections.abc import Iterator
from pathlib import Path

from mooring.core.evidence.base import DATA

CORE = DATA.parents[1]
RULES = ("protocols", "outcomes", "measures")
"""The folders of core whose TOML files are rules."""


def rule_files() -> Iterator[Path]:
    """Each file of rules, in order."""
    return (path for folder in RULES for path in sorted((CORE / folder).rglob("*.toml")))
