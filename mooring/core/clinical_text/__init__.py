"""Reads one line of a chart: what it names, and whether that holds, held, or is another's.

Terms, cues, short forms and spellings are data. Nothing is guessed: a word that no table knows
stays as it is, and a line that says nothing against what it names asserts it.
"""

from mooring.core.clinical_text.cues import Assertion
from mooring.core.clinical_text.line import Line, read
from mooring.core.clinical_text.terms import Terms, Together

__all__ = ["Assertion", "Line", "Terms", "Together", "read"]
