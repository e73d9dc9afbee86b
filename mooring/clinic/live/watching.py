"""On SQLite, notices what another process wrote: an import on the command line, for example."""

from __future__ import annotations

import asyncio
from typing import Any

from django.db import connection

from mooring.clinic.live import hub

LOOK_SECONDS = 0.5
"""A look costs microseconds; two looks are the longest that a page waits."""


async def watch() -> None:
    """Wake everyone when the file changed and this process had not said why.

    A commit of this process without a hint looks the same as another's; the extra hint harms none.
    """
    from sqlcipher3 import dbapi2

    name = connection.settings_dict["NAME"]
    file = await asyncio.to_thread(dbapi2.connect, name, check_same_thread=False)
    try:
        seen, told = await version(file), hub.hints_given()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = await version(file)
            if now != seen and hub.hints_given() == told:
                hub.hint_all()
            seen, told = now, hub.hints_given()
    finally:
        file.close()


async def version(file: Any) -> int:
    """SQLite's count of what others committed to the file."""

    def ask() -> int:
        return int(file.execute("PRAGMA data_version").fetchone()[0])

    return await asyncio.to_thread(ask)
