"""Long forms: a refusal comes into view, and what was typed survives leaving the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from mooring.clinic.people.models import Patient
from tests.browser.test_session_bedside import at_bedside, session_at
from tests.support.browsing import visit

NEW = "/patients/new/"
AGAIN = "is here again. It is not saved yet."


@pytest.fixture
def nurse(browser, asgi_server, bob):
    """Bob, on a phone."""
    return visit(browser, asgi_server, bob, "phone")


def drafts(page):
    return page.evaluate("Object.keys(sessionStorage).filter((k) => k.startsWith('mooring-draft'))")


def test_a_refusal_comes_into_view_and_has_the_focus(nurse):
    page = nurse.go(NEW)
    page.get_by_label("Family name").fill("Harper")
    page.get_by_role("button", name="Open the chart").click()
    message = page.get_by_role("alert").filter(has_text="Not saved yet")
    expect(message).to_be_in_viewport()
    expect(message).to_be_focused()
    nurse.check()


def test_what_was_typed_is_there_again_until_it_is_saved(nurse):
    page = nurse.go(NEW)
    page.get_by_label("Family name").fill("Harper")
    nurse.go("/patients/")
    nurse.go(NEW)
    expect(page.get_by_label("Family name")).to_have_value("Harper")
    expect(page.locator("main")).to_contain_text(AGAIN)
    nurse.check()
    page.get_by_role("button", name="Open the chart").click()
    expect(page.get_by_role("alert").filter(has_text="Not saved yet")).to_be_visible()
    nurse.go(NEW)
    expect(page.get_by_label("Family name")).to_have_value("Harper")
    fill_in(page)
    page.get_by_role("button", name="Open the chart").click()
    page.wait_for_url("**/screening/*-*/interview/")
    assert Patient.objects.filter(family_name="Harper").count() == 1
    assert drafts(page) == []
    nurse.go(NEW)
    expect(page.get_by_label("Family name")).to_have_value("")


def fill_in(page):
    page.get_by_label("Given name").fill("Alex")
    page.get_by_label("Record number").fill("H-0099")
    page.get_by_label("Date of birth").fill("1990-05-04")
    page.get_by_label("Female").check()


def test_beginning_anew_forgets_it(nurse):
    page = nurse.go(NEW)
    page.get_by_label("Family name").fill("Harper")
    nurse.go(NEW)
    page.get_by_role("button", name="Begin anew").click()
    expect(page.get_by_label("Family name")).to_have_value("")
    assert drafts(page) == []


def test_signing_out_forgets_it(nurse):
    page = nurse.go(NEW)
    page.get_by_label("Family name").fill("Harper")
    assert len(drafts(page)) == 1
    nurse.go("/sign-in/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert drafts(page) == []


def test_another_person_on_this_device_finds_nothing(nurse, browser, asgi_server, alice):
    page = nurse.go(NEW)
    page.get_by_label("Family name").fill("Harper")
    other = visit(browser, asgi_server, alice, "phone")
    cookie = next(c for c in other.page.context.cookies() if c["name"] == "sessionid")
    page.context.add_cookies([cookie])
    nurse.go(NEW)
    expect(page.get_by_label("Family name")).to_have_value("")
    assert drafts(page) == []


def test_a_check_in_that_was_closed_keeps_its_answers(nurse, patient, alice, bob):
    session, _ = session_at(patient, alice, bob)
    page = at_bedside(nurse, session)
    open_check_in = page.get_by_role("button", name="Check-in", exact=True)
    open_check_in.click()
    panel = page.locator("#panel-check_in")
    panel.locator("[name=escort_name]").fill("her sister Jo")
    panel.get_by_role("button", name="Close").click()
    page.reload()
    open_check_in.click()
    expect(panel.locator("[name=escort_name]")).to_have_value("her sister Jo")
