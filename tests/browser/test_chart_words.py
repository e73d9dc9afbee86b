"""The words of a session's chart never stand on each other, at the bedside or on paper."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.bedside_states import Bedside
from tests.browser.test_session_bedside import at_bedside, keyed, tap, thumb
from tests.support.browsing import SIZES, visit

BOXES = """words => words.map(word => {
    const {left, right, top, bottom} = word.getBoundingClientRect();
    const frame = word.closest("#chart, svg").getBoundingClientRect();
    const framed = frame.top <= top && bottom <= frame.bottom;
    return {text: word.textContent.trim(), left, right, top, bottom, framed};
})"""
LIMITS = (
    "systolic 180 or more", "systolic 200 or more", "systolic below 90", "systolic below 80",
    "diastolic 110 or more", "diastolic 115 or more", "diastolic and heart rate below 50",
    "diastolic and heart rate below 40", "heart rate above 150", "heart rate above 170",
    "SpO2 below 92 %", "SpO2 below 88 %",
)  # fmt: skip
TOUCH = 0.5
"""Pixels by which boxes that stand beside each other may meet."""


@pytest.fixture
def bedside(asgi_server, patient, alice, bob):
    """Pat's sessions, with Alice's order and Bob at the bedside."""
    return Bedside(patient, alice, bob)


def collisions(boxes):
    """Each pair of words that stand on each other."""
    return [
        (one["text"], other["text"])
        for one, other in combinations(boxes, 2)
        if one["left"] < other["right"] - TOUCH and other["left"] < one["right"] - TOUCH
        and one["top"] < other["bottom"] - TOUCH and other["top"] < one["bottom"] - TOUCH
    ]  # fmt: skip


def boxes_of(page, selector):
    """Every word of a chart with its place; all of them inside the screen's width."""
    boxes = page.locator(selector).evaluate_all(BOXES)
    width = page.viewport_size["width"]
    assert all(box["left"] >= 0 and box["right"] <= width for box in boxes), boxes
    return boxes


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["every_limit", "arrested", "between_doses"])
def test_no_words_of_the_chart_meet(browser, asgi_server, bedside, bob, state, size):
    session = getattr(bedside, state)()
    visited = visit(browser, asgi_server, bob, size)
    page = at_bedside(visited, session)
    expect(page.locator("#chart .words .stop").first).to_be_visible()
    boxes = boxes_of(page, "#chart .words span")
    assert collisions(boxes) == []
    told = " ".join(box["text"] for box in boxes)
    assert "min" in told
    if state == "every_limit":
        for limit in LIMITS:
            assert limit in told, (limit, told)
    assert all(box["framed"] for box in boxes), boxes
    visited.go(f"/sessions/{session.pk}/record/")
    paper = boxes_of(page, ".session-drawing text")
    assert collisions(paper) == []
    assert all(box["framed"] for box in paper), paper
    visited.check()


def test_a_reading_that_waits_is_drawn_as_waiting(browser, asgi_server, bedside, bob):
    session, _ = bedside.quiet()
    page = at_bedside(visit(browser, asgi_server, bob, "tablet"), session)
    chart, key = page.locator("#chart"), page.locator("#key-waiting")
    expect(chart).to_have_attribute("aria-label", re.compile("Chart of 3 readings"))
    expect(key).to_be_hidden()
    page.context.set_offline(True)
    thumb(page, "Reading")
    keyed(page, "170100")
    tap(page, "Save the reading")
    unchecked = "waiting to be sent · not yet checked against the stop rules"
    expect(key).to_contain_text(unchecked)
    expect(chart).to_have_attribute(
        "aria-label", re.compile(f"1 more, drawn hollow: {re.escape(unchecked)}")
    )
    page.context.set_offline(False)
    expect(key).to_be_hidden()
    expect(chart).to_have_attribute("aria-label", re.compile("Chart of 4 readings"))
