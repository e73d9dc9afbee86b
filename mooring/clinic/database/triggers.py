"""What a guard is made of: the triggers of one append-only table, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

REFUSAL = "is append-only: rows are never changed, replaced or deleted"
BY_KEY = "id = NEW.id"


@dataclass(frozen=True)
class Guard:
    """One append-only table."""

    table: str
    taken: str = BY_KEY
    """SQL that finds each row which a new row NEW would replace: by its key, or by columns that
    are unique together. SQLite needs it; PostgreSQL replaces nothing."""
    chained: bool = False
    """True where `sequence` must count on from the last row without a gap."""
    may_change: tuple[str, ...] = ()
    """Columns that an action changes later; every other one stays as it was written."""
    sealed_by: str = ""
    """The column that closes a row: once it holds something, nothing in the row changes."""

    def install(self, connection: Any) -> list[str]:
        """The statements that put the guard up, as the table stands now."""
        if connection.vendor == "sqlite":
            return list(self.sqlite(columns(connection, self.table)).values())
        return [*FUNCTIONS.values(), *self._postgresql()]

    def remove(self, vendor: str) -> list[str]:
        """The statements that take the guard down."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in self.names(vendor)]

    def names(self, vendor: str) -> list[str]:
        """The names of the guard's triggers."""
        last = ["no_truncate"] if vendor == "postgresql" else ["no_replace"]
        gap = ["no_gap"] if self.chained else []
        return [f"{self.table}_{what}" for what in ["no_update", "no_delete", *last, *gap]]

    def sqlite(self, columns: list[str]) -> dict[str, str]:
        """Each trigger by its name, for a table of these columns."""
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.table} {REFUSAL}')"
        there = f"SELECT 1 FROM {self.table} WHERE ({self.taken})"  # noqa: S608
        bodies = {
            "no_update": f"UPDATE ON {self.table} {refuse}{self._unless(columns, there)}; END",
            "no_delete": f"DELETE ON {self.table} {refuse}; END",
            # INSERT OR REPLACE deletes without asking the delete trigger.
            "no_replace": f"INSERT ON {self.table} {refuse} WHERE EXISTS ({there}); END",
        }
        if self.chained:
            bodies["no_gap"] = (
                f"INSERT ON {self.table} BEGIN "  # noqa: S608
                f"SELECT RAISE(ABORT, '{self.table} has no gaps') WHERE NEW.sequence <> "
                f"(SELECT COALESCE(MAX(sequence), 0) + 1 FROM {self.table}); END"
            )
        made = {f"{self.table}_{what}": body for what, body in bodies.items()}
        return {name: f"CREATE TRIGGER {name} BEFORE {body}" for name, body in made.items()}

    def _unless(self, columns: list[str], there: str) -> str:
        """Nothing where every change is refused; else what makes a change one that is refused."""
        if not self.may_change:
            return ""
        kept = [name for name in columns if name not in self.may_change]
        wrong = [f'OLD."{name}" IS NOT NEW."{name}"' for name in kept]
        if self.sealed_by:
            wrong.append(f'OLD."{self.sealed_by}" IS NOT NULL')
        # UPDATE OR REPLACE deletes a row that has the new value, and asks nobody.
        wrong.append(f"EXISTS ({there} AND id <> OLD.id)")
        return f" WHERE {' OR '.join(wrong)}"

    def arguments(self) -> list[str]:
        """What PostgreSQL's function is told of a table in which some columns may change."""
        return [self.sealed_by, *self.may_change] if self.may_change else []

    def postgresql(self) -> dict[str, tuple[int, str, bytes]]:
        """Each trigger by its name: when it fires, its function, and what the function is told."""
        told = b"".join(f"{word}\0".encode() for word in self.arguments())
        wanted = {
            "no_update": (BEFORE | EACH_ROW | UPDATE, "mooring_refuse_change", told),
            "no_delete": (BEFORE | EACH_ROW | DELETE, "mooring_refuse_change", b""),
            "no_truncate": (BEFORE | TRUNCATE, "mooring_refuse_change", b""),
        }
        if self.chained:
            wanted["no_gap"] = (BEFORE | EACH_ROW | INSERT, "mooring_refuse_gap", b"")
        return {f"{self.table}_{what}": facts for what, facts in wanted.items()}

    def _postgresql(self) -> list[str]:
        words = {DELETE: "DELETE", UPDATE: "UPDATE", TRUNCATE: "TRUNCATE", INSERT: "INSERT"}
        statements = []
        for name, (kind, function, told) in self.postgresql().items():
            each = "ROW" if kind & EACH_ROW else "STATEMENT"
            event = words[kind & ~(BEFORE | EACH_ROW)]
            given = ", ".join(f"'{word}'" for word in self.arguments()) if told else ""
            statements += [
                f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}({given})",
                # Fires also for who sets session_replication_role to replica.
                f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return statements


# The bits of pg_trigger.tgtype.
EACH_ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32

# An UPDATE that leaves alone what must stay, in a row that is not closed, is let through; without
# arguments, nothing is. The first argument is the column that closes a row, or empty.
BODIES = {
    "mooring_refuse_change": f"""
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0
     AND (TG_ARGV[0] = '' OR to_jsonb(OLD) ->> TG_ARGV[0] IS NULL)
     AND to_jsonb(OLD) - TG_ARGV[1:] = to_jsonb(NEW) - TG_ARGV[1:] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END """,
    "mooring_refuse_gap": """
DECLARE last bigint;
BEGIN
  EXECUTE format('SELECT COALESCE(MAX(sequence), 0) FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO last;
  IF NEW.sequence <> last + 1 THEN
    RAISE EXCEPTION '% has no gaps', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END """,
}
OWN_WORDS = "search_path=pg_catalog, pg_temp"
"""The functions mean PostgreSQL's own operators, whatever the caller's search path says."""
FUNCTIONS = {
    name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
    f"SET {OWN_WORDS.replace('=', ' = ')} AS $${body}$$"
    for name, body in BODIES.items()
}


def columns(connection: Any, table: str) -> list[str]:
    """The columns of a table in SQLite, in their order."""
    return [name for _, name, *_ in _asked(connection, f"PRAGMA table_info({table})")]


def wrong(connection: Any, guards: tuple[Guard, ...]) -> list[str]:
    """The triggers that should stand in this database and are gone, off, or not what they were."""
    if connection.vendor == "sqlite":
        stand: dict[str, Any] = dict(_asked(connection, SQLITE_TRIGGERS))
        wanted: dict[str, Any] = {}
        for guard in guards:
            wanted |= guard.sqlite(columns(connection, guard.table))
    else:
        functions = [(OWN_WORDS, body) for body in BODIES.values()]
        stand = {
            name: (kind, function, bytes(told))
            for name, kind, function, told, config, body in _asked(connection, POSTGRESQL_TRIGGERS)
            if (config, body) in functions
        }
        wanted = {}
        for guard in guards:
            wanted |= guard.postgresql()
    return [name for name, facts in wanted.items() if stand.get(name) != facts]


SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_TRIGGERS = """
SELECT tgname, tgtype, proname, tgargs, array_to_string(proconfig, ';'), prosrc
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
WHERE tgenabled = 'A' AND tgqual IS NULL AND tgattr = '' AND relnamespace = pronamespace
  AND relnamespace = current_schema()::regnamespace AND tgname LIKE relname || '\\_no\\_%'
"""


def _asked(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
