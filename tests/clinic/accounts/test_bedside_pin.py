"""Setting one's own bedside PIN: only after showing that it is oneself, and never in clear."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from mooring.clinic.accounts.actions import set_bedside_pin, set_password
from mooring.clinic.accounts.models import BedsidePin
from mooring.clinic.actions import Actor, RefusedError, command
from mooring.clinic.audit.models import AuditRow
from tests.support.cast import PASSWORD

PAGE = "/bedside-pin/"
PIN = "739208"


def shown_to_be(client, password=PASSWORD):
    """The person shows again that it is them."""
    return client.post("/sign-in/reauthenticate/", {"password": password, "next": PAGE})


def set_pin(client, pin=PIN, again=None):
    return client.post(PAGE, {"pin": pin, "again": pin if again is None else again})


@pytest.fixture
def nurse(bob, signed_in):
    """Bob's browser."""
    return signed_in(bob)


def test_nobody_sets_a_pin_without_showing_that_it_is_them(nurse):
    for answer in (nurse.get(PAGE), set_pin(nurse)):
        assert answer.url.startswith("/sign-in/reauthenticate/")
    shown_to_be(nurse, "wrong")
    assert set_pin(nurse).url.startswith("/sign-in/reauthenticate/")
    assert not BedsidePin.objects.exists()


def test_a_pin_is_kept_as_a_hash_and_audited(nurse, bob):
    shown_to_be(nurse)
    assert set_pin(nurse).url == "/sign-in/2fa/"
    row = BedsidePin.objects.get()
    assert row.user == bob
    assert check_password(PIN, row.secret)
    assert not any(PIN in str(value) for value in vars(row).values())
    audited = AuditRow.objects.last()
    assert '"action":"accounts.set_bedside_pin"' in audited.body
    assert PIN not in audited.body


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        ("123456", "That order is guessed first. Mix the figures."),
        ("120381", "That reads as a date or a year"),
        ("111222", "Take at least three different figures."),
        ("7392", "Give 6 figures, 0 to 9."),
    ],
)
def test_a_pin_that_is_easily_guessed_is_not_taken(nurse, pin, says):
    shown_to_be(nurse)
    assert says in set_pin(nurse, pin).content.decode()
    assert not BedsidePin.objects.exists()


def test_a_pin_typed_otherwise_the_second_time_is_not_taken(nurse):
    shown_to_be(nurse)
    assert "The two are not the same." in set_pin(nurse, PIN, "739209").content.decode()
    assert not BedsidePin.objects.exists()


def test_a_new_pin_takes_the_place_of_the_old(nurse):
    shown_to_be(nurse)
    set_pin(nurse)
    first = BedsidePin.objects.get()
    set_pin(nurse, "405917")
    second = BedsidePin.objects.get()
    assert first.pk == second.pk
    assert first.device_salt != second.device_salt
    assert check_password("405917", second.secret)


def test_a_pin_is_taken_away(nurse):
    shown_to_be(nurse)
    set_pin(nurse)
    assert "in use" in nurse.get("/sign-in/2fa/").content.decode()
    nurse.post("/bedside-pin/remove/")
    assert not BedsidePin.objects.exists()
    assert '"action":"accounts.remove_bedside_pin"' in AuditRow.objects.last().body
    assert nurse.post("/bedside-pin/remove/").url == "/sign-in/2fa/"


def test_a_new_password_from_the_owner_ends_the_pin(bob, olga):
    set_bedside_pin(Actor(str(bob), bob.roles, user=bob), pin=PIN, now=timezone.now())
    owner = Actor(str(olga), olga.roles, user=olga)
    set_password(owner, person=bob, password="another lantern on the pier", now=timezone.now())
    assert not BedsidePin.objects.exists()


def test_neither_patients_nor_the_command_line_have_a_pin(pat, signed_in, clinic_row):
    assert signed_in(pat).get(PAGE).status_code == 403
    with pytest.raises(RefusedError, match="signed in"):
        set_bedside_pin(command("x"), pin=PIN, now=timezone.now())
