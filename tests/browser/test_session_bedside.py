"""A nurse runs a session on a tablet in portrait, from check-in to signature."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.course.bedside import answers_check_in
from tests.clinic.sessions.steps import (
    measured,
    planned,
    recovered,
    running,
    signed_order,
    wrote,
)
from tests.support.browsing import visit
from tests.support.clock import midday_in_the_clinic


def session_at(patient, alice, bob, minutes_ago=0):
    """A session planned for so many minutes ago, with an order signed that day."""
    midday_in_the_clinic()
    start = timezone.now() - timedelta(minutes=minutes_ago)
    return planned(signed_order(patient, alice, at=start), bob, at=start), start


@pytest.fixture
def tablet(browser, asgi_server, bob):
    """Bob's tablet."""
    return visit(browser, asgi_server, bob, "tablet")


def at_bedside(tablet, session) -> Page:
    """The session's page, once it has heard from the server."""
    page = tablet.go(f"/sessions/{session.pk}/")
    expect(page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    return page


def tap(page: Page, name: str) -> None:
    """Tap the one button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def thumb(page: Page, name: str) -> None:
    """Tap in the thumb row."""
    page.locator(".row-of-thumbs").get_by_role("button", name=name, exact=True).first.click()


def keyed(page: Page, digits: str) -> None:
    """Digits on the page's own pad."""
    for digit in digits:
        page.locator("#panel-reading .keys").get_by_role("button", name=digit, exact=True).click()


def check_in(page: Page) -> None:
    """Ask everything there is to ask."""
    tap(page, "Check-in")
    answers_check_in(page.locator("#panel-check_in"))
    tap(page, "Save the check-in")


def seated_reading(page: Page, when: str) -> None:
    """120/78, heart rate 72, SpO2 98, respiratory rate 14, on room air."""
    tap(page, "Seated reading")
    panel = page.locator("#panel-reading")
    expect(panel.get_by_label("Seated")).to_be_checked()
    keyed(page, "12078729814")
    panel.get_by_label("Room air").check()
    panel.get_by_label("When").select_option(when)
    tap(page, "Save the reading")


def test_from_check_in_to_a_stop(tablet, asgi_server, patient, alice, bob):
    """Every number that a rule fires on is written on the banner, with its rule and source."""
    session, _ = session_at(patient, alice, bob)
    page = at_bedside(tablet, session)
    before = page.locator(".before")
    expect(before).to_contain_text("Check-in is not done")
    expect(page.get_by_role("button", name="Start the infusion")).to_have_count(0)
    tablet.check()

    check_in(page)
    expect(before).not_to_contain_text("Check-in is not done")
    expect(before).to_contain_text("two seated blood pressures are needed, none so far")
    seated_reading(page, "5")
    expect(before).to_contain_text("one so far")
    seated_reading(page, "")
    expect(before).to_contain_text("Everything for the start is there")

    before.get_by_role("button", name="Start the infusion").click()
    start = page.locator("#panel-start")
    expect(start.get_by_label("Rate, mg per minute")).to_have_value("0.875")
    expect(start).to_contain_text("52.5 mL/h")
    start.get_by_label("Drawn up").fill("35")
    tap(page, "Start the pump now")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    expect(page.locator(".phase .clock")).to_have_text(re.compile(r"0:0\d"))

    thumb(page, "Reading")
    keyed(page, "16590")
    tap(page, "Save the reading")
    banner = page.locator(".banner.stop")
    expect(banner).to_contain_text("STOP")
    expect(banner).to_contain_text("165/90 is +45 over baseline 120/78")
    banner.locator(".sources > summary").click()
    banner.get_by_role("link", name=re.compile("S2.44")).click()
    expect(page.get_by_role("dialog")).to_contain_text("Correction E15")
    page.keyboard.press("Escape")
    banner.get_by_role("link", name="founding document S2 reports").click()
    expect(page.get_by_role("dialog")).to_contain_text("Symptom of severe high blood pressure")
    page.keyboard.press("Escape")
    banner.get_by_role("button", name="Seen").click()
    expect(banner).to_contain_text("seen by B. Okafor")
    expect(banner).to_contain_text("165/90")
    tablet.check()

    thumb(page, "PAUSE")
    tap(page, "Blood pressure")
    expect(page.locator(".phase")).to_contain_text("Paused")
    thumb(page, "Reading")
    keyed(page, "13486")
    tap(page, "Save the reading")
    expect(banner).to_have_count(0)
    thumb(page, "RESUME")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    thumb(page, "STOP")
    tap(page, "Stop rule")
    expect(page.locator(".phase")).to_contain_text("Recovering")
    leaving = page.locator(".leaving")
    expect(leaving).to_contain_text("Not yet: PADSS is not scored after the infusion")
    expect(leaving).to_contain_text("of 120 min since the start")
    expect(page.get_by_role("button", name="Sign: the patient may leave")).to_have_count(0)
    tablet.check()
    session.refresh_from_db()
    assert session.stopped_early


def test_what_is_open_for_leaving_is_answered_from_its_own_line(
    tablet, asgi_server, patient, alice, bob
):
    session, start = session_at(patient, alice, bob, 50)
    running(bob, session, start)
    wrote(bob, session, start + timedelta(minutes=40), {"kind": "infusion_complete"})
    page = at_bedside(tablet, session)
    leaving = page.locator(".leaving")

    line = leaving.locator("li", has_text="MOAA/S is not scored")
    line.get_by_role("button").click()
    page.locator("#panel-sedation").get_by_role("button", name="5 Answers at once").click()
    expect(leaving).not_to_contain_text("MOAA/S is not scored")

    leaving.locator("li", has_text="steady gait is not looked at").get_by_role("button").click()
    panel = page.locator("#panel-readiness")
    expect(panel.get_by_label("Steady gait")).to_be_checked()
    panel.get_by_role("button", name="Not met", exact=True).click()
    expect(leaving).to_contain_text("steady gait: found not met")

    leaving.get_by_role("button", name="PADSS is not scored").click()
    panel = page.locator("#panel-padss")
    for group in panel.get_by_role("group").all():
        group.get_by_role("radio").last.check()
    tap(page, "Save the score")
    expect(leaving).to_contain_text("PADSS 10 of 10 (without bleeding 8 of 8)")
    tablet.check()


def test_a_nurse_signs_with_name_and_credential(tablet, asgi_server, patient, alice, bob):
    session, start = session_at(patient, alice, bob, 130)
    running(bob, session, start)
    recovered(bob, session, start)
    page = at_bedside(tablet, session)
    expect(page.locator(".leaving")).to_contain_text("Every criterion is met")
    tap(page, "Sign: the patient may leave")
    expect(page.locator("#panel-sign_off")).to_contain_text("RN")
    tablet.check()
    tap(page, "Sign as B. Okafor")
    expect(page.locator(".phase")).to_contain_text("Signed")
    expect(page.locator(".phase")).to_contain_text("by B. Okafor")

    page.get_by_role("link", name="Record to print").click()
    expect(page.locator(".sheet-head")).to_contain_text("Marsh, Pat, born 12 Mar 1981, record H-")
    expect(page.locator(".sheet-foot")).to_contain_text(re.compile(r"Audit row \d+, [0-9a-f]{16}"))
    expect(page.get_by_role("cell", name="Signed that the patient may leave")).to_be_visible()


def test_only_a_prescriber_is_offered_to_sign_with_criteria_open(
    browser, tablet, asgi_server, patient, alice, bob
):
    session, start = session_at(patient, alice, bob, 50)
    running(bob, session, start)
    wrote(bob, session, start + timedelta(minutes=40), {"kind": "infusion_complete"})
    page = at_bedside(tablet, session)
    expect(page.locator(".leaving")).to_contain_text("Not yet")
    expect(page.get_by_role("button", name="Sign with criteria open")).to_have_count(0)

    page = at_bedside(visit(browser, asgi_server, alice, "tablet"), session)
    tap(page, "Sign with criteria open")
    page.locator("#panel-sign_over").get_by_label("Reason").fill("Transferred to hospital")
    tap(page, "Sign as A. Lindqvist, with criteria open")
    expect(page.locator(".phase")).to_contain_text("by A. Lindqvist")
    expect(page.locator(".timeline")).to_contain_text("criteria open: Transferred to hospital")


def test_the_pad_hands_on_by_itself_and_says_what_would_be_right(
    tablet, asgi_server, patient, alice, bob
):
    """Two taps and five digits: Reading, 1 3 4 8 6, Save."""
    session, start = session_at(patient, alice, bob, 5)
    running(bob, session, start)
    page = at_bedside(tablet, session)
    panel = page.locator("#panel-reading")

    thumb(page, "Reading")
    tap(page, "Save the reading")
    expect(panel.get_by_role("alert")).to_have_text("Enter at least one value.")
    keyed(page, "0")
    tap(page, "Save the reading")
    expect(panel.get_by_role("alert")).to_contain_text("Systolic 0: it lies between 1 and 300")
    tap(page, "Take the last digit back")
    keyed(page, "86134")
    tap(page, "Save the reading")
    expect(panel.get_by_role("alert")).to_have_text(
        "86/134: the first value must be the higher one."
    )
    page.keyboard.press("Escape")

    thumb(page, "Reading")
    keyed(page, "13486")
    tap(page, "Save the reading")
    expect(page.locator(".tile").first).to_contain_text("134/86")
    expect(page.locator(".tile").first).to_contain_text("+14/+8")


def test_a_reading_is_typed_on_a_keyboard_as_well(tablet, asgi_server, patient, alice, bob):
    session, start = session_at(patient, alice, bob, 5)
    running(bob, session, start)
    page = at_bedside(tablet, session)
    page.locator(".row-of-thumbs").get_by_role("button", name="Reading").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("131/84")
    page.keyboard.press("Enter")
    expect(page.locator(".tile").first).to_contain_text("131/84")


def test_undo_strikes_the_entry_and_hides_nothing(tablet, asgi_server, patient, alice, bob):
    session, start = session_at(patient, alice, bob, 5)
    running(bob, session, start)
    page = at_bedside(tablet, session)
    thumb(page, "Note")
    page.locator("#panel-note").get_by_label("Note").fill("Eye shades on")
    tap(page, "Save the note")
    expect(page.locator(".timeline")).to_contain_text("Eye shades on")
    tap(page, "Undo")
    expect(page.locator(".timeline del")).to_have_text("Eye shades on")
    expect(page.locator(".timeline")).to_contain_text("Undone at once by who entered it")


def test_a_reading_is_corrected_from_the_timeline(tablet, asgi_server, patient, alice, bob):
    """A slip of one digit raised the banner; the corrected reading takes it down again."""
    session, start = session_at(patient, alice, bob, 15)
    running(bob, session, start)
    measured(bob, session, start + timedelta(minutes=10), "168/88")
    page = at_bedside(tablet, session)
    expect(page.locator(".banner.stop")).to_be_visible()
    page.get_by_role("button", name="Correct: Blood pressure 168/88").click()
    tap(page, "Enter it again")
    panel = page.locator("#panel-reading")
    expect(panel.get_by_label("Systolic")).to_have_value("168")
    panel.get_by_label("Why it is corrected").fill("Typing slip")
    panel.get_by_label("Systolic").fill("138")
    tap(page, "Save the reading")
    expect(page.locator(".banner.stop")).to_have_count(0)
    expect(page.locator(".timeline del")).to_contain_text("168/88")
    expect(page.locator(".timeline")).to_contain_text("Typing slip")
    expect(page.locator(".tile").first).to_contain_text("138/88")


def test_a_therapist_looks_on_and_writes_nothing(browser, asgi_server, patient, alice, bob, tara):
    session, start = session_at(patient, alice, bob, 5)
    running(bob, session, start)
    tablet = visit(browser, asgi_server, tara, "tablet")
    page = at_bedside(tablet, session)
    expect(page.locator(".phase")).to_contain_text("Infusing")
    expect(page.locator(".row-of-thumbs")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Correct"))).to_have_count(0)
    tablet.check()
