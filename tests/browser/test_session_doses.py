"""A nurse gives three nasal sprays on a tablet: two go in, the third is left out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Minutes
from tests.browser.test_session_bedside import at_bedside, keyed, tap, thumb
from tests.clinic.sessions.steps import planned, ready_to_start, signed_order
from tests.support.browsing import visit


@pytest.fixture
def session(patient, alice, bob):
    """Everything for the first spray is there."""
    now = timezone.now()
    infusion = signed_order(patient, alice, at=now)
    sprays = NasalSprayOrder(
        product("ketamine_nasal_spray_100"), (Minutes(0), Minutes(10), Minutes(20)), None
    )
    facts = {"findings": {}, "signed_by": alice, "signed_at": now}
    order = Order.objects.create(course=infusion.course, **columns(sprays, None), **facts)
    session = planned(order, bob, at=now)
    ready_to_start(bob, session, now - timedelta(seconds=30))
    return session


def test_from_the_first_spray_to_one_left_out(browser, asgi_server, session, bob):
    tablet = visit(browser, asgi_server, bob, "tablet")
    page = at_bedside(tablet, session)
    doses = page.locator(".doses")
    expect(doses.locator("li")).to_have_count(3)
    expect(doses).to_contain_text("one spray into the left nostril")
    expect(page.get_by_role("button", name="PAUSE")).to_have_count(0)
    tablet.check()

    tap(page, "Give the first dose")
    panel = page.locator("#panel-dose")
    expect(panel).to_contain_text("Dose 1: 10 mg, one spray into the right nostril")
    expect(panel.get_by_label("Given, mg")).to_have_value("10")
    tablet.check()
    tap(page, "Give it now")
    expect(page.locator(".phase")).to_contain_text("Dosing")
    expect(page.locator(".phase")).to_contain_text("10 mg given")
    expect(page.locator(".due")).to_contain_text("Dose 2 of 3")
    tablet.check()

    tap(page, "Chart dose 2")
    expect(panel.get_by_label("Given, mg")).to_have_value("10")
    tap(page, "Give it now")
    held = page.locator("#panel-held")
    expect(held).to_contain_text("the order has 10 min between the two")
    tablet.check_refused()
    tap(page, "It has happened: chart it")
    expect(page.locator(".phase")).to_contain_text("20 mg given")
    banner = page.locator(".banner.stop")
    expect(banner).to_contain_text("Given against the order")
    tablet.check()
    banner.get_by_role("button", name="Seen").click()
    expect(banner).to_have_count(0)

    tap(page, "Chart dose 3")
    tap(page, "Not given")
    left_out = page.locator("#panel-dose_not")
    expect(left_out).to_contain_text("Dose 3: 10 mg")
    left_out.get_by_role("button", name="Nausea").click()
    expect(page.locator(".phase")).to_contain_text("Recovering")
    expect(doses).to_contain_text("not given")
    expect(page.locator(".leaving")).to_contain_text("of 180 min since the doses ended")

    page.get_by_role("button", name=re.compile("Correct: Dose 2 given")).click()
    tap(page, "Enter it again")
    panel.get_by_label("Why it is corrected").fill("Half ran out again")
    panel.get_by_label("Given, mg").fill("5")
    expect(panel.get_by_role("button", name="Give it now")).to_be_hidden()
    tap(page, "It was given")
    expect(page.locator(".phase")).to_contain_text("15 mg given")
    thumb(page, "Note")
    expect(page.get_by_role("button", name="STOP", exact=True)).to_be_disabled()
    tablet.check()


def test_a_stop_rule_between_two_sprays_holds_the_next_one_back_until_it_is_over(
    browser, asgi_server, session, bob
):
    phone = visit(browser, asgi_server, bob, "phone")
    page = at_bedside(phone, session)
    tap(page, "Give the first dose")
    tap(page, "Give it now")
    expect(page.locator("section.due")).to_contain_text("Dose 2 of 3")
    measures(page, "170", "90")
    doses = page.locator(".doses")
    expect(doses).to_contain_text("no further dose is asked for")
    expect(doses.get_by_text("withheld", exact=True)).to_have_count(2)
    expect(page.locator("section.due")).not_to_contain_text("Dose 2 of 3")
    phone.check()
    measures(page, "130", "84")
    expect(page.locator("section.due")).to_contain_text("Dose 2 of 3")
    expect(doses.get_by_text("withheld", exact=True)).to_have_count(0)
    phone.go(f"/sessions/{session.pk}/record/")
    phone.check()


def measures(page, systolic, diastolic):
    """A blood pressure alone, on the page's own pad."""
    thumb(page, "Reading")
    panel = page.locator("#panel-reading")
    for field, digits in (("systolic", systolic), ("diastolic", diastolic)):
        panel.locator(f"input[name={field}]").click()
        keyed(page, digits)
    tap(page, "Save the reading")
