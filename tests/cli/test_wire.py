"""A PostgreSQL on another machine is reached over TLS, or not at all."""

from __future__ import annotations

import os
import socket
import threading

import pytest

from mooring.clinic.database.wire import elsewhere, encrypt_to_other_machines
from tests.support.command import mooring


@pytest.mark.parametrize(
    "address",
    [
        "postgres://a:b@db.clinic.example/mooring",
        "postgresql://a:b@192.0.2.7:5433/mooring",
        "postgres://a:b@[2001:db8::7]/mooring",
    ],
)
def test_another_machine_is_one_that_a_network_leads_to(address):
    assert elsewhere(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sqlite:///x",
        "postgres://a:b@127.0.0.1/mooring",
        "postgres://a:b@[::1]:5432/mooring",
        "postgres://localhost/mooring",
        "postgres:///mooring?host=/run/postgresql",
        "postgres://a@%2Frun%2Fpostgresql/mooring",
    ],
)
def test_this_machine_and_its_sockets_are_not(address):
    assert not elsewhere(address)


def test_what_the_owner_said_stands(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@db.clinic.example/mooring")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    encrypt_to_other_machines()
    assert os.environ["PGSSLMODE"] == "verify-full"


@pytest.fixture
def plain_server():
    """A server at an address of this machine's network that says no to TLS, as PostgreSQL does."""
    listener = socket.create_server(("0.0.0.0", 0))
    heard: list[bytes] = []

    def answer() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                heard.append(line.recv(8))
                line.sendall(b"N")
                heard.append(line.recv(1024))

    threading.Thread(target=answer, daemon=True).start()
    yield listener.getsockname()[1], heard
    listener.close()


def own_address() -> str:
    """An address of this machine that is not the loopback's; skips where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("needs: a network address of this machine")
        return str(line.getsockname()[0])


def test_no_password_goes_to_a_server_without_tls(tmp_path, plain_server):
    port, heard = plain_server
    address = f"postgres://nurse:secret-word@{own_address()}:{port}/mooring"
    done = mooring(tmp_path / "home", "migrate", DATABASE_URL=address)
    assert done.returncode == 1
    assert "takes no encrypted connection" in done.stderr
    assert heard[0] == b"\x00\x00\x00\x08\x04\xd2\x16/", "it asked for TLS"
    assert heard[1:] in ([], [b""]), "and said nothing more, not even who it is"
