"""How much memory one import takes: `python -m benchmarks.import_memory [--megabytes 50]`.

From the repository's root, in the environment of the tests. A file of that size is made of one
record of tests/data/fhir/synthea, each resource many times under another id, and `mooring import`
reads it into a new clinic as a process of its own. Told is what the system says that process took
at most, and beside it what an import of that record alone takes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).parents[1]
SYNTHEA = ROOT / "tests" / "data" / "fhir" / "synthea"
MB = 1024 * 1024
NEW_CLINIC = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from mooring.clinic.accounts.models import Clinic
Clinic.objects.create(name="Harbour Clinic", time_zone="Europe/London", demonstration=True,
                      crisis_text="Call.", crisis_phone="1", emergency_phone="2", idle_minutes=60)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=50)
    megabytes = parser.parse_args().megabytes
    record = max(SYNTHEA.glob("*.json"), key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.json"
        grow(record, large, megabytes * MB)
        for file in (record, large):
            peak, seconds = imported(file)
            size = file.stat().st_size / MB
            print(f"{size:5.1f} MB: {peak / MB:6.0f} MB of memory at most, {seconds:5.1f} s")


def grow(record: Path, target: Path, size: int) -> None:
    """Write a bundle of just less than `size` bytes."""
    bundle = json.loads(record.read_text())
    is_patient = [each["resource"]["resourceType"] == "Patient" for each in bundle["entry"]]
    entries = [json.dumps(each, ensure_ascii=False) for each in bundle["entry"]]
    others = [text for text, patient in zip(entries, is_patient, strict=True) if not patient]
    ids = [each["resource"].get("id", "") for each in bundle["entry"]]
    other_ids = [id_ for id_, patient in zip(ids, is_patient, strict=True) if not patient]
    made = [text for text, patient in zip(entries, is_patient, strict=True) if patient]
    length = sum(len(text.encode()) + 2 for text in made) + 200
    for text, id_ in itertools.cycle(zip(others, other_ids, strict=True)):
        again = text.replace(id_, str(uuid.uuid4())) if id_ else text
        length += len(again.encode()) + 2
        if length > size:
            break
        made.append(again)
    head = {name: value for name, value in bundle.items() if name != "entry"}
    target.write_text(f'{json.dumps(head)[:-1]}, "entry": [{", ".join(made)}]}}')


def imported(file: Path) -> tuple[int, float]:
    """Bytes at most and seconds that `mooring import` took in a new clinic."""
    with tempfile.TemporaryDirectory() as home:
        settings = {
            "MOORING_HOME": f"{home}/clinic",
            "MOORING_KEYS": f"{home}/keys",
            "DJANGO_SETTINGS_MODULE": "mooring.clinic.settings",
        }
        environment = {**os.environ, **settings}
        subprocess.run([sys.executable, "-c", NEW_CLINIC], env=environment, check=True)
        started = time.perf_counter()
        command = [str(Path(sys.executable).with_name("mooring")), "import", str(file)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("The import was refused.")
        return used.ru_maxrss * 1024, time.perf_counter() - started


if __name__ == "__main__":
    main()
