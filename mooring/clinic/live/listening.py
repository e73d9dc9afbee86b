"""Hears the hints of other processes: on PostgreSQL one connection a process that LISTENs."""

from __future__ import annotations

import asyncio
import logging

import psycopg
from django.db import connection

from mooring.clinic.live import hub
from mooring.clinic.live.watching import watch

RETRY_SECONDS = 2
_listeners: dict[asyncio.AbstractEventLoop, asyncio.Task[None]] = {}


def ensure_listening() -> None:
    """Start this event loop's ear for other processes unless it runs already."""
    loop = asyncio.get_running_loop()
    task = _listeners.get(loop)
    if task is None or task.done():
        ear = listen if connection.vendor == "postgresql" else watch
        _listeners[loop] = loop.create_task(ear())


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
    settings = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name not in ("pool", "server_side_binding", "cursor_factory", "context")
    }
    return await psycopg.AsyncConnection.connect(**{**settings, "autocommit": True})
