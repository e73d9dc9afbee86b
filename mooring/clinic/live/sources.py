"""Where hints come from when another process made the change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

CHANNEL = "mooring_live"
LOOK_EVERY = 0.5
"""Seconds between two looks at SQLite's data_version: half of what a watcher may wait."""
TRY_AGAIN = 2.0
"""Seconds before a lost PostgreSQL is called again."""

log = logging.getLogger(__name__)
Hear = Callable[[str, str], None]


def tell_postgresql(topic: str, kind: str) -> None:
    """Send a hint to every process, this one too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{kind} {topic}"])


async def listen_to_postgresql(hear: Hear) -> None:
    """Hear the hints of all processes. After a break it hints at everything: some were missed."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address(), autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                hear("", "changed")
                async for notice in line.notifies():
                    kind, _, topic = notice.payload.partition(" ")
                    hear(topic, kind)
        except psycopg.OperationalError as problem:
            log.warning("PostgreSQL cannot be heard, trying again: %s", problem)
            await asyncio.sleep(TRY_AGAIN)


def address() -> str:
    """How to reach the database that Django uses."""
    settings: dict[str, Any] = connection.get_connection_params()
    own = ("pool", "server_side_binding", "cursor_factory", "context", "prepare_threshold")
    return make_conninfo("", **{name: value for name, value in settings.items() if name not in own})


async def watch_sqlite(hear: Hear, spoken: Callable[[], int]) -> None:
    """Hint at everything when the file changed and this process had not said why."""
    from sqlcipher3 import dbapi2

    file = await asyncio.to_thread(
        dbapi2.connect, connection.settings_dict["NAME"], check_same_thread=False
    )
    try:
        seen = (await version(file), spoken())
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = (await version(file), spoken())
            if now[0] != seen[0] and now[1] == seen[1]:
                hear("", "changed")
            seen = (now[0], spoken())
    finally:
        file.close()


async def version(file: Any) -> int:
    """SQLite's count of what others committed to the file."""

    def ask() -> int:
        return int(file.execute("PRAGMA data_version").fetchone()[0])

    return await asyncio.to_thread(ask)
