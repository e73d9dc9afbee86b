"""What everyone does: sign in, by the form."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.support.browsing import Visit
from tests.support.cast import PASSWORD


def signs_in_again(device: Visit, username: str, wanted: str) -> None:
    """A page that is wanted asks for the sign-in first, and then opens."""
    page = device.go(wanted)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    device.check()
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(device.address + wanted)
    device.check()
