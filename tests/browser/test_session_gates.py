"""A start that is not what was ordered: held before it runs, opened by two, charted once it ran."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_session_bedside import at_bedside, session_at, tap
from tests.clinic.sessions.steps import BASELINE, ready_to_start, running, wrote
from tests.support.browsing import visit
from tests.support.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HIGH = {"kind": "reading", "systolic": 176, "diastolic": 88}
PAUSE = {"kind": "infusion_pause", "reason": "Pressure"}


def starts(page, drawn_up, button="Start the pump now"):
    """The start as ordered, but for what is in the syringe."""
    page.locator(".before").get_by_role("button", name="Start the infusion").click()
    panel = page.locator("#panel-start")
    panel.get_by_label("Drawn up").fill(drawn_up)
    tap(page, button)


@pytest.fixture
def ready(browser, asgi_server, patient, alice, bob):
    """The tablet at a session in which everything for the start is there."""
    session, _ = session_at(patient, alice, bob)
    ready_to_start(bob, session, timezone.now() - timedelta(seconds=30))
    tablet = visit(browser, asgi_server, bob, "tablet")
    at_bedside(tablet, session)
    return tablet


def test_a_start_that_differs_is_held_and_opened_by_a_second_person(ready):
    page, held = ready.page, ready.page.locator("#panel-held")
    expect(page.locator(".before")).to_contain_text("No vial was scanned today")
    starts(page, "350")
    expect(held).to_contain_text("350 mg drawn up: the order says 35 mg")
    expect(page.locator(".phase")).to_contain_text("Checked in")
    ready.check_refused()

    tap(page, "Change the entry")
    panel = page.locator("#panel-start")
    expect(panel.get_by_label("Drawn up")).to_have_value("350")
    panel.get_by_label("Drawn up").fill("40")
    tap(page, "Start the pump now")
    held.get_by_label("Their user name").fill("alice")
    held.get_by_label("Their password").fill("wrong")
    held.get_by_label("Why it is given so").fill("The pharmacy fills 40 mL")
    tap(page, "Open it, and chart it as given now")
    expect(held).to_contain_text("Name and password do not belong together")
    held.get_by_label("Their password").fill(PASSWORD)
    tap(page, "Open it, and chart it as given now")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    expect(page.locator(".timeline")).to_contain_text("opened by A. Lindqvist")
    expect(page.locator("#waiting li")).to_have_count(0)
    ready.check_refused()


def test_a_start_that_has_happened_is_charted_and_calls_until_it_is_seen(ready):
    page = ready.page
    starts(page, "350", "The pump runs already")
    banner = page.locator(".banner.stop")
    expect(banner).to_contain_text("350 mg drawn up: the order says 35 mg")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    banner.get_by_role("button", name="Seen").click()
    expect(banner).to_have_count(0)
    expect(page.locator(".timeline")).to_contain_text(re.compile("AGAINST THE ORDER: 350 mg"))
    ready.check()


def test_what_is_held_can_be_left_or_charted_from_the_line_that_waits(ready):
    page, held = ready.page, ready.page.locator("#panel-held")
    starts(page, "350")
    held.get_by_role("button", name="Close").click()
    expect(page.locator("#waiting")).to_contain_text("Not taken")
    tap(page, "Look at it")
    tap(page, "It has happened: chart it")
    expect(page.locator(".banner.stop")).to_contain_text("Given against the order")


def test_a_rate_that_nobody_charted_is_charted_after_the_end(
    browser, asgi_server, patient, alice, bob
):
    session, _ = session_at(patient, alice, bob)
    start = timezone.now() - timedelta(minutes=45)
    running(bob, session, start)
    wrote(bob, session, start + timedelta(minutes=40), {"kind": "infusion_complete"})
    tablet = visit(browser, asgi_server, bob, "tablet")
    at_bedside(tablet, session)
    page = tablet.page
    tap(page, "Given")
    tap(page, "A rate that was not charted")
    panel = page.locator("#panel-rate")
    panel.get_by_label("New rate").fill("2")
    panel.get_by_label("Reason").fill("Set by a colleague")
    panel.get_by_label("When").select_option("15 min ago")
    tablet.check()
    tap(page, "The rate is changed already")
    expect(page.locator(".banner.stop").first).to_contain_text("faster than ordered")
    expect(page.locator(".phase")).to_contain_text("Recovering")


def test_a_pump_is_not_set_running_again_while_a_stop_rule_is_active(
    browser, asgi_server, patient, alice, bob
):
    session, _ = session_at(patient, alice, bob)
    start = timezone.now() - timedelta(minutes=10)
    running(bob, session, start)
    wrote(bob, session, start + timedelta(minutes=8), HIGH)
    wrote(bob, session, start + timedelta(minutes=9), PAUSE)
    tablet = visit(browser, asgi_server, bob, "tablet")
    at_bedside(tablet, session)
    page, held = tablet.page, tablet.page.locator("#panel-held")
    tap(page, "RESUME")
    expect(held).to_contain_text("A stop rule is active")
    expect(page.locator(".phase")).to_contain_text("Paused")
    tablet.check_refused()
    held.get_by_label("Their user name").fill("alice")
    held.get_by_label("Their password").fill(PASSWORD)
    held.get_by_label("Why it is given so").fill("Seen at the bedside: 150/84 by hand")
    tap(page, "Open it, and chart it as given now")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    expect(page.locator(".timeline")).to_contain_text("opened by A. Lindqvist")


def test_a_reading_corrected_after_the_start_says_what_would_have_held_it(
    browser, asgi_server, patient, alice, bob
):
    """The second seated reading was 200/120 and was charted as 120/78."""
    session, _ = session_at(patient, alice, bob)
    running(bob, session, timezone.now() - timedelta(minutes=6))
    slip = session.entries.filter(kind="reading").last()
    meant = {**BASELINE, "systolic": 200, "diastolic": 120}
    fix = {"kind": "correction", "corrects": str(slip.pk), "reason": "Slip", "replacement": meant}
    wrote(bob, session, timezone.now() - timedelta(minutes=1), fix)
    tablet = visit(browser, asgi_server, bob, "tablet")
    at_bedside(tablet, session)
    page = tablet.page
    banner = page.locator(".banner.call", has_text="The start would have been held")
    expect(banner).to_contain_text("Diastolic blood pressure 120 is 110 mmHg or more")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    tablet.check()
    banner.get_by_role("button", name="Seen").click()
    expect(banner).to_have_count(0)
    expect(page.locator(".timeline")).to_contain_text("Alert seen: The start would have been held")
