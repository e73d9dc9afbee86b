"""Nobody fills the clinic's disk by sending: what is too much is refused before it is stored."""

from __future__ import annotations

import errno
import http.client
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse_lazy

from mooring.clinic import room
from mooring.clinic.bodies import MB
from mooring.clinic.room import Room

LOGIN = "/sign-in/login/"
IMPORT = reverse_lazy("patient_import")


@pytest.fixture
def scratch(tmp_path, monkeypatch) -> Path:
    """Where the server puts what it spools."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def ask(server: str, path: str, body, headers: dict[str, str] | None = None):
    """The status and the page that a client gets which sends this body."""
    where = urlsplit(server)
    line = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    # The server may stop listening while we send: it has answered then.
    with suppress(BrokenPipeError, ConnectionResetError):
        line.request("POST", str(path), body=body, headers=headers or {})
    answer = line.getresponse()
    return answer.status, answer.read().decode()


class Endless:
    """Parts of a body without a length, and how much of them was taken."""

    def __init__(self) -> None:
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        while self.sent < 400 * MB:
            self.sent += MB
            yield b"x" * MB


def test_a_stranger_who_names_400_mb_is_refused_before_a_byte_of_it(asgi_server, clinic_row):
    where = urlsplit(asgi_server)
    line = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    line.putrequest("POST", LOGIN)
    line.putheader("Content-Length", str(400 * MB))
    line.endheaders()
    answer = line.getresponse()
    page = answer.read().decode()
    assert answer.status == 413
    assert "Nothing of it was saved" in page
    assert "555-0100" in page


def test_a_stranger_without_a_length_is_cut_off_after_two_megabytes(
    asgi_server, clinic_row, scratch
):
    body = Endless()
    where = urlsplit(asgi_server)
    line = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        line.request("POST", str(IMPORT), body=iter(body), encode_chunked=True,
                     headers={"Transfer-Encoding": "chunked"})  # fmt: skip
    assert body.sent < 60 * MB
    assert list(scratch.iterdir()) == []


def cookies(browser: Client) -> str:
    return "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())


def upload(size: int, browser: Client) -> tuple[bytes, dict[str, str]]:
    """A form with one file of that size, as a browser sends it, and its headers."""
    mark, token = uuid.uuid4().hex, browser.cookies[settings.CSRF_COOKIE_NAME].value
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.json"\r\n'
        "Content-Type: application/json\r\n\r\n"
    )
    body = head.encode() + b" " * size + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return body, {"Content-Type": kind, "Cookie": cookies(browser)}


@pytest.fixture
def nurse(bob, signed_in) -> Client:
    browser = signed_in(bob)
    browser.get(IMPORT)
    return browser


def test_a_nurse_sends_a_large_file_to_the_import(asgi_server, nurse):
    status, page = ask(asgi_server, IMPORT, *upload(8 * MB, nurse))
    assert status == 200
    assert "it is empty; a FHIR bundle in JSON is needed" in page


def test_a_nurse_who_sends_more_than_a_file_may_have_reads_why(asgi_server, nurse, scratch):
    status, page = ask(asgi_server, IMPORT, *upload(60 * MB, nurse))
    assert status == 413
    assert "a file of at most 50 MB" in page
    assert list(scratch.iterdir()) == []


def test_no_other_page_takes_a_large_body(asgi_server, nurse):
    status, _ = ask(asgi_server, "/patients/new/", *upload(3 * MB, nurse))
    assert status == 413


def test_a_locked_screen_takes_no_file(asgi_server, nurse):
    nurse.post("/lock/")
    status, _ = ask(asgi_server, IMPORT, *upload(8 * MB, nurse))
    assert status == 413


@pytest.mark.parametrize("cookie", ["sessionid=none", "=;;=", f"{'a=b; ' * 200}", ""])
def test_a_made_up_cookie_is_a_stranger_s(asgi_server, clinic_row, cookie):
    status, _ = ask(asgi_server, IMPORT, b" " * 3 * MB, {"Cookie": cookie})
    assert status == 413


def test_where_the_server_cannot_spool_a_body_it_says_that_the_disk_is_full(
    asgi_server, nurse, monkeypatch
):
    """The system's own words for a full disk, from the place that would write."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "write", full)
    status, page = ask(asgi_server, "/patients/new/", b"x=1", {"Cookie": cookies(nurse)})
    assert status == 507
    assert "The disk is full" in page
    assert "555-0100" in page


GB = 1024**3


@pytest.mark.parametrize(("free", "short"), [(0, True), (9, True), (10, False), (50, False)])
def test_a_disk_is_short_of_room_below_a_tenth(free, short):
    assert Room(free * GB, 100 * GB).short == short


def test_room_is_said_in_gigabytes_and_in_its_share_of_the_disk():
    assert Room(int(1.9 * GB), 27 * GB).words == "1.9 GB free, 7 % of the disk"


@pytest.fixture
def least_share(monkeypatch):
    """`least_share(2.0)`: any real disk is short of room; 0: none is."""

    def of(share: float) -> None:
        monkeypatch.setattr(room, "LEAST_SHARE", share)
        monkeypatch.setattr(room._seen, "at", float("-inf"))

    yield of
    monkeypatch.undo()
    room._seen.at = float("-inf")


def test_every_page_of_staff_says_when_the_disk_is_short_of_room(bob, signed_in, least_share):
    least_share(2.0)
    page = signed_in(bob).get("/tasks/").content.decode()
    assert "running out of room" in page
    assert "Tell whoever looks after the server." in page
    least_share(0)
    assert "running out of room" not in signed_in(bob).get("/tasks/").content.decode()


def test_a_patient_reads_nothing_of_the_disk(pat, signed_in, least_share):
    least_share(2.0)
    assert "out of room" not in signed_in(pat).get("/scales/mine/").content.decode()
