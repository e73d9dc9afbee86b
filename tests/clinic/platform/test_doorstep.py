"""What a browser is told with every answer, and what the server does not hand out."""

from __future__ import annotations

import json

import pytest

from tests.support.command import python


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/login/", "/no-such-page/"])
def test_no_page_may_use_the_machine_or_be_taken_in_by_another_site(client, clinic_row, path):
    page = client.get(path)
    assert "camera=()" in page["Permissions-Policy"]
    assert "microphone=()" in page["Permissions-Policy"]
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/sign-in/login/", "/no-such-page/", "/static/built/app.js", "/favicon.ico"],
)
def test_every_answer_says_what_may_run_and_that_no_page_may_frame_it(client, clinic_row, path):
    answer = client.get(path)
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/login/", "/static/built/app.js"])
def test_another_site_is_given_no_leave_to_read(client, clinic_row, path):
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/static/",
        "/static/built/",
        "/static/../settings.py",
        "/static/app.js",
        "/admin/",
        "/metrics",
        "/api/schema/",
        "/docs/",
    ],
)
def test_nothing_is_served_that_no_page_needs(client, clinic_row, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sign-in/login/", "text/html; charset=utf-8"),
        ("/static/built/app.js", 'text/javascript; charset="utf-8"'),
        ("/static/built/mooring.css", 'text/css; charset="utf-8"'),
        ("/no-such-page/", "text/html; charset=utf-8"),
    ],
)
def test_every_text_says_its_kind_and_its_characters(client, clinic_row, path, kind):
    assert client.get(path)["Content-Type"] == kind


@pytest.mark.django_db
def test_a_covered_page_is_refused_in_text_that_says_its_characters(client, olga):
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post("/unlock/", {"password": "wrong"}, headers={"X-Mooring-Background": "1"})
    assert refused.status_code == 401
    assert refused["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_what_a_page_says_once_waits_on_the_server_and_in_no_cookie(client, olga):
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    stated = client.post("/at-the-bedside/", {"priming_ml": "1.5"})
    assert stated.status_code == 302
    assert "messages" not in stated.cookies
    assert b"Kept: every bedside follows it" in client.get("/at-the-bedside/").content


BEHIND_TLS = """
import json
from datetime import UTC, datetime
from django.test import Client
from mooring.clinic.accounts.actions import add_person, open_clinic
from mooring.clinic.actions import command
from mooring.clinic.permissions import Role
at = dict(now=datetime.now(UTC))
open_clinic(command("test"), name="N", time_zone="Europe/London", crisis_text="c",
    crisis_phone="1", emergency_phone="2", demonstration=True, **at)
nurse = add_person(command("test"), username="bob", display_name="Bob", credential="RN",
    roles=[Role.NURSE], password="harbour-at-dawn", **at)
browser = Client(headers={"host": "127.0.0.1"})
page = browser.get("/sign-in/login/", secure=True)
posted = browser.post("/sign-in/login/", {"login": "bob", "password": "harbour-at-dawn",
    "_draft": "12"}, secure=True)
taken = browser.post("/lock/", {"_draft": "12"}, secure=True)
jar = {**page.cookies, **posted.cookies, **taken.cookies}
print(json.dumps({"hsts": page["Strict-Transport-Security"], "cookies": {
    name: [bool(part["httponly"]), bool(part["secure"]), part["samesite"], part["path"],
        part["domain"]]
    for name, part in jar.items()}}))
"""


def test_behind_tls_every_cookie_is_held_to_this_host_and_the_browser_to_tls(tmp_path):
    told = json.loads(python(tmp_path / "home", BEHIND_TLS, MOORING_TLS="1"))
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    held = [True, "Lax", "/", ""]
    assert told["cookies"] == {
        "__Host-sessionid": [True, *held],
        "__Host-csrftoken": [False, *held],  # scripts send it back with what they post
        "__Host-mooring_taken": [False, *held],
        "__Host-mooring_device": [True, *held],
    }
