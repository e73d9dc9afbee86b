"""Coming in, leaving and a wrong password stand in the audit; what was typed never does."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db


def entrances() -> list[tuple[str, str]]:
    rows = AuditRow.objects.filter(action__startswith="accounts.")
    return list(rows.values_list("action", "actor_name"))


def test_who_comes_in_and_leaves_stands_in_the_audit(client, bob):
    client.post("/sign-in/login/", {"login": "bob", "password": PASSWORD})
    client.post("/sign-in/logout/")
    assert entrances() == [
        ("accounts.signed_in", "B. Okafor"),
        ("accounts.signed_out", "B. Okafor"),
    ]
    assert verify().whole


def test_from_where_and_by_what_somebody_came_in_stands_there_too(client, clinic_row, bob):
    clinic_row.demonstration = False
    clinic_row.save()
    forget()
    TOTP.activate(bob, "JBSWY3DPEHPK3PXP")
    spare = RecoveryCodes.activate(bob).get_unused_codes()[0]
    client.post("/sign-in/login/", {"login": "bob", "password": PASSWORD})
    assert entrances() == [], "the password alone brings nobody in"
    client.post("/sign-in/2fa/authenticate/", {"code": spare})
    body = AuditRow.objects.get(action="accounts.signed_in").body
    assert json.loads(body)["detail"] == "127.0.0.1, sign-in: password, recovery code"
    assert spare not in body


def test_a_wrong_password_stands_there_with_where_it_came_from_and_not_with_what_was_typed(
    client, bob
):
    client.post("/sign-in/login/", {"login": "bob", "password": "what bob typed"})
    assert entrances() == [("accounts.sign_in_refused", "B. Okafor")]
    body = AuditRow.objects.get().body
    assert json.loads(body)["detail"] == "127.0.0.1"
    assert "what bob typed" not in body


def test_a_password_typed_as_the_name_is_kept_nowhere(client, bob):
    client.post("/sign-in/login/", {"login": PASSWORD, "password": "bob"})
    assert entrances() == []


def test_a_wrong_password_at_the_lock_stands_there_too(bob, signed_in):
    browser = signed_in(bob)
    browser.post("/lock/")
    browser.post("/unlock/", {"password": "wrong"})
    assert entrances()[-1] == ("accounts.sign_in_refused", "B. Okafor")


def test_a_visitor_who_leaves_without_having_come_in_writes_nothing(client, clinic_row):
    client.post("/sign-in/logout/")
    assert entrances() == []
