"""Every test here reviews a small handbook of its own."""

from __future__ import annotations

import pytest

from mooring.core.handbook import book
from tests.clinic.handbook.review.steps import CHAPTERS


@pytest.fixture(autouse=True)
def chapters(tmp_path, monkeypatch):
    """The folder of the chapters as shipped; write to it to be the next release."""
    for name, text in CHAPTERS.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(book, "CHAPTERS", tmp_path)
    book.load.cache_clear()
    yield tmp_path
    book.load.cache_clear()
