"""What the prescriber does at a desk."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.support.browsing import Visit


@dataclass(frozen=True)
class Typed:
    """An order as it is typed."""

    dose: str
    minutes: str
    line: str = "10"


def reads_claim_by_keyboard(desk: Visit, finding: str, claim: str) -> None:
    """Tab to a chip, open its card, close it; the focus is where it was."""
    page = desk.page
    chip = page.locator(".lines > li", has_text=finding).get_by_role("link", name=claim)
    chip.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    expect(card.get_by_role("heading", level=2)).to_be_focused()
    desk.check()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(chip).to_be_focused()


def reads_the_other_side(desk: Visit, finding: str) -> None:
    """Open, by keyboard, what speaks against a finding."""
    line = desk.page.locator(".lines > li", has_text=finding)
    line.get_by_text("The other side").focus()
    desk.page.keyboard.press("Enter")
    expect(line.get_by_text("Checked outside")).to_be_visible()
    desk.check()


def decides(desk: Visit, decision: str, reason: str) -> None:
    """Sign the decision at the foot of the screening page."""
    page = desk.page
    box = page.locator("#decision")
    box.get_by_label(decision, exact=True).check()
    box.get_by_label("Reason").fill(reason)
    box.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_text("The decision is signed.")).to_be_visible()
    desk.check()


def starts_course(desk: Visit, patient_page: str, indication: str, model: str, why: str) -> Page:
    """From the chart; no model of care is chosen beforehand."""
    page = desk.go(patient_page)
    page.get_by_role("link", name="Start a course").click()
    models = page.get_by_role("group", name="Model of care")
    for choice in models.get_by_role("radio").all():
        expect(choice).not_to_be_checked()
    desk.check()
    page.get_by_label(indication, exact=True).check()
    models.get_by_label(model, exact=True).check()
    page.get_by_label("Why this model, for this patient").fill(why)
    page.get_by_label("Infusion series with therapy").check()
    page.get_by_role("button", name="Start the course").click()
    expect(page.get_by_role("heading", name="Write an order", exact=True)).to_be_visible()
    page.get_by_role("link", name="Course", exact=True).click()
    expect(page.get_by_role("heading", name="Against the plan")).to_be_visible()
    desk.check()
    return page


def types_order(desk: Visit, order: Typed) -> None:
    """From the course page: an order by body weight."""
    page = desk.page
    page.get_by_role("link", name="Write an order").first.click()
    page.get_by_label("Dose", exact=True).fill(order.dose)
    page.get_by_label("mg/kg, by body weight").check()
    page.get_by_label("Over how many minutes").fill(order.minutes)
    page.get_by_label("Concentration in the line").fill(order.line)
    expect(page.locator("#preview")).to_contain_text(f"over {order.minutes} minutes")
    desk.check()


def signs_order(desk: Visit) -> None:
    """Sign what is read back."""
    desk.page.get_by_role("button", name="Sign the order").click()
    expect(desk.page.get_by_role("heading", name="Signed order")).to_be_visible()
    desk.check()


def withdraws_order(desk: Visit, reason: str) -> None:
    """From the signed order: take it back, and return to the course."""
    page = desk.page
    page.get_by_role("link", name="Withdraw").click()
    desk.check()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Withdraw the order").click()
    expect(page.get_by_text("not to be given")).to_be_visible()
    desk.check()
    page.get_by_role("link", name="Back to the course").click()
    desk.check()


def closes_task(desk: Visit, title: str, outcome: str) -> None:
    """From Today: the call that stands first of all."""
    page = desk.go("/today/")
    mine = page.get_by_role("region", name="First of all")
    expect(mine.get_by_role("link", name=title)).to_be_visible()
    desk.check()
    mine.get_by_role("link", name=title).click()
    desk.check()
    page.get_by_label("What was done").fill(outcome)
    page.get_by_role("button", name="Close the task").click()
    expect(page.get_by_text(outcome)).to_be_visible()
    desk.check()
