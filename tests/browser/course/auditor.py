"""What the auditor does."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.browsing import Visit


def looks_up(device: Visit, record_number: str, action: str) -> Page:
    """All rows of one record in which this was done."""
    page = device.go("/audit/")
    device.check()
    page.get_by_label("Record number").fill(record_number)
    page.get_by_label("Action").fill(action)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    device.check()
    return page


def verifies(device: Visit) -> Page:
    """Walk the whole chain."""
    page = device.go("/audit/")
    page.get_by_role("button", name="Verify now").click()
    device.check()
    return page
