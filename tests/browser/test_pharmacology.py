"""A nurse asks the models about a dose at a desk, on a tablet and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SIZES, visit


@pytest.mark.parametrize("size", SIZES)
def test_the_models_are_asked_and_read_on_every_screen(browser, asgi_server, bob, size):
    desk = visit(browser, asgi_server, bob, size)
    page = desk.go("/pharmacology/what-if/")
    expect(page.locator(".panel.model")).to_have_count(5)
    expect(page.get_by_text("Simulation for education, not dosing advice.")).to_be_visible()
    desk.check()
    page.get_by_label("Route").select_option("nasal_device")
    page.get_by_label("Drug").select_option("esketamine")
    expect(page.locator(".panel.model")).to_have_count(1)
    expect(page.locator("[name=number]")).to_be_visible()
    expect(page.locator("[name=dose]")).to_be_hidden()
    page.get_by_text("The same in numbers").click()
    expect(page.get_by_role("table", name="Model A")).to_be_visible()
    desk.check()
    desk.go("/pharmacology/fit/")
    expect(page.get_by_text("Simulation for education, not dosing advice.")).to_be_visible()
    page.get_by_role("link", name="Oral", exact=True).click()
    page.locator("[aria-labelledby=T13] summary").click()
    expect(page.get_by_role("link", name="Perez-Ruixo 2021").last).to_be_visible()
    expect(page.get_by_role("heading", name="The models", exact=True)).to_be_visible()
    desk.check()
