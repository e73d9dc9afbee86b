"""The handbook in a real browser: read, followed from a number to its source, printed."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.support.behind import save_behind
from tests.support.browsing import SIZES, calm, visit

PAGES = (
    "/handbook/",
    "/handbook/policies/screening/iv_ketamine/",
    "/handbook/policies/stopping/emory_s2/",
    "/handbook/policies/leaving/iv_recovery/",
    "/handbook/policies/bounds/iv_racemic/",
    "/handbook/claims/S4.55/",
    "/handbook/disagreements/D19/",
    "/handbook/search/?q=blod+presure",
    "/handbook/sources/emory-2018/",
)
STOPPING = "/handbook/policies/stopping/emory_s2/"


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_page_is_in_order_at_every_size(browser, asgi_server, bob, size):
    reader = visit(browser, asgi_server, bob, size)
    for path in PAGES:
        reader.go(path)
        reader.check()


def test_folded_parts_are_in_order_too(browser, asgi_server, bob):
    reader = visit(browser, asgi_server, bob, "phone")
    page = reader.go("/handbook/policies/screening/iv_ketamine/")
    page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
    expect(page.get_by_text("Breastfeeding in the record blocks")).to_be_visible()
    reader.check()


def test_a_chip_shows_its_claim_over_the_page(browser, asgi_server, bob):
    reader = visit(browser, asgi_server, bob)
    page = reader.go(STOPPING)
    chip = page.locator(".rule .chip", has_text="S2.44").first
    chip.click()
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("Only this source says it")
    expect(card).to_contain_text("Correction E15")
    expect(card.get_by_role("heading").first).to_be_focused()
    assert page.url.endswith(STOPPING)
    reader.check()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(chip).to_be_focused()


def test_a_contested_number_leads_to_all_of_its_sides(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/handbook/read/efficacy/")
    page.locator("a", has_text="Sources disagree: D26").first.click()
    sides = page.locator(".sides > div")
    expect(sides.filter(has_text="71 %")).to_have_count(1)
    expect(sides.filter(has_text="Checked outside")).to_contain_text("masked by anaesthesia")
    expect(page.get_by_role("heading", name="What Mooring does")).to_be_visible()


def test_a_mistyped_word_finds_the_passage(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob, "phone").go("/handbook/")
    page.get_by_role("searchbox").fill("blod presure")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("shown is blood")
    page.get_by_role("link", name="Blood pressure", exact=True).first.click()
    expect(page.get_by_role("heading", name="Blood pressure")).to_be_in_viewport()


def test_a_chip_is_opened_and_closed_by_keyboard_alone(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go(STOPPING)
    chip = page.locator(".page-head .chip", has_text="S2.46")
    chip.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    card.get_by_role("button", name="Close").focus()
    page.keyboard.press("Enter")
    expect(card).to_be_hidden()
    expect(chip).to_be_focused()


def test_chips_within_the_card_lead_on_and_the_focus_comes_back_to_the_first(
    browser, asgi_server, bob
):
    page = visit(browser, asgi_server, bob).go(STOPPING)
    chip = page.locator(".page-head .chip", has_text="S2.44")
    chip.click()
    card = page.get_by_role("dialog")
    card.locator(".chip", has_text="Emory 2018 none stopped").first.click()
    expect(card).to_contain_text("Claim emory-2018.none-stopped")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()


def test_the_page_below_the_card_stays_in_reach(browser, asgi_server, bob):
    """At a bedside the card must not stand between a nurse and the pause button."""
    page = visit(browser, asgi_server, bob, "tablet").go(STOPPING)
    page.locator(".page-head .chip").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    box = page.get_by_role("dialog").bounding_box()
    assert box["y"] >= 1180 * 0.4
    page.get_by_role("link", name="Cases 17").click()
    assert page.url.endswith("#cases")


def test_without_a_connection_the_card_says_so_and_the_page_stays(browser, asgi_server, bob):
    reader = visit(browser, asgi_server, bob)
    page = reader.go(STOPPING)
    page.context.set_offline(True)
    page.locator(".page-head .chip").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("cannot be fetched just now")
    assert page.url.endswith(STOPPING)


def test_a_locked_screen_shows_no_card(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go(STOPPING)
    page.request.post(
        asgi_server + "/lock/",
        headers={"X-CSRFToken": csrf_token(page), "X-Mooring-Background": "1"},
    )
    page.locator(".page-head .chip").first.click()
    expect(page.get_by_role("heading", name="This screen is locked")).to_be_visible()


def csrf_token(page) -> str:
    """The token as the page itself sends it."""
    return re.search(r"[\w]{64}", page.locator("body").get_attribute("hx-headers"))[0]


def test_a_chip_opened_in_a_new_tab_is_a_whole_page(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go(STOPPING)
    with page.context.expect_page() as opened:
        page.locator(".page-head .chip").first.click(modifiers=["Control"])
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_without_javascript_a_chip_is_a_link_and_back_comes_back(browser, asgi_server, bob):
    known = visit(browser, asgi_server, bob).page.context.storage_state()
    page = calm(browser, java_script_enabled=False, storage_state=known).new_page()
    page.goto(asgi_server + STOPPING)
    page.locator(".page-head .chip", has_text="S2.44").click()
    expect(page.get_by_role("heading", name="What stands behind it")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emory")


def test_what_makes_a_rule_speak_leads_to_the_question(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/handbook/policies/screening/iv_ketamine/")
    page.get_by_role("link", name="Is the patient pregnant? Answered “Yes”").first.click()
    expect(page.locator("#question-pregnancy")).to_be_in_viewport()


def test_a_list_that_is_folded_opens_for_whom_a_rule_sends_there(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/handbook/policies/screening/iv_ketamine/")
    page.get_by_role("link", name="Medicine in the record: Opioids").first.click()
    expect(page.locator("#set-opioids")).to_be_in_viewport()
    expect(page.locator("#set-opioids")).to_contain_text("oxycodone")


def test_print_shows_what_is_folded_and_no_navigation(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/handbook/policies/screening/iv_ketamine/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("Breastfeeding in the record blocks")).to_be_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_at_the_bedside_the_card_covers_neither_banner_nor_thumbs(
    browser, asgi_server, patient, alice, bob
):
    from tests.support.clinical import session_for

    session = session_for(patient, alice, timezone.now())
    session.stopping, session.starting = ["emory_s2"], "iv_start"
    session.monitoring, session.leaving = "emory_q10", "iv_recovery"
    save_behind(session)
    nurse = visit(browser, asgi_server, bob, "tablet")
    page = nurse.go(f"/sessions/{session.pk}/")
    page.locator(".sources > summary").first.click()
    page.locator("a[data-card]:visible").first.click()
    card = page.locator(".card-sheet")
    expect(card.locator("#card-title")).to_be_focused()
    sheet, thumbs = card.bounding_box(), page.locator(".thumbs").bounding_box()
    assert sheet["y"] >= 1180 * 0.3
    assert sheet["y"] + sheet["height"] <= thumbs["y"]
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
