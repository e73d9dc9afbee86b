"""Whatever calls or is missing, the newest numbers and the worst banner need no scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.bedside_states import Bedside
from tests.browser.test_session_bedside import at_bedside, keyed, tap, thumb
from tests.support.browsing import SIZES, visit

NUMBERS = ("blood_pressure", "heart_rate", "spo2", "respiratory_rate")


@pytest.fixture
def bedside(asgi_server, patient, alice, bob):
    """Pat's sessions, with Alice's order and Bob at the bedside."""
    return Bedside(patient, alice, bob)


def place(part: Locator) -> dict[str, float]:
    """Where it is on the screen; asked again where the page was just about to draw it anew."""
    for _ in range(50):
        box = part.bounding_box()
        if box is not None:
            return box
        part.page.wait_for_timeout(100)
    raise AssertionError(f"{part} is not shown")


def in_sight(page: Page, *parts: Locator) -> None:
    """Each part lies on the screen, above the thumbs."""
    floor, width = place(page.locator(".thumbs"))["y"], page.viewport_size["width"]
    for part in parts:
        box = place(part)
        assert box["y"] >= 0, (part, box)
        assert box["y"] + box["height"] <= floor, (part, box, floor)
        assert box["x"] >= 0, (part, box)
        assert box["x"] + box["width"] <= width, (part, box)


def numbers(page: Page) -> list[Locator]:
    """Pressure, heart rate, SpO2, breathing, and what runs since when with how much given."""
    return [*(page.locator(f'.tile[data-check="{check}"]') for check in NUMBERS),
            page.locator(".phase")]  # fmt: skip


def to_the_end(page: Page) -> None:
    """Down to the foot of the page."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("scrollY") > 0


@pytest.mark.parametrize("size", SIZES)
def test_with_seven_banners_and_a_hold(browser, asgi_server, bedside, bob, size):
    session = bedside.alarmed()
    bedside.new_in_the_chart()
    visited = visit(browser, asgi_server, bob, size)
    page = at_bedside(visited, session)
    in_sight(page, *numbers(page), page.locator(".alerts .banner").first)
    expect(page.locator(".tile").first).to_contain_text("200/118")
    expect(page.locator(".tile").nth(3)).to_contain_text("9")
    expect(page.locator(".phase")).to_contain_text(re.compile(r"1\d:\d\d of 40:00"))
    expect(page.locator(".phase")).to_contain_text("mg given")
    expect(page.locator(".phase .calling")).to_have_text(
        re.compile(r"■ 4 stop\s*■ 3 call\s*▲ 1 caution")
    )
    levels = page.locator(".alerts .level").all_inner_texts()
    assert levels == ["■ STOP"] * 4 + ["■ CALL"] * 3 + ["▲ CAUTION"]
    for words in (
        "20 mg/min is faster than ordered",
        "200/118 is +80/+40 over baseline 120/78",
        "Chest pain, severe",
        "Heart rate 155 /min is above 150 /min",
        "SpO2 90 % is below 92 %",
        "Respiratory rate 9 /min is below 10 /min",
        "New in the chart since the decision: Psychosis in the history",
    ):
        expect(page.locator(".alerts .says", has_text=words)).to_be_visible()
    visited.check()


@pytest.mark.parametrize("size", SIZES)
def test_with_all_that_is_missing_before_a_start(browser, asgi_server, bedside, bob, size):
    visited = visit(browser, asgi_server, bob, size)
    page = at_bedside(visited, bedside.before())
    head = page.get_by_role("heading", name="Before the start: 6 open")
    in_sight(page, *numbers(page), head)
    visited.check()


@pytest.mark.parametrize("size", SIZES)
def test_with_readings_that_wait_for_the_network(browser, asgi_server, bedside, bob, size):
    session, _ = bedside.quiet()
    page = at_bedside(visit(browser, asgi_server, bob, size), session)
    page.context.set_offline(True)
    for digits in ("170100", "17196"):
        thumb(page, "Reading")
        keyed(page, digits)
        tap(page, "Save the reading")
    expect(page.locator("#alone")).to_contain_text("no rule is checked here")
    in_sight(page, *numbers(page))
    for part in (page.locator("#alone"), page.locator("#waiting li").first):
        box = place(part)
        assert box["y"] + box["height"] <= page.viewport_size["height"]


@pytest.mark.parametrize("size", SIZES)
def test_between_two_doses(browser, asgi_server, bedside, bob, size):
    page = at_bedside(visit(browser, asgi_server, bob, size), bedside.between_doses())
    in_sight(page, *numbers(page))


def test_the_numbers_stay_while_the_page_is_read(browser, asgi_server, bedside, bob):
    """On a tablet all of them; on a phone what runs, and how many alerts stand."""
    session = bedside.alarmed()
    page = at_bedside(visit(browser, asgi_server, bob, "tablet"), session)
    to_the_end(page)
    in_sight(page, *numbers(page))
    page = at_bedside(visit(browser, asgi_server, bob, "phone"), session)
    to_the_end(page)
    in_sight(page, page.locator(".phase"), page.locator(".phase .calling"))
    page.locator(".phase .calling").click()
    in_sight(page, page.locator(".alerts .banner").first)


def test_a_banner_opens_in_place_and_stays_so(browser, asgi_server, bedside, bob):
    """Which rules, which sources; and `Seen` is there without opening anything."""
    session = bedside.alarmed()
    page = at_bedside(visit(browser, asgi_server, bob, "phone"), session)
    banner = page.locator(".alerts .banner", has_text="200/118")
    expect(banner.get_by_text("also STOP · Very high blood pressure")).to_be_hidden()
    expect(banner).to_contain_text("Blood pressure rise, and 2 more rules")
    banner.locator("summary").first.click()
    expect(banner.get_by_text("also STOP · Very high blood pressure")).to_be_visible()
    other = page.locator(".alerts .banner", has_text="Chest pain")
    other.get_by_role("button", name="Seen").click()
    expect(other).to_contain_text("seen by B. Okafor")
    expect(banner.get_by_text("also STOP · Very high blood pressure")).to_be_visible()
