"""A prescriber finds a dose in steps: starts the ladder, reviews the first step, ends it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.ladders import actions
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Minutes
from tests.clinic.sessions.steps import acting, planned, ready_to_start, signed_order, wrote
from tests.support.browsing import visit


def first_step_taken(course, alice, bob, at):
    """One spray, two days ago."""
    actions.start(acting(alice), course=course, reason="Lives far away.", now=at)
    spray = NasalSprayOrder(product("ketamine_nasal_spray_100"), (Minutes(0),), None)
    facts = {"findings": {}, "signed_by": alice, "signed_at": at}
    order = Order.objects.create(course=course, **columns(spray, None), **facts)
    session = planned(order, bob, at=at)
    ready_to_start(bob, session, at)
    wrote(bob, session, at, {"kind": "dose_given", "step": 1, "amount_mg": "10"})


def test_a_ladder_from_its_first_page_to_its_end(browser, asgi_server, patient, alice, bob):
    two_days_ago = timezone.now() - timedelta(days=2)
    course = signed_order(patient, alice, at=two_days_ago).course
    desk = visit(browser, asgi_server, alice, "desk")
    page = desk.go(f"/courses/{course.pk}/")
    page.get_by_role("link", name="A dose by the nose, found in steps").click()
    expect(page.get_by_role("heading", name="Not started")).to_be_visible()
    expect(page.locator("body")).to_contain_text("40 × 10 mg = 400 mg")
    desk.check()
    first_step_taken(course, alice, bob, two_days_ago)
    page.reload()
    waits = page.locator("section", has=page.locator("#next"))
    expect(waits).to_contain_text("Next by the source: step 2")
    expect(waits).to_contain_text("The review of step 1 is due.")
    expect(page.get_by_role("link", name="Write the order of step 2")).to_have_count(0)
    desk.check()

    page.get_by_role("link", name="Review step 1").click()
    for item in ("Nausea", "Feeling strange", "Confusion", "Unpleasant false perceptions"):
        page.get_by_role("group", name=item).get_by_label("None").check()
    page.get_by_label("Go on to the next step").check()
    page.get_by_label("How it went, and why").fill("Quiet, no trouble.")
    desk.check()
    page.get_by_role("button", name="Keep the review").click()
    expect(waits).not_to_contain_text("The review of step 1 is due.")
    expect(waits).to_contain_text("Nobody wrote down until when step 1 was watched.")
    expect(page.locator("body")).to_contain_text("Decided: go on")

    page.get_by_role("link", name="End the ladder").click()
    page.get_by_label("Why").fill("She prefers infusions.")
    page.get_by_role("button", name="End the ladder").click()
    expect(page.get_by_role("status")).to_contain_text("She prefers infusions.")
    phone = visit(browser, asgi_server, bob, "phone")
    phone.go(f"/ladders/course/{course.pk}/")
    phone.check()
