"""docs/security.md and SECURITY.md: their numbers are the program's, their lists are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from mooring.clinic import bodies, permissions
from mooring.clinic.accounts import idle, limits, own_words, pin_backend, pins
from mooring.clinic.accounts.clinic import UNNAMED
from mooring.clinic.audit.views import A_PAGE
from mooring.clinic.live.views import LONGEST_SECONDS
from mooring.clinic.measures.tokens import TOKEN_BYTES
from mooring.clinic.people import plausible
from mooring.clinic.people.views import MOST_ROWS
from mooring.clinic.pharmacology.forms import WhatIfForm
from mooring.clinic.sessions.wire import MADE_BY_SERVER
from mooring.core.pharmacology.what_if import PEOPLE
from mooring.exchange.fhir import hygiene, parsing

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
POLICY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def bounds(kind, words):
    return words.format(int(kind.least), int(kind.most))


KINDS = plausible.KINDS
SAID = {
    "upload": f"at most {parsing.LARGEST // 1024**2} MB, of one patient",
    "depth": f"Depth at most {hygiene.DEEPEST}, a text at most {hygiene.LONGEST_TEXT:,} characters",
    "weight": bounds(KINDS["weight"], "a weight {} to {} kg"),
    "height": bounds(KINDS["height"], "a height {} to {} cm"),
    "heart": bounds(KINDS["heart_rate"], "a heart rate {} to {} a minute"),
    "oxygen": bounds(KINDS["spo2"], "an oxygen saturation {} to {} %"),
    "systolic": bounds(plausible.SYSTOLIC, "a pressure {} to {} over")
    + bounds(plausible.DIASTOLIC, " {} to {} mmHg"),
    "models": f"at most {WhatIfForm.base_fields['number'].most} pieces,"
    f" {WhatIfForm.base_fields['minutes'].most} minutes, {PEOPLE} virtual people",
    "body": f"{bodies.USUAL // bodies.MB} MB, and {bodies.FILE // bodies.MB} MB where a file",
    "in a row": {100: "a hundred in a row leave none"}[limits.IN_A_ROW],
    "at a place": {(5, 15): "Five for one account at one place within 15 minutes"}[
        UNNAMED.wrong_at_a_place, UNNAMED.wait_minutes
    ],
    "from an address": {30: "thirty from one address"}[UNNAMED.wrong_from_an_address],
    "for an account": {50: "fifty for one account in a day"}[UNNAMED.wrong_for_an_account],
    "lists": f"{MOST_ROWS} patients, {A_PAGE} audit rows a page",
    "streams": f"ends after {LONGEST_SECONDS // 60} minutes",
    "idle": f"After {UNNAMED.idle_minutes} minutes without a touch",
    "day": f"After {idle.LONGEST // 3600} hours a person signs in again",
    "web session": f"a web session {settings.SESSION_COOKIE_AGE // 3600} hours",
    "password": "A password has at least 12 characters",
    "pin": "after three wrong PINs only the password counts" * (pin_backend.MOST_WRONG_PINS == 3),
    "rounds": f"PBKDF2-HMAC-SHA-256 with {PBKDF2PasswordHasher.iterations:,} rounds",
    "device": f"a device's check of a PIN with {pins.ROUNDS:,}",
    "link": f"{TOKEN_BYTES} random bytes in the address",
}


@pytest.mark.parametrize("what", SAID)
def test_a_number_on_the_page_is_the_programs(what):
    assert SAID[what]
    assert SAID[what] in PAGE


def test_the_shortest_password_is_the_one_that_is_held():
    held = {each["NAME"].rpartition(".")[2]: each for each in settings.AUTH_PASSWORD_VALIDATORS}
    assert held["MinimumLengthValidator"]["OPTIONS"] == {"min_length": 12}


def test_each_word_that_is_guessed_first_is_named():
    listed = re.search(r"guessed first here: ([^.]+)\.", PAGE)[1]
    assert set(re.findall(r'"(\w+)"', listed)) == own_words.OF_THE_WORK
    assert f"Beside these at least {own_words.LEAST_BESIDE} characters stand" in PAGE


def test_the_database_waits_as_long_as_the_page_says():
    source = (ROOT / "mooring/clinic/settings.py").read_text(encoding="utf-8")
    assert '"max_size": 12, "timeout": 20' in source
    assert "12 connections a process; whoever waits longer than 20 seconds" in PAGE


def test_each_key_that_is_kept_stands_there_with_its_algorithm():
    kept = {
        name
        for file in (ROOT / "mooring").rglob("*.py")
        for name in re.findall(r'"(\w+\.key)"', file.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"^\| `([\w.]+\.key)`", PAGE, re.M)) == kept


def test_what_the_server_writes_into_an_entry_is_named():
    named = re.search(r"into an entry \(([^)]+)\)", PAGE)[1]
    assert set(re.findall(r"`(\w+)`", named)) == set(MADE_BY_SERVER)


@pytest.mark.parametrize("name", ["today.view", "patient.view", "session.view", "course.view"])
def test_only_staff_in_care_see_charts(name):
    assert permissions.PERMISSIONS[name] == permissions.CARE
    assert "Staff in care (prescriber, nurse, therapist) see all charts" in PAGE


@pytest.mark.parametrize("page", ["SECURITY.md", "docs/security.md"])
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert ((ROOT / page).parent / link).exists(), link


def test_the_policy_says_how_to_report_and_names_no_address_that_nobody_reads():
    assert "private advisory of this repository" in POLICY
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", POLICY)


@pytest.mark.parametrize(
    "row", ["| critical | 7 days |", "| high | 15 days |", "| medium, low | 30 days |"]
)
def test_the_policy_says_how_soon_a_hole_is_mended(row):
    assert row in POLICY
