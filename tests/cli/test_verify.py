"""`mooring verify` in several processes, against a copy kept elsewhere, and after a lost file."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.command import mooring, python

MORE = """
from datetime import UTC, datetime
from mooring.clinic.audit import chain, verdict
from mooring.clinic.audit.work import Work
verdict.A_STRETCH = 3
for number in range(8):
    chain.append(at=datetime(2026, 3, 2, 13, tzinfo=UTC), actor="x", actor_name="B. Okafor",
                 action="test.row", subject="x", subject_id=str(number), patient=None)
"""
WALKED = """
if __name__ == "__main__":
    said = []
    found = verdict.examine(work=Work(2, said.append))
    print(found)
    print(*said, sep=chr(10))
"""


def test_two_processes_find_what_one_finds_and_tell_how_far_they_are(clinic_home: Path) -> None:
    done = python(clinic_home, MORE + WALKED)
    assert done.startswith("All 14 rows are whole, held against 1 signed checkpoint.")
    assert "The clinic's tables hold what they wrote." in done
    assert "9 of 14 rows of the audit\n12 of 14 rows of the audit" in done


def test_two_processes_name_the_first_broken_row(clinic_home: Path) -> None:
    broken = (
        "from django.db import connection\n"
        "from mooring.clinic.database.guards import AUDIT, lifted\n"
        "with lifted(AUDIT):\n"
        "    connection.cursor().execute(\"UPDATE audit_auditrow SET body = replace(body, 'Okafor',"
        " 'Marsh') WHERE sequence IN (8, 12)\")\n"
    )
    done = python(clinic_home, MORE + broken + WALKED)
    assert done.startswith("The body of row 8 was edited after it was written.")


def test_a_copy_kept_elsewhere_tells_what_the_own_file_lost(
    clinic_home: Path, tmp_path: Path
) -> None:
    own, outside = clinic_home / "checkpoints.jsonl", tmp_path / "outside.jsonl"
    shutil.copyfile(own, outside)
    done = mooring(clinic_home, "verify", "--against", outside)
    assert done.returncode == 0, done.stdout
    other = tmp_path / "other.jsonl"
    other.write_text(outside.read_text().replace('"number": 1', '"number": 2'))
    done = mooring(clinic_home, "verify", "--against", other)
    assert done.returncode == 1
    assert done.stdout.startswith("Line 1 of other.jsonl")


def test_a_lost_file_fails_until_somebody_says_why(clinic_home: Path) -> None:
    (clinic_home / "checkpoints.jsonl").unlink()
    done = mooring(clinic_home, "verify")
    assert done.returncode == 1
    assert done.stdout.startswith("Row 6 announces a checkpoint that is not in the file")
    done = mooring(clinic_home, "verify", "--begin-anew", "The stick broke")
    assert done.returncode == 0, done.stdout
    assert "Checkpoints were begun anew at row 8." in done.stdout
