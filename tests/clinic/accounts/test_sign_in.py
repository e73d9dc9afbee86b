"""Signing in: a password, for staff of a real clinic a second factor, and five tries."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from mooring.clinic.accounts.clinic import forget
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STAFF = ["alice", "bob", "tara", "olga", "audrey", "ray"]


@pytest.fixture
def real_clinic(clinic_row):
    """No demonstration: staff need a second factor."""
    clinic_row.demonstration = False
    clinic_row.save()
    forget()
    return clinic_row


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post("/sign-in/login/", {"login": username, "password": password})


def confirm(client: Client) -> None:
    """Give the password once more, as changing how one signs in asks for it."""
    client.post("/sign-in/reauthenticate/", {"password": PASSWORD})


def code(shift: int = 0) -> str:
    """The code that an app shows, `shift` half-minutes from now."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + shift))


def opens(client: Client, path: str = "/") -> bool:
    """True when a page opens, or the way to one's own first page."""
    answer = client.get(path)
    return answer.status_code == 200 or not answer.url.startswith("/sign-in/")


def test_the_password_opens_the_first_page(client, bob):
    assert sign_in(client, "bob").url == "/"
    assert client.get("/").url == "/today/"


def test_the_page_that_was_asked_for_opens_after_signing_in(client, bob):
    asked = client.get("/tasks/")
    assert asked.url == "/sign-in/login/?next=/tasks/"
    answer = client.post(asked.url, {"login": "bob", "password": PASSWORD, "next": "/tasks/"})
    assert answer.url == "/tasks/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_signing_in_leads_nowhere_else(client, bob, wanted):
    answer = client.post("/sign-in/login/", {"login": "bob", "password": PASSWORD, "next": wanted})
    assert answer.url == "/"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, bob):
    wrong = sign_in(client, "bob", "wrong")
    unknown = sign_in(client, "bobby", "wrong")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


def test_the_session_s_key_changes_on_signing_in(client, bob):
    client.get("/sign-in/login/")
    client.session["seen"] = 1
    before = client.session.session_key
    sign_in(client, "bob")
    assert client.session.session_key != before


def test_five_wrong_passwords_close_the_door_for_a_while(client, bob):
    answers = [sign_in(client, "bob", "wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert b"Signing in waits for 15 minutes" in answers[-1].content
    assert sign_in(client, "bob").status_code == 429, "the right password waits too"
    assert not opens(client)


def test_one_person_s_wrong_passwords_do_not_close_the_door_for_others(client, bob, alice):
    for _ in range(6):
        sign_in(client, "bob", "wrong")
    sign_in(client, "alice")
    assert opens(client)


def test_the_right_password_starts_the_count_anew(client, bob):
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "bob", "wrong")
        assert sign_in(client, "bob").status_code == 302
        client.post("/sign-in/logout/")


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/signup/",
        "/sign-in/password/reset/",
        "/sign-in/password/reset/key/1-abc/",
        "/sign-in/email/",
        "/sign-in/confirm-email/",
        "/sign-in/login/code/confirm/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up_and_nothing_goes_by_mail(client, clinic_row, path, method):
    assert getattr(client, method)(path).status_code == 404


@pytest.mark.parametrize("name", STAFF)
def test_staff_without_a_second_factor_open_only_the_page_that_sets_it_up(
    request, client, real_clinic, name
):
    request.getfixturevalue(name)
    sign_in(client, name)
    for path in ("/", "/today/", "/audit/", "/patients/", "/handbook/", "/staff/"):
        assert client.get(path).url == "/sign-in/2fa/"
    assert client.get("/sign-in/2fa/").status_code == 200
    assert "/sign-in/reauthenticate/" in client.get("/sign-in/2fa/totp/activate/").url
    confirm(client)
    assert client.get("/sign-in/2fa/totp/activate/").status_code == 200


def test_a_patient_needs_no_second_factor(client, real_clinic, pat):
    sign_in(client, "pat")
    assert client.get("/").url == "/scales/mine/"


def test_the_demonstration_asks_for_no_second_factor(client, bob):
    sign_in(client, "bob")
    assert client.get("/today/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, real_clinic, bob):
    RecoveryCodes.activate(bob)
    client.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/today/").url == "/sign-in/2fa/"


def test_an_app_is_set_up_with_its_first_code(client, real_clinic, bob):
    sign_in(client, "bob")
    confirm(client)
    client.get("/sign-in/2fa/totp/activate/")
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    assert client.post("/sign-in/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    client.post("/sign-in/2fa/totp/activate/", {"code": code()})
    assert client.get("/today/").status_code == 200


def test_with_an_app_the_password_alone_opens_nothing(client, real_clinic, bob):
    TOTP.activate(bob, SECRET)
    assert sign_in(client, "bob").url == "/sign-in/2fa/authenticate/"
    for path in ("/", "/today/", "/sign-in/2fa/", "/sign-in/2fa/totp/deactivate/"):
        assert not opens(client, path)
    client.post("/sign-in/2fa/authenticate/", {"code": "123456"})
    assert not opens(client)


def test_the_code_of_the_app_opens(client, real_clinic, bob):
    TOTP.activate(bob, SECRET)
    sign_in(client, "bob")
    client.post("/sign-in/2fa/authenticate/", {"code": code()})
    assert client.get("/today/").status_code == 200


def test_a_code_works_once(client, real_clinic, bob):
    TOTP.activate(bob, SECRET)
    used = code()
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, "bob")
        visitor.post("/sign-in/2fa/authenticate/", {"code": used})
        assert opens(visitor) is expected


@pytest.mark.parametrize("shift", [-20, -3, 3, 20])
def test_a_code_of_another_time_does_not_open(client, real_clinic, bob, shift):
    TOTP.activate(bob, SECRET)
    sign_in(client, "bob")
    client.post("/sign-in/2fa/authenticate/", {"code": code(shift)})
    assert not opens(client)


def test_a_recovery_code_opens_once_on_the_day_the_app_is_lost(client, real_clinic, bob):
    TOTP.activate(bob, SECRET)
    spare = RecoveryCodes.activate(bob).get_unused_codes()[0]
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, "bob")
        visitor.post("/sign-in/2fa/authenticate/", {"code": spare})
        assert opens(visitor) is expected


def test_secrets_of_second_factors_are_sealed_in_the_database(bob):
    TOTP.activate(bob, SECRET)
    RecoveryCodes.activate(bob)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert SECRET not in stored
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
