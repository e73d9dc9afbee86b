"""How long a verification takes: `python -m benchmarks.verify [--rows 1000000] [--processes 1 2]`.

From the repository's root, in the environment of the tests. A chain of that many rows is written
into a new clinic's SQLite file by bulk statements, every second row with the digest of one blood
pressure or of a row that was deleted since; then it is walked by one process and by several. Told
are rows a second and, from the fastest, how long 10,000,000 rows would take. With `--tables N` as
many blood pressures are compared with their digests too.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import os
import sys
import tempfile
import time
from pathlib import Path

AT_ONCE = 50_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--tables", type=int, default=0, help="blood pressures to compare")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOORING_HOME"] = str(Path(folder) / "home")
        os.environ.pop("DATABASE_URL", None)
        began = time.perf_counter()
        made(asked.rows, asked.tables)
        size = (Path(folder) / "home" / "mooring.sqlite3").stat().st_size / 1e6
        print(f"{asked.rows:,} rows, {size:,.0f} MB, made in {time.perf_counter() - began:.0f} s")
        fastest = min(walked(asked.rows, processes) for processes in asked.processes)
        print(f"10,000,000 rows at that pace: {fastest / asked.rows * 1e7:.0f} s")
        if asked.tables:
            compared(asked.tables, max(asked.processes))


def walked(rows: int, processes: int) -> float:
    """How many seconds a walk along the whole chain takes."""
    from mooring.clinic.audit.verdict import verify
    from mooring.clinic.audit.work import Work

    began, worked = time.perf_counter(), cpu()
    verdict = verify(work=Work(processes))
    seconds, worked = time.perf_counter() - began, cpu() - worked
    if verdict.rows != rows:
        raise SystemExit(str(verdict))
    pace = f"{rows / seconds:,.0f} rows a second"
    print(f"{processes} process(es): {seconds:.1f} s, {pace}; {worked:.1f} s of processor time")
    return seconds


def cpu() -> float:
    """Processor time of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def compared(count: int, processes: int) -> None:
    """How long the comparison of so many rows with their digests takes."""
    from mooring.clinic.audit.work import Work

    began = time.perf_counter()
    found = [each for each in Work(processes).compared("default") if each.table == TABLE]
    seconds = time.perf_counter() - began
    if found:
        raise SystemExit(f"These differ: {found[:3]}")
    print(f"{count:,} blood pressures compared in {seconds:.1f} s: {count / seconds:,.0f} a second")


def made(rows: int, tables: int) -> None:
    """Make a new clinic whose audit has that many rows."""
    from mooring.cli.ground import ready

    ready()
    from mooring.cli.upgrade import migrate
    from mooring.clinic import home

    migrate()
    from django.db import connection, transaction

    from mooring.clinic.database.guards import GUARDS, lifted

    key, previous = home.key("audit.key"), "0" * 64
    audit, digests = [], []
    with lifted(*GUARDS), transaction.atomic(), connection.cursor():
        pressures = [*pressure_rows(tables)]
        for number in range(1, rows + 1):
            body, at, line = event(number, pressures)
            content = hashlib.sha256(body.encode()).hexdigest()
            said = f"{previous}|{number}|{content}".encode()
            previous = hmac.digest(key, said, "sha256").hex()
            audit.append((number, body, previous, at, "R. Okafor", ACTION, PATIENT))
            if line:
                digests.append((number, *line))
            if len(audit) == AT_ONCE or number == rows:
                raw = connection.connection
                raw.executemany("INSERT INTO audit_auditrow VALUES (?, ?, ?, ?, ?, ?, ?)", audit)
                raw.executemany(
                    'INSERT INTO audit_writtenrow (sequence, "table", row, digest)'
                    " VALUES (?, ?, ?, ?)",
                    digests,
                )
                audit, digests = [], []


ACTION = "sessions.record_entry"
PATIENT = "0190a000000070008000000000000001"
WITH_DASHES = "0190a000-0000-7000-8000-000000000001"
TABLE = "people.BloodPressure"
Line = tuple[str, str, str]


def event(number: int, pressures: list[Line]) -> tuple[str, str, Line | None]:
    """The body of one row, its day, and what its action wrote."""
    second = number % 86_400
    day = f"2026-03-02 {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{number:06d}"
    at = day[:26]
    line = None
    if number % 2:
        place = number // 2
        line = (
            pressures[place]
            if place < len(pressures)
            else ("treatment.SessionEntry", f"{number:032x}", "")
        )
    rows = ""
    if line is not None:
        text = f"{line[0]} {dashed(line[1])} {line[2]}"
        rows = f'"rows":"{hashlib.sha256(text.encode()).hexdigest()}",'
    body = (
        f'{{"action":"{ACTION}","actor":"0190a000-0000-7000-8000-000000000002",'
        f'"actor_name":"R. Okafor","at":"{at.replace(" ", "T")}+00:00","detail":"",'
        f'"digest":"{"d" * 64}","patient":"{WITH_DASHES}",{rows}'
        f'"subject":"treatment.SessionEntry","subject_id":"{dashed(f"{number:032x}")}"}}'
    )
    return body, at, line


def dashed(key: str) -> str:
    """A key as bodies write it."""
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def pressure_rows(count: int) -> list[Line]:
    """Blood pressures of one patient, each with its digest."""
    from datetime import UTC, datetime

    from mooring.clinic.people.models import BloodPressure, Patient

    if not count:
        return []
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    patient = Patient.objects.create(family_name="Quill", identifier="H-1", registered_at=at)
    made = [
        BloodPressure(
            patient=patient, systolic=120, diastolic=80, origin="", recorded_at=at, taken_at=at
        )
        for _ in range(count)
    ]
    BloodPressure.objects.bulk_create(made, batch_size=500)
    return [(TABLE, row.pk.hex, row.digest()) for row in made]


if __name__ == "__main__":
    sys.exit(main())
