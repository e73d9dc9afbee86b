"""Each thing a machine can refuse is one line that says what to do, and exit code 1."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError, ProgrammingError

from mooring.cli import COMMANDS, main
from mooring.cli.plain import Halt, plain_failures
from mooring.clinic.database.sqlite import UnsoundSqliteError, refuse_unsound
from tests.exchange.bundles import bundle, condition, text
from tests.support.command import environment, keys_of, mooring, python, running


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that stopped said: one line, no trace."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_help_names_every_command_and_touches_nothing(tmp_path):
    done = mooring(tmp_path / "home", "--help")
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 3


def test_an_unknown_command_is_named(tmp_path):
    done = mooring(tmp_path, "fly")
    assert done.returncode == 2
    assert "No such command 'fly'" in done.stderr


def test_a_taken_port_is_named_with_another_to_try(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = one_line(mooring(tmp_path, "serve", "--port", port))
    assert said == f"Port {port} is taken by another program. Choose another: --port {port + 1}"
    assert not (tmp_path / "mooring.sqlite3").exists(), "nothing was begun"


def test_an_address_of_another_machine_is_named(tmp_path):
    said = one_line(mooring(tmp_path, "serve", "--port", 0, "--host", "192.0.2.1"))
    assert said.startswith("192.0.2.1 is not an address of this machine.")


def test_more_workers_on_sqlite_are_refused(tmp_path):
    said = one_line(mooring(tmp_path, "serve", "--port", 0, "--workers", 2))
    assert said.startswith("More than one worker needs PostgreSQL")


def test_a_database_that_does_not_answer_is_named(tmp_path):
    url = "postgres://nobody@127.0.0.1:9/mooring?connect_timeout=1"
    said = one_line(mooring(tmp_path, "serve", "--port", 0, DATABASE_URL=url))
    assert said == "The database that DATABASE_URL names does not answer. Is it running?"


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    assert one_line(mooring(file, "serve", "--port", 0)).startswith(f"{file} is not a folder.")
    below = one_line(mooring(file / "below", "serve", "--port", 0))
    assert below.startswith(f"{file}/below is not a folder.")


def test_a_data_folder_that_may_not_be_written_is_named():
    said = one_line(mooring(Path("/sys/mooring"), "serve", "--port", 0))
    assert said.startswith("/sys/mooring cannot be read and written by this user.")


def test_a_file_that_is_no_database_is_named(clinic_home):
    (clinic_home / "mooring.sqlite3").write_bytes(b"a letter to the clinic" * 1000)
    said = one_line(mooring(clinic_home, "serve", "--port", 0))
    assert "is not a database. Restore a backup" in said


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "is full. Free some space"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/data/x"), "is full. Free some space"),
        (OperationalError("database or disk is full"), "is full. Free some space"),
        (OSError(errno.EROFS, "Read-only file system", "/data/x"), "/data/x cannot be read and"),
        (OperationalError("attempt to write a readonly database"), "cannot be read and written"),
        (OperationalError("unable to open database file"), "cannot be read and written"),
        (OperationalError("database disk image is malformed"), "Restore the last backup"),
        (OperationalError("database is locked"), "Another program holds the database."),
        (OperationalError("no such table: people_patient"), "Start `mooring serve` once."),
        (ProgrammingError('relation "x" does not exist'), "Start `mooring serve` once."),
        (ProgrammingError("permission denied for schema public"), "lacks a right"),
        (OSError(errno.EIO, "Input/output error", "/data/x"), "/data/x: Input/output error."),
    ],
)
def test_what_disks_and_databases_refuse_becomes_one_line(problem, words):
    with pytest.raises(Halt) as halt, plain_failures():
        raise problem
    assert words in halt.value.message
    assert "\n" not in halt.value.message


def test_a_full_disk_is_one_line_from_the_database_s_own_mouth(clinic_home):
    script = (
        "from django.db import connection\n"
        "from mooring.cli.plain import plain_failures\n"
        "import click\n"
        "cursor = connection.cursor()\n"
        "cursor.execute('PRAGMA max_page_count=1')\n"
        "try:\n"
        "    with plain_failures():\n"
        "        cursor.execute('CREATE TABLE big AS SELECT zeroblob(99999999) AS content')\n"
        "except click.ClickException as halt:\n"
        "    print(halt.message)"
    )
    assert python(clinic_home, script).strip().endswith("Free some space and run this again.")


def test_a_fault_of_our_own_is_not_hidden():
    with pytest.raises(ZeroDivisionError), plain_failures():
        raise ZeroDivisionError
    with pytest.raises(ProgrammingError), plain_failures():
        raise ProgrammingError("syntax problem near SELECT")
    with pytest.raises(click.UsageError), plain_failures():
        raise click.UsageError("wrong use")


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0"])
def test_a_sqlite_that_can_corrupt_its_log_is_refused(version):
    with pytest.raises(UnsoundSqliteError, match=r"3\.51\.3"):
        refuse_unsound(version)
    with pytest.raises(Halt), plain_failures():
        refuse_unsound(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.53.4", "4.0.0"])
def test_a_sound_sqlite_is_taken(version):
    refuse_unsound(version)


def test_a_new_clinic_is_opened_at_an_address_that_only_the_command_prints(tmp_path):
    with running(tmp_path) as (process, address):
        process.terminate()
        said = process.communicate(timeout=20)[0]
    first, second = said.splitlines()[:2]
    assert first == f"Mooring is at {address}"
    assert second.startswith(f"Open your clinic at {address}/set-up/")
    assert len(second.rsplit("/", 2)[1]) == 40


def test_what_a_server_writes_only_its_user_may_read(tmp_path):
    home = tmp_path / "home"
    with running(home):
        loose = [path for path in [home, *home.rglob("*")] if path.stat().st_mode & 0o077]
    assert loose == []


def test_verify_says_that_the_audit_is_whole_and_audits_the_question(clinic_home):
    assert mooring(clinic_home, "verify").stdout.startswith("All 6 rows are whole")
    assert mooring(clinic_home, "verify").stdout.startswith("All 7 rows are whole")


def test_verify_names_a_cut_tail_and_exits_with_1(clinic_home):
    python(
        clinic_home,
        "from mooring.clinic.database.guards import AUDIT, lifted\n"
        "from mooring.clinic.audit.models import AuditRow\n"
        "with lifted(AUDIT):\n"
        "    AuditRow.objects.filter(sequence__gt=4).delete()",
    )
    done = mooring(clinic_home, "verify")
    assert done.returncode == 1
    assert done.stdout.startswith("The tail is missing: the chain ends at row 4")


def test_doctor_finds_a_served_clinic_fit(clinic_home):
    elsewhere = clinic_home.parent / "checkpoints.jsonl"
    done = mooring(clinic_home, "doctor", MOORING_CHECKPOINTS=str(elsewhere))
    assert done.returncode == 0, done.stdout
    assert "outside the data folder, but on the same disk" in done.stdout
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok  ") for line in lines)
    assert any("ms, the median of 50" in line for line in lines)
    assert any("append-only tables are guarded" in line for line in lines)


def test_doctor_says_what_to_do(clinic_home):
    python(
        clinic_home,
        "from django.db import connection\n"
        "connection.cursor().execute('DROP TRIGGER audit_auditrow_no_update')",
    )
    key = keys_of(clinic_home) / "audit.key"
    key.chmod(0o644)
    done = mooring(clinic_home, "doctor")
    assert done.returncode == 1
    assert f"do   Rights: others may read {key}: chmod 600 {key}" in done.stdout
    assert "gone or changed: audit_auditrow_no_update" in done.stdout


def test_doctor_tells_checkpoints_that_lie_with_what_they_prove(clinic_home):
    done = mooring(clinic_home, "doctor")
    assert done.returncode == 1
    assert "checkpoints.jsonl is inside the data folder: let MOORING_CHECKPOINTS" in done.stdout


def test_doctor_on_a_new_folder_says_that_tables_are_to_be_made(tmp_path):
    done = mooring(tmp_path, "doctor")
    assert done.returncode == 1
    assert "migrations wait: run `mooring migrate`" in done.stdout
    assert done.stderr == ""


def test_import_gives_each_file_one_line_and_fails_when_one_failed(clinic_home, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear clinic")
    absent = tmp_path / "absent.json"
    done = mooring(clinic_home, "import", letter, absent)
    assert done.returncode == 1
    first, second = done.stderr.splitlines()
    assert first.startswith("letter.txt: ")
    assert second == "absent.json: the file cannot be opened (No such file or directory)."


def test_import_into_a_chart_that_is_here_says_that_the_file_waits_and_where(clinic_home, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(text(bundle()))
    second.write_text(text(bundle(condition())))
    mooring(clinic_home, "import", first)
    done = mooring(clinic_home, "import", second)
    assert done.returncode == 0
    said = "second.json: waits to be compared with the chart of Quill, Ada May, record MRN-77; "
    assert done.stdout.startswith(f"{said}open the chart, and there Imports, or /imports/waiting/")


def test_demo_leaves_a_real_clinic_alone(clinic_home):
    python(
        clinic_home,
        "from mooring.clinic.accounts.models import Clinic\n"
        "Clinic.objects.update(demonstration=False)",
    )
    said = one_line(mooring(clinic_home, "demo", "--port", 0))
    assert said.startswith("This folder holds Harbour Clinic, which is no demonstration.")


def test_the_environment_of_the_suite_does_not_leak_into_commands(tmp_path):
    assert environment(tmp_path)["MOORING_HOME"] == str(tmp_path)
    assert "DATABASE_URL" not in environment(tmp_path)
    assert os.environ["MOORING_HOME"] != str(tmp_path)
