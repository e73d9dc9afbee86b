"""Which charts are closed to the reader of the page that is being made.

A list shows such a patient without a name. The name itself knows it, so that no list can forget.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

NAMELESS = "Restricted chart"

_closed: ContextVar[frozenset[UUID]] = ContextVar("closed", default=frozenset())


@contextmanager
def closed(charts: frozenset[UUID]) -> Iterator[None]:
    """Leave the names of these charts out of what is made within."""
    token = _closed.set(charts)
    try:
        yield
    finally:
        _closed.reset(token)


def hidden(chart: UUID) -> bool:
    """True while a page is made for somebody to whom the chart is closed."""
    return chart in _closed.get()


def all_hidden() -> frozenset[UUID]:
    """Every chart that is closed to the reader of this page."""
    return _closed.get()
