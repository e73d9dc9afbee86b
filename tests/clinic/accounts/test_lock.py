"""A screen that nobody touched shows nothing until its person gives the password again."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.utils import timezone

from mooring.clinic.accounts import idle
from mooring.clinic.accounts.actions import set_bedside_pin
from mooring.clinic.accounts.tries import WrongTry
from mooring.clinic.actions import Actor
from mooring.clinic.audit.models import AuditRow
from tests.support.cast import PASSWORD

PAGE = "/audit/"
BACKGROUND = {"X-Mooring-Background": "1"}


@pytest.fixture
def owner(olga, signed_in) -> Client:
    """Olga's browser, on a page of hers."""
    client = signed_in(olga)
    assert client.get(PAGE).status_code == 200
    return client


@pytest.fixture
def later(monkeypatch):
    """`later(minutes)` moves the server's clock on."""
    passed = {"seconds": 0.0}
    real = time.time

    class Clock:
        @staticmethod
        def time() -> float:
            return real() + passed["seconds"]

    monkeypatch.setattr(idle, "time", Clock)

    def move(minutes: float) -> None:
        passed["seconds"] += minutes * 60

    return move


def is_locked(answer) -> bool:
    return answer.status_code == 401 and b"This screen is locked" in answer.content


def test_ten_minutes_without_a_touch_lock_the_screen(owner, later):
    later(9.5)
    assert owner.get(PAGE).status_code == 200
    later(10.5)
    assert is_locked(owner.get(PAGE))


def test_every_touch_starts_the_time_anew(owner, later):
    for _ in range(5):
        later(6)
        assert owner.post("/touch/").status_code == 204
    assert owner.get(PAGE).status_code == 200


def test_what_the_page_fetches_by_itself_never_extends_the_time(owner, later):
    for _ in range(4):
        later(3)
        owner.get(PAGE, headers=BACKGROUND)
    assert is_locked(owner.get(PAGE))


def test_a_stream_never_extends_the_time(owner, later):
    for _ in range(4):
        later(3)
        owner.get(PAGE, headers={"Accept": "text/event-stream"})
    assert is_locked(owner.get(PAGE))


@pytest.mark.parametrize("headers", [BACKGROUND, {"Accept": "text/event-stream"}])
def test_background_requests_get_an_empty_401_while_locked(owner, headers):
    owner.post("/lock/")
    answer = owner.get(PAGE, headers=headers)
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("topic=attention", 200),
        ("topic=today", 401),
        ("topic=session:0190a000-0000-7000-8000-000000000001", 401),
        ("topic=attention&topic=today", 401),
        ("topic=today&topic=attention", 401),
    ],
)
def test_a_locked_screen_hears_only_that_some_session_needs_attention(
    bob, signed_in, topic, status
):
    client = signed_in(bob)
    client.post("/lock/")
    assert client.get(f"/live/?{topic}").status_code == status


@pytest.mark.parametrize("query", ["skip_timeout_reset=1", "locked=0", "X-Mooring-Background=1"])
def test_no_parameter_of_the_address_keeps_a_session_open(owner, later, query):
    later(11)
    assert is_locked(owner.get(f"{PAGE}?{query}"))


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_no_method_passes_the_lock(owner, method):
    owner.post("/lock/")
    assert getattr(owner, method)(PAGE).status_code == 401


def test_locking_now_locks_at_once_and_keeps_nothing_on_the_page(owner):
    assert owner.post("/lock/").status_code == 302
    answer = owner.get(PAGE)
    assert is_locked(answer)
    assert b"rail" not in answer.content
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_covers_itself_locks_with_an_empty_answer(owner):
    assert owner.post("/lock/", headers=BACKGROUND).status_code == 204
    assert is_locked(owner.get(PAGE))


def test_the_password_opens_it_again_where_one_was(owner):
    owner.post("/lock/")
    answer = owner.post("/unlock/", {"password": PASSWORD, "next": "/audit/?day=2026-03-02"})
    assert (answer.status_code, answer.url) == (302, "/audit/?day=2026-03-02")
    assert owner.get(PAGE).status_code == 200


def test_a_covered_page_is_opened_with_an_empty_answer(owner):
    owner.post("/lock/")
    assert owner.post("/unlock/", {"password": PASSWORD}, headers=BACKGROUND).status_code == 204
    assert owner.get(PAGE).status_code == 200


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "", "x:y"])
def test_unlocking_leads_nowhere_else(owner, wanted):
    owner.post("/lock/")
    assert owner.post("/unlock/", {"password": PASSWORD, "next": wanted}).url == "/"


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), PASSWORD + " "])
def test_a_wrong_password_keeps_it_locked_and_says_what_to_do(owner, password):
    owner.post("/lock/")
    answer = owner.post("/unlock/", {"password": password})
    assert is_locked(answer)
    assert b"That password does not match. Type it again." in answer.content
    assert is_locked(owner.get(PAGE))


def test_another_person_s_password_does_not_open_it(owner, bob):
    bob.set_password("another lantern on the pier")
    bob.save()
    owner.post("/lock/")
    assert is_locked(owner.post("/unlock/", {"password": "another lantern on the pier"}))


def test_signing_out_works_while_locked(owner):
    owner.post("/lock/")
    owner.post("/sign-in/logout/")
    assert owner.get(PAGE).url.startswith("/sign-in/login/")


def test_a_sign_in_lasts_twelve_hours_however_busy(owner, later):
    for _ in range(12 * 60 // 8 - 1):
        later(8)
        assert owner.get(PAGE).status_code == 200
    later(9)
    assert owner.get(PAGE).status_code == 302


def test_five_wrong_passwords_at_the_lock_close_it_for_a_while(owner):
    owner.post("/lock/")
    answers = [owner.post("/unlock/", {"password": "wrong"}) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert owner.post("/unlock/", {"password": PASSWORD}).status_code == 429


def test_locking_needs_a_person_and_a_post(client, clinic_row, owner):
    assert client.post("/lock/").url.startswith("/sign-in/login/")
    assert owner.get("/lock/").status_code == 405


PIN = "739208"


@pytest.fixture
def with_pin(olga, owner) -> Client:
    """Olga's browser; she has a bedside PIN."""
    by = Actor(name=str(olga), roles=olga.roles, user=olga)
    set_bedside_pin(by, pin=PIN, now=timezone.now())
    return owner


def give_pin(client, pin, **more):
    return client.post("/unlock/", {"pin": pin, **more})


def test_the_pin_opens_it_where_one_was(with_pin):
    with_pin.post("/lock/")
    answer = give_pin(with_pin, PIN, next="/audit/?day=2026-03-02")
    assert (answer.status_code, answer.url) == (302, "/audit/?day=2026-03-02")
    assert with_pin.get(PAGE).status_code == 200


@pytest.mark.parametrize("pin", ["", "000000", "739209", "7392", PIN + "0", PASSWORD])
def test_a_wrong_pin_keeps_it_locked(with_pin, pin):
    with_pin.post("/lock/")
    answer = give_pin(with_pin, pin)
    assert is_locked(answer)
    assert b"That PIN does not match. Type it again." in answer.content
    assert is_locked(with_pin.get(PAGE))


def test_without_a_pin_none_opens_it(owner):
    owner.post("/lock/")
    assert is_locked(give_pin(owner, ""))
    assert is_locked(give_pin(owner, PIN))


def test_another_person_s_pin_does_not_open_it(with_pin, bob, signed_in):
    nurse = signed_in(bob)
    nurse.post("/lock/")
    assert is_locked(give_pin(nurse, PIN))


def test_a_pin_signs_nobody_in(with_pin, client):
    assert give_pin(client, PIN).url.startswith("/sign-in/login/")
    answer = client.post("/sign-in/login/", {"login": "olga", "pin": PIN, "password": PIN})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_after_three_wrong_pins_only_the_password_opens_it(with_pin):
    with_pin.post("/lock/")
    answers = [give_pin(with_pin, "000000") for _ in range(3)]
    assert b"The PIN was wrong three times. Give the password." in answers[-1].content
    assert is_locked(give_pin(with_pin, PIN))
    assert with_pin.post("/unlock/", {"password": PASSWORD}).status_code == 302
    with_pin.post("/lock/")
    assert give_pin(with_pin, PIN).status_code == 302


def test_wrong_pins_and_passwords_count_together(with_pin):
    with_pin.post("/lock/")
    for _ in range(2):
        give_pin(with_pin, "000000")
        with_pin.post("/unlock/", {"password": "wrong"})
    assert give_pin(with_pin, "000000").status_code == 429
    assert give_pin(with_pin, PIN).status_code == 429
    assert with_pin.post("/unlock/", {"password": PASSWORD}).status_code == 429


def test_what_was_wrong_before_the_screen_was_opened_does_not_count_on(with_pin):
    for _ in range(3):
        with_pin.post("/lock/")
        for _ in range(2):
            give_pin(with_pin, "000000")
        assert give_pin(with_pin, PIN).status_code == 302


def test_wrong_pins_are_kept_nowhere(with_pin):
    with_pin.post("/lock/")
    give_pin(with_pin, "508317")
    [attempt] = WrongTry.objects.all()
    kept = [str(value) for value in vars(attempt).values()]
    assert not any("508317" in value for value in kept)
    assert not any("508317" in body for body in AuditRow.objects.values_list("body", flat=True))


def test_a_covered_page_hears_that_the_pin_is_closed(with_pin):
    with_pin.post("/lock/")
    heard = [
        with_pin.post("/unlock/", {"pin": "000000"}, headers=BACKGROUND).headers["X-Mooring-Pin"]
        for _ in range(3)
    ]
    assert heard == ["open", "open", "closed"]


def test_a_locked_screen_tells_no_device_how_to_check_a_pin(with_pin):
    assert set(with_pin.get("/bedside-pin/check/").json()) == {"salt", "rounds", "digits"}
    with_pin.post("/lock/")
    assert with_pin.get("/bedside-pin/check/").status_code == 401


def test_whoever_has_no_pin_gives_no_device_a_check(owner):
    answer = owner.get("/bedside-pin/check/")
    assert (answer.status_code, answer.content) == (204, b"")
