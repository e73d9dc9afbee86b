"""The SQLite driver: sqlcipher3 in the place of the standard library's module.

The standard library here carries SQLite 3.40, whose write-ahead log can be corrupted when two
connections reset it at once (fixed in 3.51.3). sqlcipher3 bundles a newer SQLite and, with a key,
encrypts the whole file; without a key it reads and writes ordinary SQLite files.
"""

import sys
from pathlib import Path
from typing import Any

import sqlcipher3

FIRST_SOUND_WAL = (3, 51, 3)
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"


class UnsoundSqliteError(RuntimeError):
    """The SQLite library is too old for its write-ahead log to be trusted with a chart."""


def install() -> None:
    """Make Django's SQLite backend use sqlcipher3. Call before Django imports a database."""
    sys.modules["sqlite3"] = sqlcipher3
    sys.modules["sqlite3.dbapi2"] = sqlcipher3.dbapi2
    refuse_unsound(sqlcipher3.sqlite_version)


def refuse_unsound(version: str) -> None:
    """Raise UnsoundSqliteError for a SQLite older than 3.51.3."""
    if tuple(int(part) for part in version.split(".")) < FIRST_SOUND_WAL:
        raise UnsoundSqliteError(
            f"SQLite {version} can corrupt its write-ahead log; Mooring needs 3.51.3 or newer. "
            "Install the sqlcipher3 package that requirements/run.txt names."
        )


def open_file(path: Path) -> Any:
    """A connection to a SQLite file as Django would open it, without Django."""
    return sqlcipher3.dbapi2.connect(str(path))


def settings_for(path: Path) -> dict[str, Any]:
    """Django's database settings for one SQLite file, durable at a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "TEST": {"NAME": str(path.with_name(f"test-{path.name}"))},
    }
