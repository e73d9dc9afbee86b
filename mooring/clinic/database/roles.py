"""The PostgreSQL role that serves owns nothing: it reads, adds rows, and changes what may change.

The owner of the tables can drop every trigger; so the server signs in as another role, which holds
exactly the rights below. `docs/postgresql.md` says how to make both.
"""

from __future__ import annotations

from typing import Any

from mooring.clinic.database.guards import GUARDS

SCHEMA = "COALESCE(current_schema(), 'public')"
"""A role that was granted nothing yet sees no schema at all."""
READ_ONLY = {"django_migrations"}
"""Only the owner writes these."""


def grants(connection: Any, role: str) -> list[str]:
    """The statements, for the owner, that give a role what serving needs and nothing more."""
    who = quoted(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_schema()")
        database, schema = (quoted(name) for name in cursor.fetchone())
        tables = sorted(connection.introspection.table_names(cursor))
    within = f"IN SCHEMA {schema}"
    return [
        f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {who}",
        f"REVOKE ALL ON ALL TABLES {within} FROM PUBLIC, {who}",
        f"REVOKE ALL ON ALL SEQUENCES {within} FROM PUBLIC, {who}",
        f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {who}",
        f"GRANT CONNECT ON DATABASE {database} TO {who}",
        f"GRANT USAGE ON SCHEMA {schema} TO {who}",
        f"GRANT SELECT, USAGE ON ALL SEQUENCES {within} TO {who}",
        *(f"GRANT {rights(table)} ON {quoted(table)} TO {who}" for table in tables),
    ]


def rights(table: str) -> str:
    """What the serving role may do with one table."""
    if table in READ_ONLY:
        return "SELECT"
    guard = next((guard for guard in GUARDS if guard.table == table), None)
    if guard is None:
        return "SELECT, INSERT, UPDATE, DELETE"
    if not guard.may_change:
        return "SELECT, INSERT"
    return f"SELECT, INSERT, UPDATE ({', '.join(quoted(name) for name in guard.may_change)})"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def owns_tables(connection: Any) -> bool:
    """True where the connected role may alter the tables: it owns them, or may become who does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(bool_or(pg_has_role(current_user, relowner, 'MEMBER')),"  # noqa: S608
            f" has_schema_privilege({SCHEMA}, 'CREATE'))"
            f" FROM pg_class WHERE relnamespace = {SCHEMA}::regnamespace AND relkind = 'r'"
        )
        return bool(cursor.fetchone()[0])


def too_much(connection: Any) -> list[str]:
    """What the connected role may do and a role that serves should not, each as a few words."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        superuser, makes_roles, makes_tables, switches = cursor.fetchone()
    found = {
        "is a superuser": superuser,
        "may make roles": makes_roles,
        "owns the tables, and so may drop their triggers": owns_tables(connection),
        "may make tables": makes_tables,
        "may set session_replication_role": switches,
        f"may change or empty append-only tables ({_open(connection)})": _open(connection),
    }
    return ["is a superuser"] if superuser else [words for words, so in found.items() if so]


ROLE = f"""
SELECT rolsuper, rolcreaterole, has_schema_privilege({SCHEMA}, 'CREATE'),
       has_parameter_privilege('session_replication_role', 'SET')
FROM pg_roles WHERE rolname = current_user
"""  # noqa: S608


def _open(connection: Any) -> str:
    """The guarded tables in which the role may do more than add rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT relname FROM pg_class WHERE relnamespace = {SCHEMA}::regnamespace"  # noqa: S608
            " AND relname = ANY(%s)"
            " AND has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER, UPDATE') ORDER BY relname",
            [[guard.table for guard in GUARDS]],
        )
        return ", ".join(name for (name,) in cursor.fetchall())
