"""Numbers of policies as people read them."""

from __future__ import annotations

from mooring.clinic.handbook.pages import When
from mooring.core.protocols.cited import Number
from mooring.core.quantities import plain


def amount(number: Number) -> str:
    """A number with its unit, for example "45 mmHg"."""
    return f"{plain(number.value)} {number.unit}"


def when(before: str, number: Number, after: str = "") -> When:
    """A number within its sentence, with its claims."""
    return When(" ".join(filter(None, (before, amount(number), after))), number.claims)
