"""On SQLite, notices what another process wrote: an import on the command line, for example."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
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

    # One thread opens, looks and closes: a look that outlives its cancelling is never closed under.
    with_file = ThreadPoolExecutor(1, "watching")
    loop, name = asyncio.get_running_loop(), connection.settings_dict["NAME"]
    opening = with_file.submit(dbapi2.connect, name)
    try:
        file = await asyncio.wrap_future(opening)
        seen, told = await loop.run_in_executor(with_file, version, file), hub.hints_given()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = await loop.run_in_executor(with_file, version, file)
            if now != seen and hub.hints_given() == told:
                hub.hint_all()
            seen, told = now, hub.hints_given()
    finally:
        if not opening.cancel():
            with_file.submit(lambda: opening.result().close())
        with_file.shutdown(wait=False)


def version(file: Any) -> int:
    """SQLite's count of what others committed to the file."""
    return int(file.execute("PRAGMA data_version").fetchone()[0])
