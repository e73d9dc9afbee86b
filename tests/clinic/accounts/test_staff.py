"""The owner's pages of who works here."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.permissions import Role
from tests.support.cast import PASSWORD, patient_record, person

pytestmark = pytest.mark.django_db
GOOD = "three gulls above the mole"
OWN = "a lighthouse and two herons"
CHOOSE = "/sign-in/password/change/"
NEW = {
    "display_name": "R. Okafor",
    "credential": "RN",
    "username": "rosa",
    "password": GOOD,
    "roles": ["nurse"],
}


@pytest.fixture
def owner(olga, signed_in):
    return signed_in(olga)


def seen(client) -> str:
    return client.get("/staff/").content.decode()


def test_the_page_lists_everyone_who_works_here_with_their_roles(owner, bob, tara):
    page = seen(owner)
    for words in ("B. Okafor", "Nurse", "T. Nakamura", "Therapist", "O. Petrova", "Owner"):
        assert words in page


def test_patients_are_not_listed_as_staff_linked_to_a_record_or_not(owner, pat):
    person("newly", "Newly Registered", "patient")
    page = seen(owner)
    assert "Pat Marsh" not in page
    assert "Newly Registered" not in page


def test_a_nurse_who_is_also_a_patient_is_listed_without_saying_so(owner, bob):
    RoleAssignment.objects.create(user=bob, role=Role.PATIENT)
    patient_record("Okafor", "B", account=bob)
    page = seen(owner)
    assert page.count("B. Okafor</strong>") == 1
    assert "Patient<" not in page
    assert "Patient" not in page


def test_somebody_without_a_role_is_listed_so_that_one_can_be_given(owner, charlie):
    assert "C. Dubois" in seen(owner)
    assert "no role" in seen(owner)


def test_a_person_is_added_and_signs_in(owner, client):
    answer = owner.post("/staff/", NEW, follow=True)
    assert b"they can sign in now" in answer.content
    client.post("/sign-in/login/", {"login": "rosa", "password": GOOD})
    assert client.get("/today/").url == CHOOSE
    client.post(CHOOSE, {"oldpassword": GOOD, "password1": OWN, "password2": OWN})
    assert client.get("/today/").status_code == 200


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"username": "olga"}, "is taken"),
        ({"username": "two words"}, "without spaces"),
        ({"username": ""}, "This field is required"),
        ({"display_name": " "}, "This field is required"),
        ({"roles": []}, "This field is required"),
        ({"roles": ["patient"]}, "patient is not one of the available choices"),
        ({"roles": ["king"]}, "king is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nobody_is_added(owner, change, says):
    answer = owner.post("/staff/", {**NEW, **change})
    assert answer.status_code == 200
    assert says in answer.content.decode().replace("&#x27;", "'")
    assert not User.objects.filter(username="rosa").exists()


def test_a_refused_form_never_shows_the_password_again(owner):
    assert GOOD not in owner.post("/staff/", {**NEW, "username": "olga"}).content.decode()


def test_a_closed_account_is_listed_last_and_said_to_be_closed(owner, alice):
    owner.post(f"/staff/{alice.pk}/end/")
    page = seen(owner)
    assert "closed" in page
    assert page.index("O. Petrova") < page.index("A. Lindqvist</strong>")


def test_closing_an_account_ends_what_it_is_signed_in_to(owner, bob, signed_in):
    his = signed_in(bob)
    assert his.get("/today/").status_code == 200
    answer = owner.post(f"/staff/{bob.pk}/end/", follow=True)
    assert b"B. Okafor can no longer sign in." in answer.content
    assert his.get("/today/").url.startswith("/sign-in/login/")


def test_an_account_closed_by_mistake_is_opened_again(owner, bob):
    owner.post(f"/staff/{bob.pk}/end/")
    answer = owner.post(f"/staff/{bob.pk}/open/", follow=True)
    assert b"B. Okafor can sign in again." in answer.content


def test_the_only_owner_stays(owner, olga):
    answer = owner.post(f"/staff/{olga.pk}/end/", follow=True)
    assert b"it is your own" in answer.content
    answer = owner.post(f"/staff/{olga.pk}/roles/", {"roles": ["nurse"]})
    assert b"O. Petrova is the only owner" in answer.content
    assert User.objects.get(pk=olga.pk).roles == {Role.OWNER}


def test_roles_are_shown_ticked_and_changed(owner, bob):
    page = owner.get(f"/staff/{bob.pk}/").content.decode()
    assert page.count("checked") == 1
    answer = owner.post(f"/staff/{bob.pk}/roles/", {"roles": ["nurse", "auditor"]}, follow=True)
    assert b"roles are changed" in answer.content
    assert User.objects.get(pk=bob.pk).roles == {Role.NURSE, Role.AUDITOR}


def test_a_forgotten_password_is_replaced_and_old_sessions_end(owner, bob, signed_in, client):
    his = signed_in(bob)
    owner.post(f"/staff/{bob.pk}/password/", {"password": GOOD})
    assert his.get("/today/").status_code == 302
    client.post("/sign-in/login/", {"login": "bob", "password": PASSWORD})
    assert client.get("/today/").status_code == 302
    client.post("/sign-in/login/", {"login": "bob", "password": GOOD})
    assert client.get("/today/").url == CHOOSE


def test_a_weak_new_password_is_named_at_its_field(owner, bob):
    answer = owner.post(f"/staff/{bob.pk}/password/", {"password": "short"})
    assert b"at least 12 characters" in answer.content
    assert User.objects.get(pk=bob.pk).check_password(PASSWORD)


def test_a_password_is_taken_as_typed_with_its_spaces(owner, bob):
    owner.post(f"/staff/{bob.pk}/password/", {"password": f" {GOOD} "})
    assert User.objects.get(pk=bob.pk).check_password(f" {GOOD} ")


def test_a_lost_telephone_means_a_new_second_step(owner, bob):
    Authenticator.objects.create(user=bob, type="totp", data={})
    answer = owner.post(f"/staff/{bob.pk}/second-step/", follow=True)
    assert b"sets up the second step anew" in answer.content
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("change", ["end", "open", "second-step", "roles", "password"])
def test_a_patient_s_account_is_not_changed_from_here(owner, pat, change):
    answer = owner.post(f"/staff/{pat.pk}/{change}/", {"roles": ["owner"], "password": GOOD})
    assert answer.status_code == 404
    assert User.objects.get(pk=pat.pk).roles == {Role.PATIENT}


@pytest.mark.parametrize("change", ["end", "open", "second-step", "roles", "password"])
def test_nothing_changes_by_following_a_link(owner, bob, change):
    assert owner.get(f"/staff/{bob.pk}/{change}/").status_code == 405


def test_only_an_owner_comes_here(alice, bob, signed_in):
    for path in ("/staff/", f"/staff/{bob.pk}/"):
        assert signed_in(alice).get(path).status_code == 403
    assert signed_in(bob).post(f"/staff/{bob.pk}/roles/", {"roles": ["owner"]}).status_code == 403
    assert User.objects.get(pk=bob.pk).roles == {Role.NURSE}
