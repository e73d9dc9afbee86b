"""The page that opens a clinic: once, with the key that the server prints."""

from __future__ import annotations

import pytest

from mooring.clinic.accounts.models import Clinic, User
from mooring.clinic.accounts.set_up import set_up_key
from mooring.clinic.permissions import Role

pytestmark = pytest.mark.django_db
GOOD = "three gulls above the mole"
FILLED = {
    "clinic-name": "Harbour Clinic",
    "clinic-time_zone": "Europe/London",
    "clinic-crisis_text": "Call now.",
    "clinic-crisis_phone": "555-0100",
    "clinic-emergency_phone": "555-0199",
    "owner-display_name": "O. Petrova",
    "owner-credential": "",
    "owner-username": "olga",
    "owner-password": GOOD,
    "owner-roles": ["owner", "prescriber"],
}


def address() -> str:
    return f"/set-up/{set_up_key()}/"


def refused(client, **change):
    """The page's words after it refused; neither clinic nor person was made."""
    answer = client.post(address(), {**FILLED, **change})
    assert answer.status_code == 200
    assert not Clinic.objects.exists()
    assert not User.objects.exists()
    return answer.content.decode().replace("&#x27;", "'")


def test_it_opens_a_real_clinic_with_its_first_owner(client):
    assert client.get(address()).status_code == 200
    answer = client.post(address(), FILLED)
    assert answer.url == "/sign-in/login/"
    clinic, owner = Clinic.objects.get(), User.objects.get()
    assert (clinic.name, clinic.demonstration) == ("Harbour Clinic", False)
    assert owner.roles == {Role.OWNER, Role.PRESCRIBER}


def test_the_first_owner_signs_in_and_is_asked_for_a_second_step(client):
    client.post(address(), FILLED)
    client.post("/sign-in/login/", {"login": "olga", "password": GOOD})
    assert client.get("/staff/").url == "/sign-in/2fa/"
    assert b"Add a second step before you go on" in client.get("/sign-in/2fa/").content


def test_it_works_once(client):
    client.post(address(), FILLED)
    again = {**FILLED, "owner-username": "oscar"}
    assert client.get(address()).status_code == 404
    assert client.post(address(), again).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize("key", ["0", "wrong", "é", "a" * 40])
def test_a_wrong_key_finds_nothing(client, key):
    assert client.get(f"/set-up/{key}/").status_code == 404
    assert client.post(f"/set-up/{key}/", FILLED).status_code == 404
    assert not Clinic.objects.exists()


def test_the_key_is_long_and_the_same_each_time():
    assert len(set_up_key()) == 40
    assert set_up_key() == set_up_key()


@pytest.mark.parametrize("zone", ["Mars/Base", "Europe", "europe/london", "/etc/passwd"])
def test_an_unknown_zone_is_named_with_what_would_be_right(client, zone):
    page = refused(client, **{"clinic-time_zone": zone})
    assert f"Time zone: {zone} is not known." in page
    assert "America/New_York" in page


def test_no_zone_is_chosen_for_the_clinic(client):
    assert 'name="clinic-time_zone" value' not in client.get(address()).content.decode()
    assert "This field is required" in refused(client, **{"clinic-time_zone": ""})


@pytest.mark.parametrize(
    ("password", "says"), [("short", "at least 12 characters"), ("password1234", "too common")]
)
def test_a_weak_password_is_named(client, password, says):
    assert says in refused(client, **{"owner-password": password})


def test_the_first_person_is_an_owner(client):
    page = refused(client, **{"owner-roles": ["prescriber"]})
    assert "The first person has to be an owner." in page


def test_both_parts_are_checked_at_once(client):
    page = refused(client, **{"clinic-name": "", "owner-username": "two words"})
    assert "This field is required" in page
    assert "without spaces" in page


def test_what_was_typed_is_kept_but_the_password(client):
    page = refused(client, **{"clinic-time_zone": "Mars/Base"})
    assert "555-0100" in page
    assert GOOD not in page
