"""Browser tests walk with the fixed cast, and wait: how fast a page is, is for a benchmark."""

from __future__ import annotations

from playwright.sync_api import expect

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

expect.set_options(timeout=20_000)
