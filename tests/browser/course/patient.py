"""What the patient does, on a phone that nobody is signed in on."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import SIZES, Visit, calm, note

WORDS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


def holds_phone(browser: Browser, address: str) -> Visit:
    """A phone with a touch screen and without an account."""
    width, height = SIZES["phone"]
    context = calm(
        browser, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True
    )
    phone = Visit(context.new_page(), address)
    phone.page.on("console", lambda message: note(phone, message))
    phone.page.on("pageerror", lambda error: phone.problems.append(str(error)))
    return phone


def begins(phone: Visit, link: str) -> Page:
    """Open the personal link and start."""
    phone.page.goto(link)
    phone.check()
    phone.page.get_by_role("button", name="Start").tap()
    return phone.page


def answers(phone: Visit, values: Sequence[int]) -> float:
    """One tap a question; the seconds it took, without this test's own looking at the page."""
    page, seconds = phone.page, 0.0
    for number, value in enumerate(values, 1):
        expect(page).to_have_title(re.compile(f"Question {number} of {len(values)}"))
        phone.check()
        begun = time.monotonic()
        page.get_by_role("button", name=WORDS[value], exact=True).tap()
        expect(page).not_to_have_title(re.compile(f"Question {number} of"))
        seconds += time.monotonic() - begun
    return seconds


def sends(phone: Visit, thanks: str) -> None:
    """Look over, send, and read what comes back."""
    phone.check()
    phone.page.get_by_role("button", name="Send my answers").tap()
    expect(phone.page.get_by_role("heading", name=thanks)).to_be_visible()
    phone.check()
