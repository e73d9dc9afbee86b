"""The people of the table of who may open what, and the charts they come to."""

from __future__ import annotations

from tests.clinic.platform.who import cast, charts  # noqa: F401
