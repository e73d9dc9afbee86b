"""Working as the owner of a PostgreSQL database, and granting to the role that serves."""

from __future__ import annotations

import os

import click

from mooring.cli.plain import Halt

OWNER = "MOORING_OWNER_DATABASE_URL"
SERVES = (
    "The tables are not of this version, and this database role does not own them. Stop the "
    f"server and run `mooring migrate` with {OWNER} naming the owner's address."
)

_serving: list[str] = []
"""The address of the role that serves, once this process works as the owner."""


def as_owner() -> None:
    """From here on this process works as the owner, where MOORING_OWNER_DATABASE_URL names it.

    Call before Django loads its settings.
    """
    owner, serving = os.environ.get(OWNER), os.environ.get("DATABASE_URL")
    if not owner:
        return
    if not serving:
        raise Halt(f"{OWNER} is set and DATABASE_URL is not: it names the role that serves.")
    _serving.append(serving)
    os.environ["DATABASE_URL"] = owner


def serving_role() -> str | None:
    """The role that will serve, where this process works as the owner."""
    from psycopg.conninfo import conninfo_to_dict

    user = conninfo_to_dict(_serving[-1]).get("user") if _serving else None
    return str(user) if user else None


def only_serves() -> bool:
    """True where the connected role owns no table, and so can change none."""
    from django.db import connection

    from mooring.clinic.database import roles

    return connection.vendor == "postgresql" and not roles.owns_tables(connection)


def grant() -> None:
    """Give the role that serves what it needs, and nothing more."""
    role = serving_role()
    if role is None:
        return
    grant_role(role)
    click.echo(f"The role {role} may serve, and may change no signed row.")


def grant_role(role: str) -> None:
    """The same for a role by its name."""
    from django.db import connection, transaction

    from mooring.clinic.database import roles

    with transaction.atomic(), connection.cursor() as cursor:
        for statement in roles.grants(connection, role):
            cursor.execute(statement)
