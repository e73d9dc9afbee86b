"""What the therapist does between sessions."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import Page, expect

from tests.browser.course.nurse import local
from tests.support.browsing import Visit


def records_preparation(device: Visit, patient_page: str, at: datetime, intention: str) -> Page:
    """From the chart over the course: a visit that was held, with intention and touch."""
    page = device.go(patient_page)
    page.get_by_role("link", name="Course", exact=True).click()
    page.get_by_role("link", name="Record a visit").click()
    device.check()
    page.get_by_label("Preparation", exact=True).check()
    page.get_by_label("When it was held").fill(local(at))
    page.get_by_label("Summary").fill("Talked through the day and what to bring.")
    page.get_by_label("Intention").fill(intention)
    page.get_by_label("Touch, in the patient's own words").fill("A hand on the shoulder is fine")
    page.get_by_role("button", name="Keep the visit").click()
    expect(page.get_by_role("heading", name="Therapy visits")).to_be_visible()
    device.check()
    return page
