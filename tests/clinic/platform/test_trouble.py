"""The database is cut, the disk is full, a role is refused: what is said, and what is logged.

The problems are real ones: SQLite itself refuses to write, to grow its file, to open it.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.logs import ShortFormatter

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("sqlite" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite"),
]
READ_ONLY = ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
FULL = ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 4294967294")


@contextmanager
def held(pragmas: tuple[str, str]) -> Iterator[None]:
    """SQLite under one restriction while the block runs."""
    with connection.cursor() as cursor:
        cursor.execute(pragmas[0])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(pragmas[1])


@pytest.fixture
def nurse(bob, signed_in) -> Client:
    """Bob's browser, which shows answers instead of raising what went wrong."""
    client = signed_in(bob)
    client.raise_request_exception = False
    the_clinic()
    return client


@pytest.fixture
def logged(caplog) -> Iterator[list[str]]:
    """What the server's log says, as its own formatter writes it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(ShortFormatter())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def helps(answer) -> None:
    """The page says in the product's words what is so, and gives the clinic's numbers."""
    said = answer.content.decode()
    assert "Mooring cannot do this just now" in said
    assert "Its records cannot be reached, or cannot be written" in said
    assert "If you might act on thoughts of harming yourself, call now." in said
    assert "555-0100" in said
    assert "555-0199" in said


def chart(client: Client, patient, text: str = "asthma"):
    address = reverse("record_add", args=[patient.pk, "condition"])
    return client.post(address, {"text": text, "status": "active"})


def test_a_database_that_takes_no_writes_is_said_with_help_in_a_crisis(nurse, patient, logged):
    with held(READ_ONLY):
        answer = chart(nurse, patient)
    assert answer.status_code == 503
    helps(answer)
    [line] = logged
    assert "readonly database" in line
    assert len(line) < 250
    assert "\n" not in line


def fill_the_free_pages() -> None:
    """What earlier tests gave back is used up, so that the next row needs a new page."""
    with connection.cursor() as cursor:
        free, size = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("freelist_count", "page_size")
        )
        cursor.execute("CREATE TABLE filler (bytes BLOB)")
        cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [free * size])


def test_a_full_disk_is_said_with_help_in_a_crisis(nurse, patient, logged):
    fill_the_free_pages()
    with held(FULL):
        answers = (chart(nurse, patient, "x" * 100) for _ in range(200))
        answer = next(answer for answer in answers if answer.status_code != 302)
    assert answer.status_code == 507
    said = answer.content.decode()
    assert "The disk is full" in said
    assert "what you sent was not saved" in said
    assert "If you might act on thoughts of harming yourself, call now." in said
    assert "555-0100" in said
    assert chart(nurse, patient, "asthma again").status_code == 302, "it saves again with room"
    [line] = logged
    assert "full" in line
    assert "\n" not in line


def test_a_database_that_cannot_be_opened_is_said_with_help_in_a_crisis(nurse, logged):
    """In a thread of its own, whose connection leads nowhere."""
    answers = []

    def ask() -> None:
        own = connections["default"]
        own.settings_dict = {**own.settings_dict, "NAME": "/nowhere/mooring.sqlite3"}
        try:
            answers.append(nurse.get("/tasks/"))
        finally:
            own.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert answers[0].status_code == 503
    assert answers[0].headers["Cache-Control"] == "no-store"
    helps(answers[0])
    [line] = logged
    assert "unable to open database file" in line


def test_a_fault_of_mooring_s_own_keeps_its_traceback(nurse, logged, monkeypatch):
    monkeypatch.setattr("mooring.clinic.tasks.views.render", None)
    answer = nurse.get("/tasks/")
    assert answer.status_code == 500
    assert "Something in the program went wrong" in answer.content.decode()
    assert "555-0100" in answer.content.decode()
    assert 'File "' in logged[0]
    assert "TypeError: 'NoneType' object is not callable" in logged[0]
    [number] = re.findall(r"under the number (\w{8})", answer.content.decode())
    assert f" ERROR {number} " in logged[0]


def test_a_refusal_is_one_short_line_in_the_log(nurse, logged):
    assert nurse.get("/staff/").status_code == 403
    assert nurse.get("/nowhere/").status_code == 404
    assert [line.split("django.request: ")[1].split(":")[0] for line in logged] == [
        "Forbidden (Permission denied)",
        "Not Found",
    ]
    assert all(len(line) < 170 and "\n" not in line for line in logged)


def test_the_server_logs_with_this_formatter():
    handlers = [handler for handler in logging.getLogger().handlers if handler.formatter]
    assert any(isinstance(handler.formatter, ShortFormatter) for handler in handlers)
