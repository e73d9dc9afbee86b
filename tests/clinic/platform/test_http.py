"""How requests are told apart and answered: their ends, their methods, what may be kept of them."""

from __future__ import annotations

import socket

import pytest

from tests.clinic.platform.routes import every_route
from tests.clinic.platform.test_doors import entered, keys, people  # noqa: F401

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /sign-in/login/ HTTP/1.1\r\n" + HOST
HIDDEN = b"0\r\n\r\nGET /patients/ HTTP/1.1\r\n" + HOST + b"\r\n"
AMBIGUOUS = {
    "a length and chunks": POST
    + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    + HIDDEN,
    "two lengths": POST + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nabcdefg",
    "a blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n" + HIDDEN,
    "an encoding that is none": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + HIDDEN,
    "a negative length": POST + b"Content-Length: -6\r\n\r\n",
    "a line end without its return": POST + b"X: a\nTransfer-Encoding: chunked\r\n\r\n" + HIDDEN,
}


def answers(server: str, raw: bytes) -> list[bytes]:
    """The status lines that the server gives to bytes sent in one piece."""
    return [each for each in heard(server, raw).split(b"\r\n") if each.startswith(b"HTTP/1.1 ")]


def heard(server: str, raw: bytes, *, whole: bool = True) -> bytes:
    """All that the server answers to bytes sent in one piece, the whole of what is sent or not."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        line.sendall(raw)
        if whole:
            line.shutdown(socket.SHUT_WR)
        got = b""
        while piece := line.recv(65536):
            got += piece
    return got


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_request_whose_end_can_be_read_in_two_ways_is_refused(asgi_server, clinic_row, kind):
    assert answers(asgi_server, AMBIGUOUS[kind]) == [b"HTTP/1.1 400 Bad Request"]


def test_what_is_refused_before_any_page_is_asked_is_guarded_too(asgi_server, clinic_row):
    found = heard(asgi_server, POST + b"Content-Length: 400000000\r\n\r\n", whole=False).lower()
    assert found.startswith(b"http/1.1 413")
    assert b"frame-ancestors 'none'" in found
    assert b"x-content-type-options: nosniff" in found
    assert b"referrer-policy: same-origin" in found
    assert b"cache-control: no-store" in found
    assert b"permissions-policy: camera=()" in found


@pytest.mark.django_db
def test_a_name_of_the_server_that_is_not_its_own_is_refused(client, clinic_row):
    assert client.get("/sign-in/login/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_nothing_that_was_answered_may_be_kept(people, keys):  # noqa: F811
    client = entered(people["alice"])
    kept = {
        route.name
        for route in every_route()
        if route.name not in {"lock", "account_logout"}
        and "no-store" not in client.get(route.path(keys)).get("Cache-Control", "")
    }
    assert kept == set()


@pytest.mark.django_db
def test_no_route_answers_a_trace(people, keys):  # noqa: F811
    client = entered(people["alice"])
    answered = {
        route.name: status
        for route in every_route()
        if route.name not in {"lock", "account_logout"}
        and (status := client.trace(route.path(keys)).status_code) < 300
    }
    assert answered == {}
