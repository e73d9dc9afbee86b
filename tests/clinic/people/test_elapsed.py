"""Ages in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mooring.clinic.people.templatetags.elapsed import age, elapsed

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "1 day ago"),
        (date(2026, 8, 26), "89 days ago"),
        (date(2026, 8, 20), "3 months ago"),
        (date(2024, 12, 1), "23 months ago"),
        (date(2005, 7, 29), "21 years ago"),
        (date(2026, 11, 24), "in the future"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "3 days ago"),
        (None, "date unknown"),
    ],
)
def test_how_long_ago(day: date | None, words: str) -> None:
    assert elapsed(day, TODAY) == words


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(1980, 11, 23), "46 years"),
        (date(1980, 11, 24), "45 years"),
        (date(2024, 2, 29), "2 years"),
        (None, "age unknown"),
    ],
)
def test_age_counts_birthdays(born: date | None, words: str) -> None:
    assert age(born, TODAY) == words
