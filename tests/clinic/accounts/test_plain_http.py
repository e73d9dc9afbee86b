"""What travels unencrypted between machines says so, on every page and at the start."""

from __future__ import annotations

import pytest

from mooring.clinic.accounts.plain_http import is_loopback
from tests.support.command import mooring, running

SAYS = "This connection is not encrypted"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/login/", "/today/", "/no-such-page/"])
def test_each_page_says_so_to_another_machine(bob, signed_in, path):
    client = signed_in(bob)
    assert SAYS in client.get(path, REMOTE_ADDR="192.0.2.10", follow=True).content.decode()
    assert SAYS not in client.get(path, follow=True).content.decode()


@pytest.mark.django_db
def test_over_tls_no_page_does(client, clinic_row, settings):
    page = client.get("/sign-in/login/", REMOTE_ADDR="192.0.2.10", secure=True)
    assert SAYS not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "here"),
    [
        ("127.0.0.1", True), ("127.4.4.4", True), ("::1", True), ("[::1]", True),
        ("localhost", True), ("0.0.0.0", False), ("::", False), ("192.168.1.5", False),
        ("clinic.example", False), ("localhost.example", False),
    ],
)  # fmt: skip
def test_what_this_machine_is(name, here):
    assert is_loopback(name) is here


def test_the_server_says_so_at_its_start(tmp_path):
    for host, lines, said in (("0.0.0.0", 6, True), ("127.0.0.1", 2, False)):
        with running(tmp_path / host, "--host", host) as (process, _):
            assert process.stdout is not None
            told = "".join(process.stdout.readline() for _ in range(lines))
        assert ("NOT ENCRYPTED" in told) is said


def test_the_doctor_says_so(tmp_path):
    told = mooring(tmp_path / "home", "doctor", MOORING_HOSTS="clinic.example").stdout
    assert "do   On the way: clinic.example is reached over plain HTTP" in told
    assert "ok   On the way" in mooring(tmp_path / "home", "doctor").stdout
