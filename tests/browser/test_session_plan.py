"""A nurse plans beside another session, moves one, and opens the older entries at the bedside."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.clinic.sessions.steps import planned, running, signed_order, wrote
from tests.support.browsing import visit
from tests.support.cast import patient_record


@pytest.fixture
def tablet(browser, asgi_server, bob):
    """Bob's tablet."""
    return visit(browser, asgi_server, bob, "tablet")


def shot(page: Page, name: str) -> None:
    """A picture for whoever asks for one."""
    folder = os.environ.get("MOORING_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.django_db(transaction=True)
def test_a_clash_is_asked_about_a_session_moved_and_the_whole_log_opened(
    tablet, patient, alice, bob
):
    now = timezone.now()
    first = planned(signed_order(patient, alice, at=now), bob, at=now - timedelta(minutes=30))
    running(bob, first, now - timedelta(minutes=30))
    other = signed_order(patient_record("Reed", "Sam"), alice, at=now)

    page = tablet.go(f"/sessions/new/{other.course_id}/")
    page.get_by_label("When").fill(timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Room").fill("Room 2")
    page.get_by_label("Who sits with the patient").select_option(label="B. Okafor")
    shot(page, "plan")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.get_by_text("Room 2 is taken then")).to_be_visible()
    shot(page, "clash")
    tablet.check_refused()
    page.get_by_label("Why it is planned so all the same").fill("One bed is free there")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.get_by_text("Changes of the plan: 2")).to_be_visible()

    page = tablet.go("/sessions/")
    shot(page, "list")
    tablet.check()
    page.get_by_role("link", name="Move the session of").click()
    page.get_by_label("Room").fill("Room 5")
    page.get_by_label("Who sits with the patient").select_option(label="A. Lindqvist")
    page.get_by_label("Why it is moved").fill("A room of his own")
    shot(page, "move")
    tablet.check()
    page.get_by_role("button", name="Move the session").click()
    expect(page.get_by_text("Changes of the plan: 3")).to_be_visible()
    expect(page.locator("header.who").get_by_text("Room 5")).to_be_visible()

    for number in range(1, 21):
        at = now - timedelta(minutes=25) + timedelta(minutes=number)
        wrote(bob, first, at, {"kind": "note", "text": f"Note {number:03}"})
    page = tablet.go(f"/sessions/{first.pk}/")
    expect(page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    expect(page.get_by_text("Note 020")).to_be_visible()
    expect(page.get_by_text("Note 001")).to_have_count(0)
    page.get_by_text(re.compile(r"\d+ older entries")).click()
    expect(page.get_by_text("Note 001")).to_be_visible()
    shot(page, "older")
    tablet.check()
