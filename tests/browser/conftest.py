"""Browser tests walk with the fixed cast, and wait: how fast a page is, is for a benchmark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

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


@pytest.fixture(autouse=True)
def pages_closed(browser: Browser) -> Iterator[None]:
    """Close the pages behind each test: an open one goes on listening, and slows those after it."""
    yield
    for context in browser.contexts:
        context.close()
