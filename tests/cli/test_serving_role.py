"""On PostgreSQL the role that serves owns nothing: the clinic works, and no signed row changes."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from mooring.clinic.database.guards import GUARDS
from tests.cli.conftest import SMALL_CLINIC
from tests.support.command import mooring, python, running
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres


def as_role(server: Server, role: str, database: str) -> str:
    """The address of a database for one role; made with its owner if it is not there."""
    with psycopg.connect(server.handle.get_uri(), autocommit=True) as line:
        if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            line.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            line.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(database), sql.Identifier(role)
                )
            )
    return str(server.handle.get_uri(database)).replace("//postgres:", f"//{role}:")


@pytest.fixture(scope="module")
def clinic(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A data folder, the owner's address, the server's: made by `migrate`, opened by the server."""
    owner = as_role(postgres, "harbour_owner", "harbour")
    serve = as_role(postgres, "harbour_serve", "harbour")
    home = tmp_path_factory.mktemp("serving") / "home"
    done = mooring(home, "migrate", DATABASE_URL=serve, MOORING_OWNER_DATABASE_URL=owner)
    assert done.returncode == 0, done.stderr
    assert "The role harbour_serve may serve, and may change no signed row." in done.stdout
    python(home, SMALL_CLINIC, DATABASE_URL=serve)
    return home, owner, serve


def test_before_the_owner_made_the_tables_serving_says_what_to_do(postgres, tmp_path):
    as_role(postgres, "quay_owner", "quay")
    serve = as_role(postgres, "quay_serve", "quay")
    done = mooring(tmp_path / "home", "serve", "--port", "0", DATABASE_URL=serve)
    assert done.returncode == 1
    assert "run `mooring migrate` with MOORING_OWNER_DATABASE_URL" in done.stderr


def test_the_clinic_is_served_and_verified_by_a_role_that_owns_nothing(clinic):
    home, _, serve = clinic
    with running(home, DATABASE_URL=serve) as (_, address):
        page = urllib.request.urlopen(f"{address}/", timeout=20)
        assert page.status == 200
    done = mooring(home, "verify", DATABASE_URL=serve)
    assert done.returncode == 0, done.stderr
    assert "are whole, held against" in done.stdout


def test_doctor_is_content_with_it_and_not_with_the_owner(clinic):
    home, owner, serve = clinic
    lines = mooring(home, "doctor", DATABASE_URL=serve).stdout
    assert "ok   Database: the role that serves can change no signed row" in lines
    lines = mooring(home, "doctor", DATABASE_URL=owner).stdout
    assert "do   Database: the role that serves owns the tables" in lines


def test_doctor_tells_a_superuser(clinic, postgres):
    lines = mooring(clinic[0], "doctor", DATABASE_URL=postgres.url("harbour")).stdout
    assert "do   Database: the role that serves is a superuser" in lines


def test_doctor_tells_a_right_that_was_given_later(clinic):
    home, owner, serve = clinic
    with psycopg.connect(owner, autocommit=True) as line:
        line.execute("GRANT DELETE ON courses_order TO harbour_serve")
        lines = mooring(home, "doctor", DATABASE_URL=serve).stdout
        line.execute("REVOKE DELETE ON courses_order FROM harbour_serve")
    assert "may change or empty append-only tables (courses_order)" in lines


ATTACKS = {
    "update the audit": "UPDATE audit_auditrow SET actor_name = 'x'",
    "delete from the audit": "DELETE FROM audit_auditrow",
    "truncate the audit": "TRUNCATE audit_auditrow CASCADE",
    "change digests": "UPDATE audit_writtenrow SET digest = ''",
    "drop a trigger": "DROP TRIGGER audit_auditrow_no_update ON audit_auditrow",
    "disable a trigger": "ALTER TABLE audit_auditrow DISABLE TRIGGER ALL",
    "put up a trigger": "CREATE TRIGGER mine BEFORE INSERT ON courses_order FOR EACH ROW"
    " EXECUTE FUNCTION mooring_refuse_change()",
    "replace a guard's function": "CREATE OR REPLACE FUNCTION mooring_refuse_change()"
    " RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "act as a replica": "SET session_replication_role = replica",
    "become the owner": "SET ROLE harbour_owner",
    "take the tables": "ALTER TABLE courses_order OWNER TO harbour_serve",
    "drop a table": "DROP TABLE courses_order CASCADE",
    "make a table": "CREATE TABLE mine (x int)",
    "make a table in the way": "CREATE TEMPORARY TABLE audit_auditrow (sequence int)",
    "all orders' totals": "UPDATE courses_order SET total_mg = 500",
    "all responses' totals": "UPDATE measures_response SET total = 0",
    "all decisions deleted": "DELETE FROM screening_screeningdecision",
    "a patient deleted": "DELETE FROM people_patient",
    "say that a migration ran": "INSERT INTO django_migrations (app, name, applied)"
    " VALUES ('x', 'y', now())",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_the_serving_role_is_refused(clinic, attack):
    with psycopg.connect(clinic[2]) as line, pytest.raises(psycopg.errors.InsufficientPrivilege):
        line.execute(attack)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.table)
def test_no_guarded_table_is_emptied_or_deleted_from(clinic, guard):
    for words in (f"TRUNCATE {guard.table}", f"DELETE FROM {guard.table}"):
        with psycopg.connect(clinic[2]) as line, pytest.raises(psycopg.DatabaseError):
            line.execute(words)


def test_what_an_action_ends_the_role_may_end(clinic):
    with psycopg.connect(clinic[2]) as line:
        line.execute("SELECT 1 FROM treatment_treatmentsession FOR UPDATE")
        line.execute("UPDATE courses_order SET withdrawn_at = now(), withdrawn_reason = 'x'")
        line.execute("DELETE FROM accounts_bedsidepin")
