"""A nurse reads what is due, writes a finding down, and the prescriber reviews it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browsing import SIZES, visit


def test_a_finding_is_written_down_and_reviewed(browser, asgi_server, alice, bob, patient):
    desk = visit(browser, asgi_server, bob)
    page = desk.go(f"/patients/{patient.id}/")
    page.get_by_role("link", name="Exposure and watch").click()
    page.get_by_role("link", name="Write down liver tests").click()
    page.get_by_label("Something found").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say what was found.", exact=True)).to_be_visible()
    desk.check_refused()
    page.get_by_label("Value or finding, in words").fill("ALT 220 U/L")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("ALT 220 U/L. A prescriber looks at it")).to_be_visible()
    for size in ("desk", "tablet", "phone"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        desk.check()
    prescriber = visit(browser, asgi_server, alice)
    reviewing = prescriber.go(f"/patients/{patient.id}/exposure/")
    reviewing.get_by_role("link", name="Review this finding").click()
    reviewing.get_by_label("What was decided").fill("Repeat in a week, no dose until then.")
    reviewing.get_by_role("button", name="Save").click()
    expect(reviewing.get_by_role("link", name="Review this finding")).to_have_count(0)
    prescriber.check()
