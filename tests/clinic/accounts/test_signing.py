"""Who signs shows that it is them: PIN, password or passkey, as the clinic chooses, counted."""

from __future__ import annotations

import json
import re
from importlib import import_module
from inspect import isfunction
from pkgutil import walk_packages
from typing import Any

import pytest
import uuid_utils.compat
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import mooring.clinic
from mooring.clinic.accounts.actions import set_bedside_pin
from mooring.clinic.accounts.clinic import forget, the_clinic
from mooring.clinic.accounts.signing import WHAT
from mooring.clinic.accounts.tries import WrongTry
from mooring.clinic.actions import Actor, UnprovenError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.permissions import PERMISSIONS, SIGNED, Role
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions.models import SessionEntry
from tests.clinic.screening.steps import answered, measured, sign
from tests.clinic.sessions.steps import minute, planned, recovered, running, signature, signed_order
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db
PIN = "739208"


@pytest.fixture(autouse=True)
def five_minutes(clinic_row):
    """As a clinic has it that stated nothing."""
    clinic_row.sign_minutes = 5
    clinic_row.save()
    forget()
    return clinic_row


@pytest.fixture
def prescriber(alice, patient, signed_in) -> Client:
    """Alice's browser, six minutes after she signed in, with a patient whom nothing holds."""
    measured(patient)
    answered(patient, alice)
    return ago(signed_in(alice), 6)


def ago(client: Client, minutes: float) -> Client:
    """It is so many minutes since the person showed that it is them."""
    session = client.session
    session["shown"]["at"] -= minutes * 60
    session.save()
    return client


def with_pin(user: Any) -> None:
    by = Actor(name=str(user), roles=user.roles, user=user)
    set_bedside_pin(by, pin=PIN, now=timezone.now())


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the page that asks."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return dict(found)


def asked(client: Client, patient: Any) -> tuple[str, dict[str, str]]:
    """Sign a decision too late: the page that asks, with what it carries."""
    status, page = sign(client, patient, "proceed")
    assert status == 422
    assert "Show that it is you who signs" in page
    assert not ScreeningDecision.objects.exists()
    return page, fields(page)


def give(client: Client, patient: Any, carried: dict[str, str], secret: str):
    where = reverse("screening_decide", args=[patient.pk])
    return client.post(where, {**carried, "sign_secret": secret})


def every_action() -> list[Any]:
    """Every action of the program, by walking its modules."""
    found = {}
    for module in walk_packages(mooring.clinic.__path__, "mooring.clinic."):
        if ".migrations" not in module.name and not module.name.endswith((".asgi", "settings")):
            for value in vars(import_module(module.name)).values():
                if isfunction(value) and hasattr(value, "permission"):
                    found[value.__module__, value.__qualname__] = value
    return list(found.values())


def test_what_is_signed_is_every_permission_that_signs_decides_or_opens():
    named = {p for p in PERMISSIONS if p.endswith((".sign", ".decide")) or p == "suicidality.open"}
    assert named == SIGNED == set(WHAT)


def test_no_action_that_signs_runs_for_somebody_who_has_not_shown_who_they_are():
    unproven = Actor(name="x", roles=frozenset(Role), shown="")
    signing = [each for each in every_action() if each.permission in SIGNED]
    actions = [each for each in signing if "by" in each.__wrapped__.__annotations__]
    assert len(actions) >= 6
    for each in actions:
        with pytest.raises(UnprovenError):
            each(unproven)


def test_somebody_who_signed_in_a_moment_ago_signs_without_more(prescriber, patient):
    ago(prescriber, -5)
    assert sign(prescriber, patient, "proceed")[0] == 302
    row = AuditRow.objects.filter(action="screening.decide").get()
    assert json.loads(row.body)["detail"] == "sign-in"


def test_later_the_password_is_asked_and_what_was_typed_is_kept(prescriber, patient):
    _, carried = asked(prescriber, patient)
    assert carried["reason"] == "Discussed."
    assert give(prescriber, patient, carried, PASSWORD).status_code == 302
    assert ScreeningDecision.objects.get().reason == "Discussed."
    row = AuditRow.objects.filter(action="screening.decide").get()
    assert json.loads(row.body)["detail"] == "password"
    assert PASSWORD not in row.body
    assert verify().whole


def test_the_pin_signs_too_and_the_audit_says_so(prescriber, patient, alice):
    with_pin(alice)
    _, carried = asked(prescriber, patient)
    assert give(prescriber, patient, carried, PIN).status_code == 302
    row = AuditRow.objects.filter(action="screening.decide").get()
    assert json.loads(row.body)["detail"] == "PIN"


def test_it_holds_for_the_minutes_that_the_clinic_states_and_no_longer(prescriber, patient):
    _, carried = asked(prescriber, patient)
    give(prescriber, patient, carried, PASSWORD)
    ago(prescriber, 4.9)
    assert sign(prescriber, patient, "proceed")[0] == 302
    ago(prescriber, 0.2)
    assert sign(prescriber, patient, "proceed")[0] == 422


def test_a_clinic_that_states_0_is_asked_each_time(prescriber, patient, five_minutes):
    five_minutes.sign_minutes = 0
    five_minutes.save()
    forget()
    ago(prescriber, -6)
    for _ in range(2):
        status, page = sign(prescriber, patient, "proceed")
        assert status == 422
        assert give(prescriber, patient, fields(page), PASSWORD).status_code == 302


@pytest.mark.parametrize("secret", ["wrong", PASSWORD.upper(), "000000"])
def test_a_wrong_one_signs_nothing_and_is_counted_and_audited(prescriber, patient, alice, secret):
    with_pin(alice)
    _, carried = asked(prescriber, patient)
    answer = give(prescriber, patient, carried, secret)
    assert answer.status_code == 422
    assert "does not match. Try again." in answer.content.decode()
    assert fields(answer.content.decode())["reason"] == "Discussed."
    assert not ScreeningDecision.objects.exists()
    assert WrongTry.objects.filter(door="signing").count() == 1
    assert AuditRow.objects.filter(action="accounts.sign_in_refused").count() == 1


def test_five_wrong_ones_close_signing_here_and_nothing_else(prescriber, patient, alice):
    _, carried = asked(prescriber, patient)
    for _ in range(5):
        answer = give(prescriber, patient, carried, "wrong")
    assert "It was wrong too often. Wait 15 minutes" in answer.content.decode()
    assert give(prescriber, patient, carried, PASSWORD).status_code == 422
    assert not ScreeningDecision.objects.exists()
    other = Client()
    other.post("/sign-in/login/", {"login": "alice", "password": PASSWORD})
    assert other.get("/today/").status_code == 200


def test_nobody_signs_with_another_person_s_password(prescriber, patient, bob):
    bob.set_password("another lantern on the pier")
    bob.save()
    _, carried = asked(prescriber, patient)
    assert give(prescriber, patient, carried, "another lantern on the pier").status_code == 422


def test_a_clinic_that_signs_with_the_pin_alone_takes_no_password(
    prescriber, patient, alice, five_minutes
):
    five_minutes.sign_with_password = False
    five_minutes.save()
    forget()
    page, carried = asked(prescriber, patient)
    assert "You have nothing yet that this clinic signs with" in page
    assert give(prescriber, patient, carried, PASSWORD).status_code == 422
    with_pin(alice)
    assert give(prescriber, patient, carried, PASSWORD).status_code == 422
    assert give(prescriber, patient, carried, PIN).status_code == 302


def test_opening_a_locked_screen_shows_it_too(prescriber, patient):
    prescriber.post("/lock/")
    prescriber.post("/unlock/", {"password": PASSWORD})
    assert sign(prescriber, patient, "proceed")[0] == 302


def test_the_page_that_asks_carries_no_secret(prescriber, patient):
    where = reverse("screening_decide", args=[patient.pk])
    said = {"sign_secret": "wrong", "second_password": "theirs", "reason": "Discussed."}
    page = prescriber.post(where, said).content.decode()
    assert "Discussed." in page
    assert "theirs" not in page
    assert 'value="wrong"' not in page


def test_the_same_form_signed_twice_is_signed_once(prescriber, patient):
    _, carried = asked(prescriber, patient)
    carried["_form_id"] = str(uuid_utils.compat.uuid7())
    answers = [give(prescriber, patient, carried, PASSWORD) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert ScreeningDecision.objects.count() == 1


@pytest.fixture
def ended(alice, bob, patient):
    """A session that waits for its signature."""
    session = planned(signed_order(patient, alice), bob)
    running(bob, session)
    recovered(bob, session)
    return session


def sign_off(client: Client, session: Any, user: Any, **headers: str):
    sent = {
        "id": str(uuid_utils.compat.uuid7()),
        "effective_at": minute(126).isoformat(),
        "content": signature(user),
    }
    url = reverse("session_entry", args=[session.pk])
    return client.post(
        url, json.dumps(sent), content_type="application/json", headers=headers
    ), sent


def test_a_tablet_hears_that_the_signature_needs_its_person_and_sends_it_again(
    ended, bob, signed_in
):
    tablet = ago(signed_in(bob), 6)
    answer, sent = sign_off(tablet, ended, bob)
    assert answer.status_code == 409
    assert answer.json() == {"reasons": ["Show that it is you who signs."], "prove": True}
    assert not SessionEntry.objects.filter(kind="sign_off").exists()

    by = {"X-Mooring-By": str(bob.pk)}
    wrong = tablet.post("/sign/", {"sign_secret": "wrong"}, headers=by)
    assert wrong.json() == {
        "reasons": ["That password does not match. Try again."],
        "prove": True,
    }
    assert tablet.post("/sign/", {}, headers=by).status_code == 409
    assert tablet.post("/sign/", {"sign_secret": PASSWORD}, headers=by).status_code == 204
    url = reverse("session_entry", args=[ended.pk])
    again = tablet.post(url, json.dumps(sent), content_type="application/json")
    assert again.status_code == 201
    row = AuditRow.objects.filter(action="sessions.sign_off").get()
    assert json.loads(row.body)["detail"] == "password"


def test_a_signature_whose_answer_was_lost_is_not_asked_for_again(ended, bob, signed_in):
    tablet = signed_in(bob)
    answer, sent = sign_off(tablet, ended, bob)
    assert answer.status_code == 201
    ago(tablet, 6)
    url = reverse("session_entry", args=[ended.pk])
    again = tablet.post(url, json.dumps(sent), content_type="application/json")
    assert (again.status_code, again.json()) == (200, answer.json())


def test_what_is_no_signature_is_charted_without_it(ended, bob, signed_in):
    tablet = ago(signed_in(bob), 60)
    sent = {
        "id": str(uuid_utils.compat.uuid7()),
        "effective_at": minute(126).isoformat(),
        "content": {"kind": "note", "text": "Her sister is here."},
    }
    url = reverse("session_entry", args=[ended.pk])
    answer = tablet.post(url, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 201


STATED = {
    "sign_with_pin": "on", "sign_minutes": "3", "wrong_at_a_place": "4", "wait_minutes": "20",
    "wrong_from_an_address": "20", "wrong_for_an_account": "40",
}  # fmt: skip


def test_an_owner_states_what_signs_and_how_many_tries_a_door_takes(signed_in, olga):
    owner = signed_in(olga)
    answer = owner.post(reverse("door_settings"), STATED, follow=True)
    assert "it holds from now on" in answer.content.decode()
    clinic = the_clinic()
    assert (clinic.sign_with_pin, clinic.sign_with_password, clinic.sign_minutes) == (
        True,
        False,
        3,
    )
    assert (clinic.wrong_at_a_place, clinic.wait_minutes) == (4, 20)
    assert AuditRow.objects.filter(action="accounts.set_doors").count() == 1
    assert reverse("door_settings") in owner.get(reverse("staff")).content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sign_with_pin": ""}, "choose at least one"),
        ({"sign_minutes": "61"}, "from 0 to 60"),
        ({"wrong_at_a_place": "0"}, "from 3 to 10"),
        ({"wrong_for_an_account": "101"}, "from 10 to 100"),
        ({"wait_minutes": "x"}, "from 1 to 1440"),
    ],
)
def test_what_would_open_a_door_or_close_it_for_good_is_asked_again(signed_in, olga, change, says):
    answer = signed_in(olga).post(reverse("door_settings"), {**STATED, **change})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert the_clinic().sign_minutes == 5


@pytest.mark.parametrize("who", ["alice", "bob", "tara", "audrey"])
def test_only_an_owner_states_it(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reverse("door_settings"), STATED).status_code == 403
