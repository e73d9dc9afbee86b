"""Absolute limits at the bedside: one banner a fact, one touch, and an arrest as a reading."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.clinic.sessions.steps import planned, running, signed_order
from tests.support.browsing import visit


@pytest.fixture
def page(browser, asgi_server, patient, alice, bob) -> Page:
    """Bob's tablet at an infusion that runs since ten minutes, on a baseline of 120/78."""
    start = timezone.now() - timedelta(minutes=10)
    session = planned(signed_order(patient, alice, at=start), bob, at=start)
    running(bob, session, start)
    opened = visit(browser, asgi_server, bob, "tablet").go(f"/sessions/{session.pk}/")
    expect(opened.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    return opened


def enter(page: Page, **values: str) -> None:
    """A reading of these fields."""
    bar = page.locator(".row-of-thumbs")
    bar.get_by_role("button", name="Reading", exact=True).first.click()
    for name, value in values.items():
        page.locator(f"#panel-reading [name={name}]").fill(value)
    page.get_by_role("button", name="Save the reading", exact=True).click()


def test_one_reading_is_one_banner_and_one_touch(page):
    enter(page, systolic="200", diastolic="130")
    banner = page.locator(".alerts .banner")
    expect(banner).to_have_count(1)
    expect(banner).to_contain_text("200/130 is +80/+52 over baseline 120/78")
    expect(banner).to_contain_text("Very high blood pressure")
    expect(banner).to_contain_text("High blood pressure: prescriber")
    banner.get_by_role("button", name="Seen").click()
    expect(banner).to_contain_text("seen by B. Okafor")


def test_an_arrest_is_a_reading(page):
    enter(page, heart_rate="0", respiratory_rate="0")
    expect(page.locator("#undo")).to_contain_text("HR 0 · RR 0")
    banners = page.locator(".alerts .banner.stop")
    expect(banners).to_have_count(2)
    expect(banners.first).to_contain_text("Heart rate 0 /min is below 40 /min")
    expect(banners.last).to_contain_text("Respiratory rate 0 /min is below 8 /min")
    expect(page.locator(".tile", has_text="HR")).to_contain_text("0")
