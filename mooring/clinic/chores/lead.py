"""Of several servers on one clinic only one does its chores: the one that holds this lock."""

from __future__ import annotations

import fcntl
import threading
from typing import IO, Any

import psycopg
from django.db import connection

from mooring.clinic import home

# Any constant will do, other than the audit chain's: it names the one lock of the chores.
CHORES_LOCK = 0x4D4F4F43


class Lead:
    """A lock that ends with the process that holds it: in the database, or on the data folder."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._file: IO[str] | None = None
        self._line: psycopg.Connection[Any] | None = None

    def held(self) -> bool:
        """True when this process holds the lock, or got it now."""
        with self._guard:
            return self._on_postgresql() if connection.vendor == "postgresql" else self._on_file()

    def give_up(self) -> None:
        """Let another process have it."""
        with self._guard:
            if self._file:
                self._file.close()
            if self._line:
                self._line.close()
            self._file = self._line = None

    def _on_file(self) -> bool:
        if self._file is None:
            file = (home.home() / "chores.lock").open("w")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    def _on_postgresql(self) -> bool:
        """The lock belongs to a connection: it is asked whether it still stands."""
        if self._line is not None:
            try:
                self._line.execute("SELECT 1")
                return True
            except psycopg.OperationalError:
                self._line = None
        line = psycopg.connect(**own_line())
        found = line.execute("SELECT pg_try_advisory_lock(%s)", [CHORES_LOCK]).fetchone()
        if found is None or not found[0]:
            line.close()
            return False
        self._line = line
        return True


def own_line() -> dict[str, Any]:
    """How to connect outside the pool: this connection stays open as long as the process."""
    settings = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name not in ("pool", "server_side_binding", "cursor_factory", "context")
    }
    return {**settings, "autocommit": True}
