"""Signing in to a real clinic: password, second step by app or passkey, and the day it is lost."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from mooring.clinic.accounts.clinic import forget
from tests.support.browsing import SIZES, Visit, calm, note
from tests.support.cast import PASSWORD

GOOD = "three gulls above the mole"


@pytest.fixture
def real_clinic(asgi_server, clinic_row):
    """Not a demonstration: staff need a second step."""
    clinic_row.demonstration = False
    clinic_row.save()
    forget()


@pytest.fixture(params=["tablet", "phone"])
def door(request, browser, asgi_server, real_clinic, bob) -> Visit:
    """Bob before the sign-in page, on a tablet and on a phone."""
    return stranger(browser, asgi_server, request.param)


def stranger(browser, address, size="phone") -> Visit:
    """A browser in which nobody has signed in."""
    width, height = SIZES[size]
    context = calm(browser, viewport={"width": width, "height": height})
    opened = Visit(context.new_page(), address)
    opened.page.on("console", lambda message: note(opened, message))
    opened.page.on("pageerror", lambda problem: opened.problems.append(str(problem)))
    return opened


def one_time_code(secret: str) -> str:
    """The six figures that an app shows now (RFC 6238, SHA-1, 30 s)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@dataclass
class Key:
    """A passkey of the browser's own, for tests (WebAuthn virtual authenticator)."""

    visit: Visit

    def __post_init__(self) -> None:
        session = self.visit.page.context.new_cdp_session(self.visit.page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(visit: Visit, password: str = PASSWORD) -> None:
    page = visit.go("/sign-in/login/")
    page.get_by_label("Username").fill("bob")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def press(visit: Visit, name: str) -> None:
    visit.page.locator("main").get_by_role("button", name=name).click()


def sign_out(visit: Visit) -> None:
    visit.go("/sign-in/logout/")
    press(visit, "Sign out")
    expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()


def show_that_it_is_you(visit: Visit) -> None:
    expect(visit.page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    visit.check()
    visit.page.get_by_label("Password").fill(PASSWORD)
    press(visit, "Go on")


def set_up_an_app(visit: Visit) -> str:
    """Sign in for the first time and set up an app; gives the app's secret."""
    sign_in(visit)
    visit.page.get_by_role("link", name="Set up an app").click()
    show_that_it_is_you(visit)
    secret = visit.page.locator(".key").inner_text()
    visit.page.get_by_label("Code from the app").fill(one_time_code(secret))
    press(visit, "Use this app")
    expect(visit.page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


def add_a_passkey(visit: Visit, alone: bool) -> None:
    visit.go("/sign-in/2fa/webauthn/add/")
    visit.page.get_by_label("What you call it").fill("Ward tablet")
    if alone:
        visit.page.get_by_label("Sign in with it alone").check()
    visit.check()
    press(visit, "Add it")
    expect(visit.page.get_by_text("The passkey is added.")).to_be_visible()


def test_an_app_is_set_up_before_anything_else_opens(door):
    page = door.page
    sign_in(door)
    expect(page.get_by_text("Add a second step before you go on")).to_be_visible()
    door.check()
    door.go("/today/")
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()
    page.get_by_role("link", name="Set up an app").click()
    show_that_it_is_you(door)
    expect(page.locator(".qr")).to_be_visible()
    assert page.locator(".qr").evaluate("(picture) => picture.naturalWidth") > 0
    door.check()
    page.get_by_label("Code from the app").fill("000000")
    press(door, "Use this app")
    expect(page.get_by_text("That code does not match.")).to_be_visible()
    door.check()
    page.get_by_label("Code from the app").fill(one_time_code(page.locator(".key").inner_text()))
    press(door, "Use this app")
    expect(page.locator(".codes li")).to_have_count(10)
    door.check()
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{door.address}/today/")


def test_the_second_step_is_asked_for_and_a_recovery_code_opens_once(door):
    page = door.page
    set_up_an_app(door)
    code = page.locator(".codes code").first.inner_text()
    for works in (True, False):
        sign_out(door)
        sign_in(door)
        expect(page.get_by_role("heading", name="Second step")).to_be_visible()
        door.check()
        page.get_by_label("Code from your app").fill(code)
        press(door, "Sign in")
        if works:
            expect(page).to_have_url(f"{door.address}/today/")
    expect(page.get_by_text("That code does not match.")).to_be_visible()
    door.check()


def test_a_passkey_is_the_second_step(browser, asgi_server, real_clinic, bob):
    door = stranger(browser, asgi_server)
    Key(door)
    set_up_an_app(door)
    add_a_passkey(door, alone=False)
    sign_out(door)
    sign_in(door)
    press(door, "Use a passkey")
    expect(door.page).to_have_url(f"{asgi_server}/today/")
    assert door.problems == []


def test_a_passkey_alone_signs_in_where_it_may(browser, asgi_server, real_clinic, bob):
    door = stranger(browser, asgi_server)
    Key(door)
    set_up_an_app(door)
    add_a_passkey(door, alone=True)
    door.go("/sign-in/2fa/webauthn/")
    expect(door.page.get_by_text("signs in alone")).to_be_visible()
    door.check()
    sign_out(door)
    press(door, "Sign in with a passkey")
    expect(door.page).to_have_url(f"{asgi_server}/today/")
    assert door.problems == []


def test_a_passkey_that_is_put_aside_is_said_on_the_page(browser, asgi_server, real_clinic, bob):
    """What the browser answers when a person cancels."""
    door = stranger(browser, asgi_server)
    door.go("/sign-in/login/").evaluate(
        """() => {
          navigator.credentials.get = () =>
            Promise.reject(new DOMException("put aside", "NotAllowedError"));
        }"""
    )
    press(door, "Sign in with a passkey")
    expect(door.page.get_by_role("alert")).to_contain_text("The passkey was not used")
    door.check()


def test_passkeys_are_renamed_and_removed(browser, asgi_server, real_clinic, bob):
    door = stranger(browser, asgi_server)
    Key(door)
    set_up_an_app(door)
    add_a_passkey(door, alone=False)
    door.go("/sign-in/2fa/webauthn/").get_by_role("link", name="Rename Ward tablet").click()
    door.check()
    door.page.get_by_label("What you call it").fill("Office key")
    press(door, "Rename")
    door.go("/sign-in/2fa/webauthn/").get_by_role("link", name="Remove Office key").click()
    door.check()
    press(door, "Remove it")
    expect(door.page.get_by_text("The passkey is removed.")).to_be_visible()


def test_a_wrong_password_is_said_once_and_the_username_is_kept(door):
    sign_in(door, "not this one")
    expect(door.page.get_by_text("Username and password do not match.")).to_be_visible()
    expect(door.page.get_by_label("Username")).to_have_value("bob")
    expect(door.page.get_by_label("Password")).to_have_value("")
    door.check()


def test_the_password_is_changed_and_a_weak_one_is_not(door):
    page = door.page
    set_up_an_app(door)
    door.go("/sign-in/password/change/")
    door.check()
    for new, says in (
        ("short", "This password is too short."),
        (GOOD, "Your password is changed."),
    ):
        page.get_by_label("Current Password").fill(PASSWORD)
        page.get_by_label("New Password", exact=True).fill(new)
        page.get_by_label("New Password (again)").fill(new)
        press(door, "Change the password")
        expect(page.get_by_text(says)).to_be_visible()
        assert door.problems == []
    sign_out(door)
    sign_in(door, GOOD)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()


def test_every_other_page_of_signing_in_is_in_order(door):
    set_up_an_app(door)
    for path in (
        "/sign-in/2fa/",
        "/sign-in/2fa/totp/deactivate/",
        "/sign-in/2fa/recovery-codes/",
        "/sign-in/2fa/recovery-codes/generate/",
        "/sign-in/2fa/webauthn/",
        "/sign-in/2fa/reauthenticate/",
        "/sign-in/reauthenticate/",
        "/sign-in/logout/",
        "/sign-in/inactive/",
    ):
        door.go(path)
        expect(door.page.get_by_role("heading", level=1)).to_have_count(1)
        door.check()


def test_new_recovery_codes_replace_the_old(door):
    set_up_an_app(door)
    old = door.page.locator(".codes code").all_inner_texts()
    door.go("/sign-in/2fa/recovery-codes/generate/")
    press(door, "Make new ones")
    new = door.page.locator(".codes code").all_inner_texts()
    assert len(new) == 10
    assert not set(old) & set(new)


def test_a_closed_account_signs_in_no_more(door, bob):
    bob.is_active = False
    bob.save()
    sign_in(door)
    expect(door.page.locator("main")).to_contain_text("do not match")


@pytest.mark.parametrize("size", SIZES)
def test_the_owner_s_pages_are_in_order(browser, asgi_server, olga, bob, size):
    from tests.support.browsing import visit

    owner = visit(browser, asgi_server, olga, size)
    page = owner.go("/staff/")
    owner.check()
    page.get_by_role("link", name="Change B. Okafor").click()
    expect(page.get_by_label("Nurse or sitter")).to_be_checked()
    owner.check()


def test_the_page_that_opens_a_clinic_is_in_order(browser, asgi_server, transactional_db):
    from mooring.clinic.accounts.set_up import set_up_key

    door = stranger(browser, asgi_server)
    page = door.go(f"/set-up/{set_up_key()}/")
    door.check()
    page.get_by_role("button", name="Open the clinic").click()
    expect(page.get_by_text("This field is required").first).to_be_visible()
    door.check()
