"""A passkey in a real browser: added once, then enough to sign in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mooring.clinic.accounts.clinic import forget
from tests.support.cast import PASSWORD


@pytest.fixture
def with_authenticator(page: Page) -> Page:
    """A browser with a fingerprint reader that always says yes."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_nurse_adds_a_passkey_and_signs_in_with_it(
    with_authenticator, asgi_server, clinic_row, bob
):
    clinic_row.demonstration = False
    clinic_row.save()
    forget()
    page = with_authenticator
    page.goto(f"{asgi_server}/today/")
    page.get_by_label("Username").fill("bob")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="How you sign in")).to_be_visible()

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What you call it").fill("the ward's tablet")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{asgi_server}/today/")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{asgi_server}/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
