"""What happens at the bedside, on a tablet: two taps and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

from tests.support.browsing import Visit


def at_bedside(device: Visit, path: str) -> Page:
    """The session's page, once it has heard from the server."""
    page = device.go(path)
    expect(page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    return page


def tap(page: Page | Locator, name: str) -> None:
    """Tap the one button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def thumb(page: Page, name: str) -> None:
    """Tap in the thumb row."""
    page.locator(".row-of-thumbs").get_by_role("button", name=name, exact=True).click()


@contextmanager
def one_more_line(page: Page) -> Iterator[None]:
    """What is entered within the block is saved, and stands in the timeline of the page."""
    lines = ".timeline li.line"
    # The timeline keeps the newest lines only, so their number says nothing.
    known = [f":not(#{line.get_attribute('id')})" for line in page.locator(lines).all()]
    yield
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(lines + "".join(known))).to_have_count(1)
    expect(page.locator("#waiting li")).to_have_count(0)


def keys_in(page: Page, digits: str) -> None:
    """Digits on the page's own pad; the fields hand on by themselves."""
    for digit in digits:
        page.locator("#panel-reading .keys").get_by_role("button", name=digit, exact=True).click()


def checks_in(tablet: Visit) -> None:
    """Ask everything there is to ask."""
    page = tablet.page
    tap(page, "Check-in")
    answers_check_in(page.locator("#panel-check_in"))
    tablet.check()
    with one_more_line(page):
        tap(page, "Save the check-in")


def answers_check_in(panel: Locator) -> None:
    """Chips for everything, and one medicine in words."""
    for chip in panel.locator("[data-identifier]").all()[:2]:
        chip.check()
    group(panel, "Last food").get_by_label("more than 8 h").check()
    group(panel, "Last drink").get_by_label("2–4 h").check()
    group(panel, "Substances today").get_by_label("None").check()
    panel.get_by_label("Others, as told").fill("fluoxetine at 07:00")
    panel.get_by_label("Goes home with").fill("his brother Ned")
    panel.get_by_label("Their telephone").fill("555-0142")


def group(panel: Locator, name: str) -> Locator:
    """One question of a panel, by the beginning of its legend."""
    return panel.get_by_role("group", name=name)


def seated_reading(tablet: Visit, digits: str) -> None:
    """Pressure, heart rate, oxygen and breathing at once, seated, on room air."""
    page = tablet.page
    tap(page, "Seated reading")
    keys_in(page, digits)
    panel = page.locator("#panel-reading")
    expect(panel.get_by_label("Seated")).to_be_checked()
    panel.get_by_label("Room air").check()
    with one_more_line(page):
        tap(page, "Save the reading")


def reading(tablet: Visit, digits: str, *, room_air: bool = False) -> None:
    """A reading from the thumb row."""
    page = tablet.page
    thumb(page, "Reading")
    keys_in(page, digits)
    if room_air:
        page.locator("#panel-reading").get_by_label("Room air").check()
    with one_more_line(page):
        tap(page, "Save the reading")


def starts_pump(tablet: Visit, drawn_up: str) -> None:
    """Start, with what is read from the syringe."""
    page = tablet.page
    page.locator(".before").get_by_role("button", name="Start the infusion").click()
    page.locator("#panel-start").get_by_label("Drawn up").fill(drawn_up)
    tablet.check()
    with one_more_line(page):
        tap(page, "Start the pump now")
    expect(page.locator(".phase")).to_contain_text("Infusing")


def sedation(tablet: Visit, words: str) -> None:
    """Score how the patient answers."""
    page = tablet.page
    thumb(page, "Note")
    page.locator("#panel-note").get_by_role("button", name="Sedation (MOAA/S)").click()
    with one_more_line(page):
        page.locator("#panel-sedation").get_by_role("button", name=words).click()


def scores_padss(tablet: Visit) -> None:
    """The best grade of each of the five items, from the line that asks for it."""
    page = tablet.page
    page.locator(".leaving").get_by_role("button", name=re.compile("PADSS")).first.click()
    panel = page.locator("#panel-padss")
    for group in panel.get_by_role("group").all():
        group.get_by_role("radio").last.check()
    with one_more_line(page):
        tap(page, "Save the score")


def finds_met(tablet: Visit, criterion: re.Pattern[str]) -> None:
    """Answer one criterion from its own line in the list of what is open."""
    page = tablet.page
    line = page.locator(".leaving li", has_text=criterion)
    line.get_by_role("button").click()
    asked = page.locator("#panel-ideation")
    with one_more_line(page):
        if asked.is_visible():
            asked.get_by_text("No suicidal thoughts").click()
            asked.get_by_role("button", name="Keep the answer").click()
        else:
            met = page.locator("#panel-readiness").get_by_role("button", name="Met", exact=True)
            met.click()
