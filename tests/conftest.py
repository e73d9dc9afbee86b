"""What every test stands on: a data folder of its own, a database, a real server, a browser.

Django reads the environment once, when its settings load; so this file sets it on import.
SQLite is the default; MOORING_TEST_DATABASE=postgres runs the same tests on PostgreSQL.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest

from tests.support.postgres import Server, start_postgres
from tests.support.server import serving

# The keys lie beside the data folder, so both stand in one that goes at the end.
PLACE = Path(tempfile.mkdtemp(prefix="mooring-test-"))
HOME = PLACE / "home"
HOME.mkdir(mode=0o700)
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
os.environ["MOORING_HOME"] = str(HOME)
os.environ.pop("MOORING_KEYS", None)
# Playwright's synchronous calls keep an event loop in the test's thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "mooring.clinic.settings"
ON_POSTGRES = os.environ.get("MOORING_TEST_DATABASE") == "postgres"
if not ON_POSTGRES:
    os.environ.pop("DATABASE_URL", None)
elif "DATABASE_URL" not in os.environ:
    # Once a run: workers of pytest-xdist inherit the address.
    os.environ["DATABASE_URL"] = start_postgres(HOME / "postgres").url()

django.setup()

# A busy machine is not a slow program: no property fails for the time it took. The same examples
# each time: a red run stays red. New ones: pytest --hypothesis-profile random.
hypothesis.settings.register_profile("mooring", deadline=None, derandomize=True)
hypothesis.settings.register_profile("random", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("mooring")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
]


def pytest_configure(config: pytest.Config) -> None:
    """Hash passwords fast: a test signs in thousands of times, an attacker never."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    empty_append_only_tables_too()


def empty_append_only_tables_too() -> None:
    """After a test with real transactions Django empties all tables, against their guards."""
    from django.core.management.commands.flush import Command

    from mooring.clinic.database.guards import GUARDS, lifted

    flush = Command.handle

    def lift_and_flush(self: Any, **options: Any) -> None:
        with lifted(*GUARDS):
            flush(self, **options)

    Command.handle = lift_and_flush


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that drive a browser are marked so; without one they are skipped, in CI they fail."""
    missing = not Path(CHROMIUM).exists() and os.environ.get("CI") != "true"
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason="needs: apt-get install chromium"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; at the end nobody holds on to it.

    A thread that listens for news, or that served a browser to the last, keeps its connection for
    as long as the process lives, and PostgreSQL drops no database that is in use.
    """
    yield
    if ON_POSTGRES:
        with django_db_blocker.unblock():
            disconnect_others()


def disconnect_others() -> None:
    """End every connection to this database but our own."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test reads the clinic anew: no sign-in counted, no other clinic's checkpoints."""
    for name in ("checkpoints.jsonl", "checkpoints.jsonl.newest"):
        (HOME / name).unlink(missing_ok=True)
    yield
    from django.core.cache import cache

    from mooring.clinic.accounts.clinic import forget

    forget()
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which asks nobody anything."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET_BROWSER}


@pytest.fixture
def asgi_server(transactional_db: None) -> Iterator[str]:
    """The address of a real uvicorn that serves the application from this process."""
    from mooring.clinic.asgi import application

    with serving(application) as address:
        yield address


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real PostgreSQL, whatever the suite runs on. `postgres.url("name")` makes a database."""
    server = start_postgres(tmp_path_factory.mktemp("postgres") / "data")
    yield server
    server.stop()
