"""The ground the other tests stand on."""

from __future__ import annotations

import os
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

from mooring.clinic.home import keys


def test_the_suite_never_touches_a_clinic_s_own_data_folder():
    home = Path(os.environ["MOORING_HOME"])
    assert home.parent.name.startswith("mooring-test-")
    assert keys().parent == home.parent


def test_the_database_is_the_one_asked_for(db):
    wanted = "postgresql" if os.environ.get("MOORING_TEST_DATABASE") == "postgres" else "sqlite"
    assert connection.vendor == wanted


def test_each_of_the_cast_holds_one_role_and_charlie_none(
    alice, bob, charlie, tara, pat, olga, audrey, ray
):
    people = (alice, bob, charlie, tara, pat, olga, audrey, ray)
    assert {person.username: sorted(person.roles) for person in people} == {
        "alice": ["prescriber"],
        "bob": ["nurse"],
        "charlie": [],
        "tara": ["therapist"],
        "pat": ["patient"],
        "olga": ["owner"],
        "audrey": ["auditor"],
        "ray": ["researcher"],
    }
    assert pat.patient.name == "Marsh, Pat"


def test_the_real_server_sees_what_the_test_wrote(asgi_server, clinic_row):
    with urllib.request.urlopen(f"{asgi_server}/favicon.ico") as answer:
        assert answer.status == 204


def test_passwords_are_hashed_fast_in_tests_only():
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
