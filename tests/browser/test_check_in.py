"""The check-in in quick answers, what it asks of a prescriber, and touch, at the bedside."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mooring.clinic.tasks.models import Task
from tests.browser.course.bedside import at_bedside, group, tap, thumb
from tests.clinic.sessions.steps import acting, planned, signed_order
from tests.support.browsing import visit


@pytest.fixture
def session(patient, alice, bob):
    """A session planned for now; the patient takes lorazepam."""
    from mooring.clinic.consents.actions import record_touch

    start = timezone.now()
    patient.medications.create(
        text="lorazepam", dose="1 mg at night", status="active", origin="by hand", recorded_at=start
    )
    record_touch(acting(bob), patient=patient, touch="hand_only", agreed="", now=start)
    return planned(signed_order(patient, alice, at=start), bob, at=start)


def checks_in(page: Page) -> None:
    """Six beers, a medicine of the list and food within the hour; nothing typed but amounts."""
    tap(page, "Check-in")
    panel = page.locator("#panel-check_in")
    for chip in panel.locator("[data-identifier]").all()[:2]:
        chip.check()
    group(panel, "Last food").get_by_label("under 1 h").check()
    group(panel, "Last drink").get_by_label("2–4 h").check()
    substances = group(panel, "Substances today")
    substances.get_by_label("None").check()
    substances.get_by_label("Alcohol", exact=True).check()
    expect(substances.get_by_label("None")).not_to_be_checked()
    panel.get_by_label("Alcohol: how much").fill("6 beers")
    group(panel, "Medicines taken today").get_by_label("lorazepam", exact=True).check()
    expect(panel.get_by_label("lorazepam: how much")).to_have_value("1 mg at night")
    panel.get_by_label("Goes home with").fill("her sister Jo")
    tap(page, "Save the check-in")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_answers_hold_the_start_until_a_prescriber_weighs_them(
    browser, asgi_server, session, alice, bob
):
    path = f"/sessions/{session.pk}/"
    tablet = visit(browser, asgi_server, bob, "tablet")
    page = at_bedside(tablet, path)
    tablet.check()
    checks_in(page)
    before = page.locator(".before")
    expect(before).to_contain_text("Taken today: alcohol: 6 beers")
    expect(before).to_contain_text("Taken today: lorazepam 1 mg at night")
    expect(before).to_contain_text("Food: 6 h without it are needed before the start")
    expect(before).to_contain_text("or a prescriber decides")
    expect(before.get_by_role("button", name=re.compile("Weigh"))).to_have_count(0)
    tablet.check()
    tap(page, "Check-in")
    panel = page.locator("#panel-check_in")
    expect(panel.get_by_label("Alcohol: how much")).to_have_value("6 beers")
    expect(group(panel, "Last food").get_by_label("under 1 h")).to_be_checked()
    tablet.check()
    tap(page.locator("dialog[open]"), "Close")

    desk = visit(browser, asgi_server, alice)
    prescriber = at_bedside(desk, path)
    tap(prescriber, "Weigh all together")
    weigh = prescriber.locator("#panel-weigh")
    expect(weigh).to_contain_text("6 beers")
    weigh.get_by_label("Reason").fill("Sober on examination; breath test 0.")
    desk.check()
    weigh.get_by_role("button", name="Go on").click()
    expect(before).to_contain_text("Weighed: Taken today: alcohol: 6 beers")
    expect(before).to_contain_text("Sober on examination")
    expect(before).not_to_contain_text("or a prescriber decides")


def test_a_hand_is_asked_about_before_it_is_charted_against_a_no(
    browser, asgi_server, session, bob
):
    phone = visit(browser, asgi_server, bob, "phone")
    page = at_bedside(phone, f"/sessions/{session.pk}/")
    head = page.locator("#stands")
    expect(head).to_contain_text("hand only")
    phone.check()
    tap(head, "Change the answer about touch")
    page.locator("#panel-touch").get_by_role("button", name="No touch").click()
    expect(head).to_contain_text("no touch")

    thumb(page, "Note")
    tap(page.locator("#panel-note"), "Something done")
    panel = page.locator("#panel-intervention")
    panel.get_by_role("button", name="Hand holding").click()
    expect(panel).to_contain_text("The patient said no to touch.")
    assert not Task.objects.exists()
    phone.check()
    tap(panel, "It was done: chart it")
    expect(page.locator(".timeline")).to_contain_text("the patient said no to touch")
    assert Task.objects.filter(kind="touch_review").count() == 1
