"""A prescriber writes a prescription: it names what a pharmacy needs, reads it back, signs it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Minutes
from tests.clinic.sessions.steps import signed_order
from tests.support.browsing import visit


def test_a_prescription_from_its_first_field_to_its_pdf(browser, asgi_server, patient, alice, bob):
    course = signed_order(patient, alice, at=timezone.now()).course
    minutes = tuple(Minutes(10 * number) for number in range(3))
    sprays = NasalSprayOrder(product("ketamine_nasal_spray_100"), minutes, None)
    facts = {"findings": {}, "signed_by": alice, "signed_at": timezone.now()}
    order = Order.objects.create(course=course, **columns(sprays, None), **facts)
    desk = visit(browser, asgi_server, alice, "desk")
    page = desk.go(f"/courses/orders/{order.pk}/")
    page.get_by_role("link", name="Write a prescription").click()
    desk.check()
    page.get_by_label("How many doses").fill("8")
    page.get_by_label("No more doses in 7 days than").fill("2")
    until = timezone.localdate() + timedelta(days=28)
    page.get_by_label("Follow-up on").fill(until.isoformat())
    page.get_by_label("In the clinic, in sessions").check()
    page.get_by_label("Hydrochloride").check()
    page.get_by_label("For", exact=True).fill("Depression")
    page.get_by_label("Patient's address").fill("2 Mole Lane")
    page.get_by_label("Clinic's address").fill("1 Quay Street")
    page.get_by_label("Clinic's telephone").fill("555 0100")
    page.get_by_role("button", name="Read it as a whole").click()
    expect(page.locator(".page")).to_contain_text("This field is required")
    expect(page.get_by_role("button", name="Sign the prescription")).to_have_count(0)
    desk.check_refused()
    page.get_by_label("Your registration for controlled drugs").fill("AL0000000")
    page.get_by_role("button", name="Read it as a whole").click()
    expect(page.get_by_role("heading", name="This is what you sign")).to_be_visible()
    expect(page.locator(".facts").first).to_contain_text("24 × 10 mg = 240 mg")
    desk.check()
    page.get_by_role("button", name="Sign the prescription").click()
    expect(page.get_by_role("link", name="PDF to print")).to_be_visible()
    desk.check()
    address = page.get_by_role("link", name="PDF to print").get_attribute("href")
    answer = page.request.get(address if address.startswith("http") else asgi_server + address)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    phone = visit(browser, asgi_server, bob, "phone")
    phone.go(page.url.removeprefix(asgi_server))
    phone.check()
