"""Whose word is taken for where a request came from, and whose cookies are held to this host."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

from tests.support.command import python, running

COOKIES = (
    "import json; from django.conf import settings as s;"
    "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
    " s.PROXIES]))"
)


def told(home: Path, **more: str) -> list[object]:
    found: list[object] = json.loads(python(home, COOKIES, **more))
    return found


def test_behind_tls_cookies_are_held_to_this_host(tmp_path: Path) -> None:
    names = told(tmp_path / "home", MOORING_TLS="1")
    assert names[:3] == ["__Host-sessionid", "__Host-csrftoken", True]


def test_without_tls_nobody_is_believed_about_where_a_request_came_from(tmp_path: Path) -> None:
    assert told(tmp_path / "home")[3] == ""
    assert told(tmp_path / "home", MOORING_TLS="1")[3] == "127.0.0.1,::1"
    assert told(tmp_path / "home", MOORING_PROXIES="10.0.0.7")[3] == "10.0.0.7"


def refused_from(home: Path, said: str = "203.0.113.9", **more: str) -> str:
    """The address that is counted after a wrong password with an invented one beside it."""
    with running(home, **more) as (_, address):
        page = urllib.request.urlopen(f"{address}/sign-in/login/")
        cookie = page.headers["Set-Cookie"].split(";")[0]
        token = cookie.split("=")[1]
        data = f"csrfmiddlewaretoken={token}&login=marsh&password=wrong".encode()
        asked = urllib.request.Request(
            f"{address}/sign-in/login/", data,
            {"Cookie": cookie, "X-Forwarded-For": said, "Forwarded": f"for={said}",
             "X-Real-Ip": said, "Referer": address},
        )  # fmt: skip
        urllib.request.urlopen(asked)
    code = "from mooring.clinic.accounts.tries import WrongTry as W; print(W.objects.get().place)"
    return python(home, code, **more).strip()


def test_an_address_that_somebody_makes_up_is_not_the_one_that_is_counted(clinic_home) -> None:
    assert refused_from(clinic_home) == "127.0.0.1"


def test_the_address_that_a_named_proxy_gives_is_counted(clinic_home) -> None:
    assert refused_from(clinic_home, MOORING_PROXIES="127.0.0.1") == "203.0.113.9"


def test_what_somebody_writes_before_the_proxy_s_word_is_not_believed(clinic_home) -> None:
    said = "198.51.100.1, 203.0.113.9"
    assert refused_from(clinic_home, said, MOORING_PROXIES="127.0.0.1") == "203.0.113.9"


def test_of_two_proxies_in_a_row_both_are_named(clinic_home) -> None:
    said = "198.51.100.1, 203.0.113.9, 10.0.0.7"
    two = "127.0.0.1,10.0.0.7"
    assert refused_from(clinic_home, said, MOORING_PROXIES=two) == "203.0.113.9"
