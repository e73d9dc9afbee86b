"""Hints between processes, and a server that stops although pages are open."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil
import pytest

from tests.support.command import clinic_with_nurse, mooring, python, running
from tests.support.streams import Stream

SOON = 2.0
TELL = """
from django.db import transaction
from mooring.clinic.live.hub import notify
with transaction.atomic():
    notify("today")
"""


def test_on_sqlite_a_page_hears_what_another_process_wrote(tmp_path: Path):
    cookie = clinic_with_nurse(tmp_path)
    with running(tmp_path) as (_, address):
        pages = [Stream(address, cookie, "today") for _ in range(2)]
        for page in pages:
            page.next()
        time.sleep(1)
        start = time.monotonic()
        mooring(tmp_path, "verify")
        end = time.monotonic()
        for page in pages:
            assert start < page.next() < end + SOON


@pytest.mark.postgres
def test_on_postgresql_pages_of_two_processes_hear_each_other(tmp_path: Path, postgres):
    url = postgres.url("two_processes")
    cookie = clinic_with_nurse(tmp_path, DATABASE_URL=url)
    with running(tmp_path, "--workers", 2, DATABASE_URL=url) as (process, address):
        pages = [Stream(address, cookie, "today")]
        while len(serving(process.pid)) < 2:
            assert len(pages) < 60, "one worker took every page"
            pages.append(Stream(address, cookie, "today"))
        for page in pages:
            page.next()
        time.sleep(1)
        for page in pages:
            page.drain()
        python(tmp_path, TELL, DATABASE_URL=url)
        told = time.monotonic()
        for page in pages:
            assert page.next() < told + SOON


def serving(parent: int) -> list[int]:
    """The workers of a server that hold an open connection from a page."""
    return [
        child.pid
        for child in psutil.Process(parent).children()
        if any(line.status == "ESTABLISHED" for line in child.net_connections("tcp"))
    ]


def test_a_server_stops_within_five_seconds_although_pages_are_open(tmp_path: Path):
    cookie = clinic_with_nurse(tmp_path)
    with running(tmp_path) as (process, address):
        for _ in range(5):
            Stream(address, cookie, "today").next()
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        assert time.monotonic() - start < 5
