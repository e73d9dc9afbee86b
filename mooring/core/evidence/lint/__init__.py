"""The linter: recomputes what follows from recorded numbers, and finds what is left out."""

from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.running import Report, findings, lint, names

__all__ = ["Finding", "Report", "findings", "lint", "names"]
