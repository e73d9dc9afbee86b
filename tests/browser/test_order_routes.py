"""A prescriber orders into the nose and into a muscle, and is refused what is not diluted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from mooring.clinic.vials.models import VialCheck
from tests.clinic.courses.steps import decided, started, weighed
from tests.support.browsing import visit

NASAL = "way=racemic_ketamine.intranasal&sprays=3&at=0,10,25&first=right"
TEN, HUNDRED = "42023-113-10", "0409-2051-05"


@pytest.fixture
def course(asgi_server, patient, alice):
    """Pat's course, decided and weighed yesterday: 70 kg."""
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=1))
    return started(patient, alice, now=now)


def test_orders_by_other_routes_from_typing_to_the_vial_in_the_hand(
    browser, asgi_server, course, alice
):
    desk = visit(browser, asgi_server, alice)
    new = f"/courses/{course.pk}/orders/new/"
    preview = desk.page.locator("#preview")
    sign = desk.page.get_by_role("button", name="Sign the order")

    page = desk.go(f"{new}?{NASAL}")
    expect(page.get_by_text("Filled in from another page")).to_be_visible()
    expect(preview).to_contain_text("at minutes 0, 10, 25, nostrils in turn, right first")
    expect(preview).to_contain_text("from this clinic’s record alone")
    desk.check()
    sign.click()
    expect(page.get_by_role("heading", name="Signed order")).to_be_visible()

    page = desk.go(f"{new}?way=racemic_ketamine.intravenous_infusion")
    page.get_by_label("Dose", exact=True).fill("0.5")
    page.get_by_label("mg/kg, by body weight").check()
    page.get_by_label("Over how many minutes").fill("40")
    page.get_by_label("Concentration in the line").fill("100")
    expect(preview).to_contain_text("Cannot be signed, whoever confirms it")
    expect(preview).to_contain_text("100 mg/mL does not go into a vein undiluted")
    expect(sign).to_be_hidden()

    page = desk.go(f"{new}?way=racemic_ketamine.intramuscular")
    page.get_by_label("Dose", exact=True).fill("35")
    page.get_by_label("mg, the whole amount").check()
    page.get_by_label("100 mg/mL").check()
    expect(preview).to_contain_text("0.35 mL of 100 mg/mL")
    expect(preview.locator(".syringe.chosen")).to_contain_text("is drawn up")
    sign.click()
    expect(page.get_by_role("heading", name="Signed order")).to_be_visible()
    assert sorted(Order.objects.values_list("kind", flat=True)) == ["injection", "nasal_spray"]

    code = page.get_by_label("Barcode or NDC")
    code.fill(TEN)
    code.press("Enter")
    answer = page.locator("#vial-check")
    expect(answer.get_by_role("status")).to_have_text("■ Does not agree with the order")
    expect(answer).to_contain_text("Of this one the dose is 3.5 mL of 10 mg/mL")
    expect(code).to_be_focused()
    desk.check()
    page.keyboard.type(HUNDRED)
    page.keyboard.press("Enter")
    expect(answer.get_by_role("status")).to_have_text("● Agrees with the order")
    assert VialCheck.objects.count() == 2

    page.get_by_role("link", name="Ask about another dose").click()
    expect(page.get_by_label("Route")).to_have_value("intramuscular")
    expect(page.get_by_label("Dose, as base")).to_have_value("35")
