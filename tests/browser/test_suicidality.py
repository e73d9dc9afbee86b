"""From an answer on a phone to a tier that takes effect, through the screens of each person."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.measures.actions import assign
from tests.clinic.courses.steps import acting, decided, started, weighed
from tests.support.browsing import SIZES, calm, visit

PICTURES = os.environ.get("MOORING_PICTURES", "")


def picture(page, name):
    """Keep a picture where somebody asked for them."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.fixture
def asked(asgi_server, patient, alice, bob):
    """Pat in a course, with a telephone, and a scale that is open now."""
    now = timezone.now()
    patient.phone, patient.emergency_contact = "555 0142", "Sam Marsh, brother, 555 0143"
    patient.save()
    decided(patient, alice, at=now - timedelta(days=2))
    weighed(patient, at=now - timedelta(days=2))
    course = started(patient, alice, now=now - timedelta(days=1))
    return assign(
        acting(alice), patient=patient, measure="phq9", occasion="weekly", due_at=now,
        expires_at=now + timedelta(days=3), course=course, now=now,
    )  # fmt: skip


def test_an_answer_on_the_phone_reaches_people_and_its_tier_takes_effect(
    browser, asgi_server, asked, patient, alice, bob, tara
):
    phone = calm(browser, viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"{asgi_server}/scales/a/{asked.token}/")
    phone.get_by_role("button", name="Start").click()
    for _ in range(8):
        phone.get_by_role("button", name="Not at all").click()
    phone.get_by_role("button", name="I would rather not say").click()
    expect(phone.get_by_role("heading", name="You can call now")).to_be_visible()
    expect(phone.get_by_text("A task is open for A. Lindqvist")).to_be_visible()
    picture(phone, "phone-check")

    nurse = visit(browser, asgi_server, bob, "tablet")
    page = nurse.go("/today/")
    first = page.get_by_role("region", name="First of all")
    expect(first.get_by_role("link", name="555 0142")).to_be_visible()
    nurse.check()
    picture(page, "today-tablet")
    first.get_by_role("link", name="Question about self-harm declined").click()
    expect(page.get_by_text("Sam Marsh, brother")).to_be_visible()
    expect(page.get_by_text("declined on purpose").first).to_be_visible()
    page.get_by_label("Give it to").select_option(label="B. Okafor")
    page.get_by_label("Why it goes to somebody else").fill("I reach her now.")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("A. Lindqvist to B. Okafor")).to_be_visible()
    nurse.check()
    picture(page, "task-tablet")
    page.get_by_role("link", name="Enter the tier").click()
    page.get_by_role("radio", name="High").check()
    page.get_by_label("What it rests on").fill("A plan for tonight; her brother is with her.")
    page.get_by_role("button", name="Enter the tier").click()
    expect(page.get_by_text("A prescriber decides about the start")).to_be_visible()
    nurse.check()
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        nurse.check()
        picture(page, f"suicidality-{size}")
    page.emulate_media(color_scheme="dark")
    picture(page, "suicidality-dark")

    own = visit(browser, asgi_server, patient.account, "phone")
    page = own.go("/scales/mine/")
    expect(page.get_by_role("heading", name="You can call now")).to_be_visible()
    own.check()
    picture(page, "own-chart")
    page = own.go("/handbook/")
    expect(page.get_by_role("heading", name="Help in a crisis")).to_be_visible()
    own.check()
    picture(page, "handbook-phone")
