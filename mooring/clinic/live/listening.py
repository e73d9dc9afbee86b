"""Hears the hints of other processes: one PostgreSQL connection a process that LISTENs."""

from __future__ import annotations

import asyncio
import logging

import psycopg
from django.db import connection

from mooring.clinic.live import hub

RETRY_SECONDS = 2
_listeners: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


def ensure_listening() -> None:
    """On PostgreSQL, start this event loop's listener unless it runs already."""
    if connection.vendor != "postgresql":
        return
    loop = asyncio.get_running_loop()
    task = _listeners.get(loop)
    if task is None or task.done():
        _listeners[loop] = loop.create_task(listen())


async def listen() -> None:
    """Pass on what comes; after a lost connection connect again and wake everyone."""
    while True:
        try:
            async with await connect() as line:
                await line.execute(f"LISTEN {hub.CHANNEL}")
                hub.hint_all()
                async for notice in line.notifies():
                    hub.hint(notice.payload)
        except psycopg.OperationalError:
            logging.getLogger(__name__).warning("The live line is down; trying again.")
        await asyncio.sleep(RETRY_SECONDS)


async def connect() -> psycopg.AsyncConnection:
    """A connection of its own, outside the pool: it stays open as long as the process."""
    settings = connection.settings_dict
    return await psycopg.AsyncConnection.connect(
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or None,
        autocommit=True,
    )
