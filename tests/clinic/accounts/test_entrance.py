"""Coming in, leaving and a wrong password stand in the audit; what was typed never does."""

from __future__ import annotations

import json

import pytest

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
