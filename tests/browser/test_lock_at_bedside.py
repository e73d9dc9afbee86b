"""The locked screen at a bedside: the PIN, the network gone, and rooms that call."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.accounts.actions import set_bedside_pin
from mooring.clinic.sessions.models import SessionEntry
from tests.browser.test_session_bedside import at_bedside, keyed, session_at, tap, thumb
from tests.clinic.sessions.steps import acting, measured, running, wrote
from tests.support.browsing import visit

PIN = "739208"
BY_THE_STREAM = 8_000
"""Milliseconds: before the page looks by itself, after ten seconds."""


@pytest.fixture
def session(asgi_server, patient, alice, bob):
    """An infusion that has run for five minutes."""
    made, start = session_at(patient, alice, bob, 5)
    running(bob, made, start)
    return made


@pytest.fixture
def pin(bob):
    """Bob has a bedside PIN."""
    return set_bedside_pin(acting(bob), pin=PIN, now=timezone.now())


def bedside(browser, address, user, session):
    """The bedside page on a tablet; the page has learned how to check a PIN alone."""
    visited = visit(browser, address, user, "tablet")
    with visited.page.expect_response("**/bedside-pin/check/"):
        at_bedside(visited, session)
    return visited


def lock(visited):
    """The tablet was left alone: page and server are locked."""
    page = visited.page
    cookie = next(c for c in page.context.cookies() if c["name"] == "sessionid")
    store = SessionStore(cookie["value"])
    store["locked"] = True
    store.save()
    page.evaluate("dispatchEvent(new CustomEvent('mooring:locked'))")
    expect(cover(page)).to_be_visible()
    return page


def cover(page):
    return page.get_by_role("dialog", name="This screen is locked")


def type_pin(page, figures):
    for figure in figures:
        cover(page).get_by_role("button", name=figure, exact=True).click()


def test_six_keys_open_the_screen(browser, asgi_server, session, bob, pin):
    visited = bedside(browser, asgi_server, bob, session)
    page = lock(visited)
    expect(cover(page).get_by_label("Password")).to_be_hidden()
    visited.problems.clear()
    visited.check()
    type_pin(page, "739209")
    expect(cover(page)).to_contain_text("That PIN does not match. Type it again.")
    type_pin(page, PIN)
    expect(cover(page)).to_have_count(0)
    page.reload()
    expect(page.locator(".tile").first).to_contain_text("120/78")


def test_three_wrong_pins_leave_the_password(browser, asgi_server, session, bob, pin):
    page = lock(bedside(browser, asgi_server, bob, session))
    for _ in range(3):
        with page.expect_response("**/unlock/"):
            type_pin(page, "000000")
    expect(cover(page)).to_contain_text("The PIN was wrong three times. Give the password.")
    expect(cover(page).get_by_label("Password")).to_be_visible()
    expect(cover(page).get_by_role("button", name="Use the bedside PIN")).to_be_hidden()


def test_without_the_network_the_pin_opens_the_page_and_nothing_else_does(
    browser, asgi_server, session, bob, pin
):
    visited = bedside(browser, asgi_server, bob, session)
    page = lock(visited)
    page.context.set_offline(True)
    expect(cover(page).get_by_text("Your bedside PIN opens this page")).to_be_visible()
    type_pin(page, "739209")
    expect(cover(page)).to_contain_text("That PIN does not match. Type it again.")
    type_pin(page, PIN)
    expect(cover(page)).to_have_count(0)
    thumb(page, "Reading")
    keyed(page, "13182")
    tap(page, "Save the reading")
    expect(page.locator("#waiting")).to_contain_text("Reading 131/82")
    page.context.set_offline(False)
    expect(cover(page)).to_be_visible()
    assert not SessionEntry.objects.filter(systolic=131).exists()
    type_pin(page, PIN)
    expect(cover(page)).to_have_count(0)
    expect(page.locator("#sent")).to_have_text(re.compile("all sent"))
    assert SessionEntry.objects.filter(systolic=131).count() == 1


def test_without_the_network_three_wrong_pins_close_the_page(
    browser, asgi_server, session, bob, pin
):
    page = lock(bedside(browser, asgi_server, bob, session))
    page.context.set_offline(True)
    for times in range(3):
        type_pin(page, "00000" + str(times))
        expect(cover(page)).to_contain_text(
            "the PIN was wrong three times" if times == 2 else "That PIN does not match."
        )
        page.wait_for_timeout(100)
    type_pin(page, PIN)
    expect(cover(page)).to_contain_text("This page opens once the server is back.")
    expect(cover(page)).to_be_visible()


def test_without_network_and_pin_it_stays_shut_and_says_what_to_do(
    browser, asgi_server, session, bob
):
    visited = bedside(browser, asgi_server, bob, session)
    page = lock(visited)
    page.context.set_offline(True)
    for said in (
        "no bedside PIN that this device can check",
        "In an emergency, act first",
        "555-0199",
        "Room 2: a session needs attention",
    ):
        expect(cover(page).get_by_text(said)).to_be_visible()
    expect(cover(page)).not_to_contain_text("Marsh")
    expect(cover(page).get_by_role("button", name="Go on at the bedside")).to_have_count(0)
    visited.problems.clear()
    visited.check()


def test_a_stop_that_stood_before_the_lock_is_told_at_once(
    browser, asgi_server, session, alice, bob
):
    measured(bob, session, timezone.now(), "165/90")
    page = visit(browser, asgi_server, alice, "tablet").go("/tasks/")
    page.get_by_role("button", name="Lock").click()
    calling = "■ STOP Room 2: a session needs attention"
    expect(cover(page)).to_contain_text(calling, timeout=BY_THE_STREAM)
    expect(cover(page)).not_to_contain_text("Marsh")
    expect(cover(page)).not_to_contain_text("165")


def test_a_stop_in_the_room_reaches_a_locked_screen_until_somebody_saw_it(
    browser, asgi_server, session, alice, bob
):
    page = visit(browser, asgi_server, alice, "tablet").go("/tasks/")
    with page.expect_response("**/sessions/calling/"):
        page.get_by_role("button", name="Lock").click()
    expect(cover(page)).not_to_contain_text("a session needs attention")
    row = measured(bob, session, timezone.now(), "165/90")
    calling = "■ STOP Room 2: a session needs attention"
    expect(cover(page)).to_contain_text(calling, timeout=BY_THE_STREAM)
    seen = [r.rule for r in view_of(session).alerts if r.active and r.level == "stop"]
    for rule in seen:
        facts = {"kind": "alert_seen", "rule": rule, "reading": str(row.pk)}
        wrote(bob, session, timezone.now(), facts)
    expect(cover(page)).not_to_contain_text("STOP Room 2", timeout=BY_THE_STREAM)


def view_of(session):
    from mooring.clinic.sessions.log import read_view

    session.refresh_from_db()
    return read_view(session, timezone.now())
