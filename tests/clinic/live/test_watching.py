"""A server that stops while it looks at the database file lets the look end before it closes it."""

from __future__ import annotations

import asyncio
import time

import pytest
from django.conf import settings
from sqlcipher3 import dbapi2

from mooring.clinic.live import watching

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite"),
]


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15])
def test_the_file_is_closed_after_the_look_that_was_under_way(monkeypatch, after):
    told = []

    class Slow(dbapi2.Connection):
        """A connection whose looks take a tenth of a second, as on a loaded machine."""

        def execute(self, *asked):
            told.append("look")
            time.sleep(0.1)
            found = super().execute(*asked)
            told.append("looked")
            return found

        def close(self):
            super().close()
            told.append("closed")

    opened = dbapi2.connect
    monkeypatch.setattr(dbapi2, "connect", lambda name: opened(name, factory=Slow))
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)

    async def stopped_while_it_looks():
        watch = asyncio.create_task(watching.watch())
        await asyncio.sleep(after)
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        await asyncio.sleep(0.4)

    asyncio.run(stopped_while_it_looks())
    assert told[-1:] in (["closed"], [])
    assert told.count("look") == told.count("looked")
    assert told.count("closed") == (1 if told else 0)
    if after:
        assert "looked" in told
