"""A prescriber repeats the last order, and looks at two doses beside each other before signing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from tests.browser.test_order import course, typed  # noqa: F401
from tests.clinic.courses.steps import signed, weighed
from tests.support.browsing import visit


def look(page, name):
    """Keep a picture where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", ["desk", "tablet", "phone"])
def test_the_last_order_again_compared_with_another_dose(
    browser,
    asgi_server,
    course,  # noqa: F811
    alice,
    size,
):
    """The weight has changed since: it is read anew, and nothing is signed on the way."""
    signed(course, alice, now=timezone.now())
    weighed(course.patient, "77", at=timezone.now())
    walk = visit(browser, asgi_server, alice, size)
    page = walk.go(f"/courses/{course.pk}/")
    look(page, f"course-{size}")
    page.get_by_role("link", name="Repeat the last order").click()
    expect(page.get_by_text("The weight is read anew: 77 kg now, 70 kg then.")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("0.5 mg/kg × 77 kg")
    look(page, f"repeat-{size}")
    walk.check()
    page.get_by_role("button", name="Compare two doses").click()
    second = page.get_by_role("group", name="Second dose")
    expect(second.get_by_label("Dose", exact=True)).to_have_value("0.5")
    second.get_by_label("Dose", exact=True).fill("1.1")
    table = page.get_by_role("region", name="Side by side")
    expect(table).to_contain_text("38.5 mg")
    expect(table).to_contain_text("84.7 mg")
    expect(table).to_contain_text("1.1 mg/kg is above 1 mg/kg")
    expect(page.locator("#two-doses svg.curves[role=img]")).to_have_count(2, timeout=60_000)
    look(page, f"two-doses-{size}")
    walk.check()
    assert Order.objects.count() == 1


def test_a_slip_of_the_unit_is_named_while_it_is_typed(
    browser,
    asgi_server,
    course,  # noqa: F811
    alice,
):
    walk = visit(browser, asgi_server, alice)
    page = walk.go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    page.get_by_label("mg, the whole amount").check()
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Was 0.5 mg/kg meant? Then choose mg/kg, which is 35 mg.")
    expect(preview).to_contain_text("the pump runs at about 0.08 mL/h, slower than 2 mL/h")
    look(page, "slip-desk")
    walk.check()
