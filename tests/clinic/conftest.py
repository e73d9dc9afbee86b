"""The fixed cast. Everyone signs in with PASSWORD; no second factor is asked for here."""

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
