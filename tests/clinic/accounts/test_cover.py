"""In a real browser: the page covers itself, keeps what was typed, and opens with the password."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.cast import PASSWORD

TEN_MINUTES = "10:01"


@pytest.fixture
def at_audit(page: Page, asgi_server, olga) -> Page:
    """Olga signed in by hand, on the audit page, with a half-typed search."""
    page.clock.install()
    sign_in(page, f"{asgi_server}/audit/", "olga")
    page.get_by_label("Record number").fill("H-00")
    return page


def sign_in(page: Page, address: str, username: str) -> None:
    """Open a page that needs signing in, and sign in by hand."""
    page.goto(address)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def cover(page: Page):
    return page.get_by_role("dialog", name="This screen is locked")


def test_nothing_shows_after_ten_minutes_without_a_touch(at_audit):
    at_audit.clock.fast_forward(TEN_MINUTES)
    expect(cover(at_audit)).to_be_visible()
    expect(at_audit.get_by_role("heading", name="Audit")).to_be_hidden()
    assert at_audit.title() == "Locked"


def test_a_touch_starts_the_time_anew(at_audit):
    at_audit.clock.fast_forward("09:50")
    at_audit.keyboard.press("Shift")
    at_audit.clock.fast_forward("09:50")
    expect(cover(at_audit)).to_have_count(0)


def test_the_password_opens_it_with_what_was_typed_still_there(at_audit):
    at_audit.clock.fast_forward(TEN_MINUTES)
    cover(at_audit).get_by_label("Password").fill(PASSWORD)
    cover(at_audit).get_by_role("button", name="Unlock").click()
    expect(cover(at_audit)).to_have_count(0)
    expect(at_audit.get_by_label("Record number")).to_have_value("H-00")
    at_audit.reload()
    expect(at_audit.get_by_role("heading", name="Audit")).to_be_visible()


@pytest.mark.parametrize("seconds", ["00:02", "09:50"])
def test_what_was_opened_stays_open_until_nobody_touches_it_again(at_audit, seconds):
    at_audit.clock.fast_forward(TEN_MINUTES)
    cover(at_audit).get_by_label("Password").fill(PASSWORD)
    cover(at_audit).get_by_role("button", name="Unlock").click()
    expect(cover(at_audit)).to_have_count(0)
    at_audit.clock.fast_forward(seconds)
    expect(cover(at_audit)).to_have_count(0)
    at_audit.clock.fast_forward("00:12")
    expect(cover(at_audit)).to_have_count(1 if seconds == "09:50" else 0)


def test_a_wrong_password_and_escape_keep_it_covered(at_audit):
    at_audit.clock.fast_forward(TEN_MINUTES)
    cover(at_audit).get_by_label("Password").fill("wrong")
    cover(at_audit).get_by_role("button", name="Unlock").click()
    expect(cover(at_audit)).to_contain_text("That password does not match. Type it again.")
    at_audit.keyboard.press("Escape")
    at_audit.keyboard.press("Escape")
    expect(cover(at_audit)).to_be_visible()


def test_an_answer_on_its_way_does_not_lift_the_cover(at_audit):
    """The server is told of a touch; before it answers, the screen is locked by hand."""
    held = []
    at_audit.route("**/touch/", lambda route: held.append(route))
    with at_audit.expect_request("**/touch/"):
        at_audit.clock.fast_forward("01:01")
        at_audit.keyboard.press("Shift")
        at_audit.clock.fast_forward("00:02")
    at_audit.get_by_role("button", name="Lock").click()
    expect(cover(at_audit)).to_be_visible()
    with at_audit.expect_response("**/touch/"):
        held[0].fulfill(status=204)
    at_audit.wait_for_function("new Promise((done) => setTimeout(done, 50)).then(() => true)")
    expect(cover(at_audit)).to_be_visible()


def test_reloading_does_not_pass_the_lock(at_audit):
    with at_audit.expect_response("**/lock/"):
        at_audit.get_by_role("button", name="Lock").click()
    expect(cover(at_audit)).to_be_visible()
    at_audit.reload()
    expect(at_audit.get_by_role("heading", name="This screen is locked")).to_be_visible()
    expect(at_audit.get_by_label("Password of O. Petrova")).to_be_visible()


def test_without_the_server_the_page_stays_covered(at_audit):
    at_audit.context.set_offline(True)
    at_audit.get_by_role("button", name="Lock").click()
    cover(at_audit).get_by_label("Password").fill(PASSWORD)
    cover(at_audit).get_by_role("button", name="Unlock").click()
    expect(cover(at_audit)).to_contain_text("No connection to the server.")
    expect(cover(at_audit)).to_be_visible()
