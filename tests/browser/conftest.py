"""Browser tests walk with the fixed cast."""

from __future__ import annotations

from tests.support.cast import (  # noqa: F401
    alice,
    audrey,
    bob,
    charlie,
    clinic_row,
    olga,
    pat,
    patient,
    ray,
    signed_in,
    tara,
)
