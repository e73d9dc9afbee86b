"""The real command, in a process of its own, on a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOORING = str(Path(sys.executable).with_name("mooring"))


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command on one data folder; `more` comes on top."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")
        and not name.startswith("MOORING_")
    }
    return {**bare, "MOORING_HOME": str(home), **more}


def keys_of(home: Path) -> Path:
    """Where the keys of a data folder lie unless MOORING_KEYS says otherwise."""
    return home.with_name(f"{home.name}-keys")


def mooring(home: Path, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `mooring words...` to its end."""
    return subprocess.run(
        [MOORING, *map(str, words)],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def python(home: Path, code: str, **more: str) -> str:
    """Run Python code with Django loaded on a data folder; what it printed."""
    start = (
        "from mooring.cli.ground import ready\nfrom mooring.cli.upgrade import migrate\n"
        "ready()\nmigrate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(
    home: Path, *words: object, port: int | None = None, **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`mooring serve words...`, answering; gives the process and its address."""
    port = port or free_port()
    process = subprocess.Popen(
        [MOORING, "serve", "--port", str(port), *map(str, words)],
        env=environment(home, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(process, address)
        yield process, address
    finally:
        kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a server and its workers at once, as a power cut of the process would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def wait_until_it_answers(process: subprocess.Popen[str], address: str) -> None:
    """Wait for the first answer; AssertionError with what the process said when it ended."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()[0]
        try:
            urllib.request.urlopen(f"{address}/favicon.ico", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError("no answer within two minutes")


NURSE = """
from datetime import UTC, datetime
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from mooring.clinic.accounts.models import Clinic, RoleAssignment, User
Clinic.objects.create(name="Harbour Clinic", time_zone="UTC", demonstration=True, crisis_text="x",
                      crisis_phone="1", emergency_phone="2", idle_minutes=10)
nurse = User.objects.create_user("bob", password="seven lanterns on the quay",
                                 display_name="B. Okafor", credential="RN")
RoleAssignment.objects.create(user=nurse, role="nurse")
store = SessionStore()
store[SESSION_KEY] = str(nurse.pk)
store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
store[HASH_SESSION_KEY] = nurse.get_session_auth_hash()
store.create()
print(store.session_key)
"""


def clinic_with_nurse(home: Path, **more: str) -> str:
    """Open a demonstration clinic with one nurse; gives the cookie of her signed-in browser."""
    return python(home, NURSE, **more).strip()
