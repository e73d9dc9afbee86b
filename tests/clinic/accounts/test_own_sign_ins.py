"""Where one is signed in, and the end of it: by oneself, by a new password, by an owner."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from mooring.clinic.accounts import actions
from mooring.clinic.accounts.models import SignInReset, User
from mooring.clinic.accounts.sign_ins import SignIn, words_of
from mooring.clinic.actions import Actor
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.permissions import Role
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "three gulls above the mole"
OWN = "a lighthouse and two herons"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"


def came_in(username: str, password: str = PASSWORD, agent: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/sign-in/login/", {"login": username, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/sign-ins/").status_code == 200


def by(user: User) -> Actor:
    return Actor(name=str(user), roles=user.roles, user=user)


def test_one_s_own_sign_ins_are_listed_with_device_address_and_which_is_this(bob, alice):
    desk, tablet = came_in("bob"), came_in("bob", agent=IPAD)
    came_in("alice")
    page = tablet.get("/sign-ins/").content.decode()
    for words in ("Firefox on Windows", "Safari on iPad", "127.0.0.1", "here, now"):
        assert words in page
    assert page.count(">End it<") == 1, "neither this one nor another person's"
    assert is_in(desk)


def test_one_is_ended_by_itself_at_once(bob):
    lost, here = came_in("bob"), came_in("bob")
    other = came_in("bob")
    row = SignIn.objects.get(pk=lost.session["sign_in"])
    here.post(f"/sign-ins/{row.pk}/end/")
    assert (is_in(lost), is_in(here), is_in(other)) == (False, True, True)
    assert AuditRow.objects.filter(action="accounts.end_sign_ins").count() == 1


def test_all_others_are_ended_together(bob):
    others, here = [came_in("bob") for _ in range(3)], came_in("bob")
    here.post("/sign-ins/others/end/")
    assert [is_in(each) for each in others] == [False] * 3
    assert is_in(here)


def test_nobody_ends_another_person_s(bob, alice):
    his, hers = came_in("bob"), came_in("alice")
    his.post(f"/sign-ins/{hers.session['sign_in']}/end/")
    assert is_in(hers)


def test_background_requests_of_an_ended_sign_in_get_an_empty_401(bob):
    lost, here = came_in("bob"), came_in("bob")
    here.post("/sign-ins/others/end/")
    answer = lost.get("/today/", headers={"X-Mooring-Background": "1"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_signing_out_takes_it_off_the_list(bob):
    gone, here = came_in("bob", agent=IPAD), came_in("bob")
    gone.post("/sign-in/logout/")
    assert "iPad" not in here.get("/sign-ins/").content.decode()


def test_one_s_own_new_password_ends_the_others_and_not_this_one(bob):
    other, here = came_in("bob"), came_in("bob")
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    here.post("/sign-in/password/change/", said)
    assert is_in(here)
    assert not is_in(other)


@pytest.mark.parametrize(
    "change",
    [
        lambda owner, bob: actions.set_password(
            owner, person=bob, password=NEW, now=timezone.now()
        ),
        lambda owner, bob: actions.forget_second_step(owner, person=bob, now=timezone.now()),
        lambda owner, bob: actions.end_access(owner, person=bob, now=timezone.now()),
        lambda owner, bob: actions.change_roles(
            owner, person=bob, roles=[Role.NURSE, Role.AUDITOR], now=timezone.now()
        ),
    ],
    ids=["password", "second step", "closed", "roles"],
)
def test_what_an_owner_changes_ends_them_all_at_once(bob, olga, change):
    his = [came_in("bob") for _ in range(2)]
    change(by(olga), bob)
    assert [is_in(each) for each in his] == [False, False]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (IPAD, "Safari on iPad"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/143.0 Mobile Safari/537",
         "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/143.0 Safari/537 Edg/143.0",
         "Edge on Mac"),
        ("curl/8.5", "a device that does not say what it is"),
        ("", "a device that does not say what it is"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_words(agent, words):
    assert words_of(agent) == words


def test_at_sign_out_the_browser_forgets_pages_and_keeps_what_waits_to_be_sent(bob):
    client = came_in("bob")
    answer = client.post("/sign-in/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get("/sign-in/login/").headers


def test_a_password_that_an_owner_gave_opens_one_page_until_it_is_changed(bob, olga):
    actions.set_password(by(olga), person=bob, password=NEW, now=timezone.now())
    client = came_in("bob", NEW)
    for path in ("/", "/today/", "/patients/", "/sign-ins/", "/sign-in/2fa/", "/bedside-pin/"):
        assert client.get(path).url == "/sign-in/password/change/"
    assert client.get("/live/?topic=today").status_code == 401
    assert b"Choose a password of your own" in client.get("/sign-in/password/change/").content
    same = {"oldpassword": NEW, "password1": NEW, "password2": NEW}
    assert b"Choose another one" in client.post("/sign-in/password/change/", same).content
    assert client.get("/today/").status_code == 302
    own = {**same, "password1": OWN, "password2": OWN}
    assert client.post("/sign-in/password/change/", own).url == "/"
    assert client.get("/today/").status_code == 200
    assert verify().whole


def test_so_does_the_one_of_a_new_account(signed_in, olga):
    new = {"display_name": "R. Okafor", "credential": "RN", "username": "rosa", "password": NEW,
           "roles": ["nurse"]}  # fmt: skip
    signed_in(olga).post("/staff/", new)
    assert came_in("rosa", NEW).get("/today/").url == "/sign-in/password/change/"


def test_whoever_changes_their_own_as_an_owner_chose_it(olga):
    actions.set_password(by(olga), person=olga, password=NEW, now=timezone.now())
    assert not User.objects.get(pk=olga.pk).must_change_password
    assert not SignInReset.objects.exists()


@pytest.mark.parametrize(
    ("reset", "words"),
    [
        (lambda owner, bob: actions.set_password(
            owner, person=bob, password=NEW, now=timezone.now()), "Password set anew"),
        (lambda owner, bob: actions.forget_second_step(
            owner, person=bob, now=timezone.now()), "Second step forgotten"),
    ],
)  # fmt: skip
def test_the_person_reads_who_reset_their_sign_in_until_they_say_so(bob, olga, reset, words):
    reset(by(olga), bob)
    User.objects.filter(pk=bob.pk).update(must_change_password=False)
    password = NEW if "Password" in words else PASSWORD
    client = came_in("bob", password)
    for path in ("/today/", "/patients/"):
        page = client.get(path).content.decode()
        assert "Your sign-in was reset" in page
        assert f"{words} by O. Petrova on" in page
    client.post("/sign-ins/resets/read/")
    assert "Your sign-in was reset" not in client.get("/today/").content.decode()
    assert "Your sign-in was reset" not in came_in("bob", password).get("/today/").content.decode()
    assert f"{words} by O. Petrova" in client.get("/sign-ins/").content.decode()
    rows = AuditRow.objects.filter(action__startswith="accounts.", actor_name="O. Petrova")
    assert rows.filter(action__in=["accounts.set_password", "accounts.forget_second_step"]).exists()


def test_a_patient_ends_theirs_too(pat):
    lost, here = came_in("pat"), came_in("pat")
    assert here.post("/sign-ins/others/end/").status_code == 302
    assert (is_in(lost), is_in(here)) == (False, True)
