"""How long importing takes beside an earlier build: `python -m benchmarks.imports`.

From the repository's root, in the environment of the tests. The earlier build (BEFORE, or --before
COMMIT) is unpacked into a folder of its own, and each build has one process with a database of its
own. The two take turns, a block of bundles each, so that a machine that is busy is so for both.
The bundles are the eight of tests/data/fhir/synthea, each time as another person. Told is the time
on the clock and the time of the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

BEFORE = "ef1df6d"
ROOT = Path(__file__).parents[1]
SYNTHEA = ROOT / "tests" / "data" / "fhir" / "synthea"
BUNDLES, BLOCK = 1000, 40
WORKER = """
import json, sys, time, uuid
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import command
from mooring.exchange.fhir.importing import import_text
Clinic.objects.create(name="Harbour Clinic", time_zone="Europe/London", demonstration=True,
                      crisis_text="Call.", crisis_phone="1", emergency_phone="2", idle_minutes=60)
files = [(path.stem.rpartition("_")[2], path.read_text()) for path in
         sorted(Path(sys.argv[1]).glob("*.json"))]
print(json.dumps({"from": str(Path(sys.modules["mooring"].__file__ or "").parent)}), flush=True)
done = 0
for line in sys.stdin:
    several = []
    for number in range(done, done + int(line)):
        person, content = files[number % len(files)]
        several.append(content.replace(person, str(uuid.uuid4())))
    by, now = command("benchmark"), timezone.now()
    clock, processor = time.perf_counter(), time.process_time()
    for number, content in enumerate(several, start=done):
        import_text(content, f"{number}.json", by, now)
    done += len(several)
    print(json.dumps([time.perf_counter() - clock, time.process_time() - processor]), flush=True)
"""


class Build:
    """One build in a process of its own."""

    def __init__(self, source: Path, home: Path) -> None:
        home.mkdir()
        settings = {
            "MOORING_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "mooring.clinic.settings",
            "PYTHONPATH": str(source),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(SYNTHEA)],
            cwd=source,
            env={**os.environ, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        came_from = Path(self._answer()["from"])
        if came_from != source / "mooring":
            raise SystemExit(f"This build came from {came_from}, not from {source}.")
        self.clock = self.processor = 0.0

    def take(self, bundles: int) -> None:
        """Import so many, and add up how long it took."""
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.write(f"{bundles}\n")
        self.process.stdin.flush()
        clock, processor = self._answer()
        self.clock += clock
        self.processor += processor

    def end(self) -> None:
        """Let the process go."""
        self.process.communicate()

    def _answer(self) -> Any:
        assert self.process.stdout is not None  # noqa: S101
        return json.loads(self.process.stdout.readline())


def unpacked(commit: str, folder: Path) -> Path:
    """The earlier build's files."""
    folder.mkdir()
    packed = subprocess.run(
        ["git", "archive", commit, "mooring", "pyproject.toml"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def compared(commit: str, bundles: int) -> tuple[Build, Build]:
    """Both builds after so many bundles each."""
    with tempfile.TemporaryDirectory() as place:
        before = Build(unpacked(commit, Path(place, "before")), Path(place, "home-before"))
        now = Build(ROOT, Path(place, "home-now"))
        for turn, start in enumerate(range(0, bundles, BLOCK)):
            for build in (before, now) if turn % 2 == 0 else (now, before):
                build.take(min(BLOCK, bundles - start))
        before.end()
        now.end()
    return before, now


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--before", default=BEFORE, help=f"the commit to compare with ({BEFORE})")
    options.add_argument("--bundles", type=int, default=BUNDLES, help=f"how many ({BUNDLES})")
    chosen = options.parse_args()
    before, now = compared(chosen.before, chosen.bundles)
    for name, then, today in (
        ("on the clock", before.clock, now.clock),
        ("of the processor", before.processor, now.processor),
    ):
        print(
            f"{chosen.bundles} bundles, seconds {name}: {then:.1f} before, {today:.1f} now,"
            f" {today / then:.2f} times"
        )
    print(f"load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
