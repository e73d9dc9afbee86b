"""A prescriber writes an order at a desk: it is read back while it is typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.courses.models import Order
from tests.clinic.courses.steps import decided, started, weighed
from tests.support.browsing import visit
from tests.support.cast import PASSWORD


@pytest.fixture
def course(asgi_server, patient, alice):
    """Pat's course, decided and weighed yesterday."""
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=1))
    return started(patient, alice, now=now)


def typed(page, dose="0.5", minutes="40", line="10"):
    """Type an order by weight."""
    page.get_by_label("Dose", exact=True).fill(dose)
    page.get_by_label("mg/kg, by body weight").check()
    page.get_by_label("Over how many minutes").fill(minutes)
    page.get_by_label("Concentration in the line").fill(line)


def test_the_worked_example_from_typing_to_signature(browser, asgi_server, course, alice):
    """0.5 mg/kg × 70 kg = 35 mg over 40 min; 3.5, 0.7 and 0.35 mL (evidence file §7.3)."""
    desk = visit(browser, asgi_server, alice)
    page = desk.go(f"/courses/{course.pk}/orders/new/")
    expect(page.get_by_role("button", name="Sign the order")).to_be_hidden()
    typed(page)
    preview = page.locator("#preview")
    expect(preview).to_contain_text("= 35 mg, intravenous infusion over 40 minutes")
    for volume in ("3.5 mL of 10 mg/mL", "0.7 mL of 50 mg/mL", "0.35 mL of 100 mg/mL"):
        expect(preview).to_contain_text(volume)
    expect(preview.locator(".syringe.chosen")).to_contain_text("goes into the line")
    expect(preview).to_contain_text("Inside the bounds")
    desk.check()
    page.get_by_role("button", name="Sign the order").click()
    expect(page.get_by_role("heading", name="Signed order")).to_be_visible()
    expect(page.locator(".sentence")).to_contain_text("= 35 mg")
    assert Order.objects.get().total_mg == 35
    desk.check()


def test_the_fluid_in_the_three_syringes_is_drawn_to_scale(browser, asgi_server, course, alice):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    expect(page.locator("#preview")).to_contain_text("= 35 mg")
    expect(page.locator(".fluid")).to_have_count(3)
    # All three in one look: the preview is drawn anew while the typing is still being answered.
    ten, fifty, hundred = page.locator(".fluid").evaluate_all(
        "drawn => drawn.map(fluid => fluid.getBoundingClientRect().width)"
    )
    assert ten / fifty == pytest.approx(5, rel=0.03)
    assert fifty / hundred == pytest.approx(2, rel=0.03)


def test_the_preview_follows_the_typing_and_the_signature_hides_when_refused(
    browser, asgi_server, course, alice
):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    expect(page.get_by_role("button", name="Sign the order")).to_be_visible()
    page.get_by_label("Dose", exact=True).fill("5")
    expect(page.locator("#preview")).to_contain_text("Cannot be signed, whoever confirms it")
    expect(page.get_by_role("button", name="Sign the order")).to_be_hidden()
    page.get_by_label("Dose", exact=True).fill("")
    expect(page.locator("#preview")).to_contain_text("Type a number.")
    expect(page.locator("#preview")).not_to_contain_text("350 mg")


def test_a_hard_stop_is_opened_by_a_second_person_at_the_same_desk(
    browser, asgi_server, course, alice, bob
):
    desk = visit(browser, asgi_server, alice)
    page = desk.go(f"/courses/{course.pk}/orders/new/")
    expect(page.get_by_label("Their password")).to_be_hidden()
    typed(page, dose="1.1", minutes="90")
    page.get_by_label("Why it may go beyond the bounds").fill("Reviewed together.")
    page.get_by_label("Username of the second person").fill("bob")
    page.get_by_label("Their password").fill(PASSWORD)
    desk.check()
    page.get_by_role("button", name="Sign the order").click()
    expect(page.get_by_text("B. Okafor, RN, with their own password")).to_be_visible()


def test_changing_the_order_keeps_what_the_second_person_typed(
    browser, asgi_server, course, alice, bob
):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    typed(page, dose="1.1", minutes="90")
    page.get_by_label("Why it may go beyond the bounds").fill("Reviewed together.")
    page.get_by_label("Over how many minutes").fill("95")
    expect(page.locator("#preview")).to_contain_text("over 95 minutes")
    expect(page.get_by_label("Why it may go beyond the bounds")).to_have_value("Reviewed together.")


def test_the_password_of_the_second_person_is_not_sent_with_the_preview(
    browser, asgi_server, course, alice, bob
):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    typed(page, dose="1.1", minutes="90")
    page.get_by_label("Their password").fill(PASSWORD)
    page.get_by_label("Over how many minutes").fill("95")
    expect(page.locator("#preview")).to_contain_text("over 95 minutes")
    assert any("over_minutes=95" in body for body in sent)
    assert not any("second_password" in body for body in sent)


def test_enter_reads_back_and_never_signs(browser, asgi_server, course, alice):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    expect(page.get_by_role("button", name="Sign the order")).to_be_visible()
    page.get_by_label("Over how many minutes").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("#preview")).to_contain_text("= 35 mg")
    assert not Order.objects.exists()


@pytest.mark.parametrize("size", ["tablet", "phone"])
def test_the_order_page_fits_smaller_screens(browser, asgi_server, course, alice, size):
    smaller = visit(browser, asgi_server, alice, size)
    page = smaller.go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    expect(page.locator("#preview")).to_contain_text("= 35 mg")
    smaller.check()


def test_the_signed_order_prints_on_its_own_with_identifiers_and_hash(
    browser, asgi_server, course, alice
):
    page = visit(browser, asgi_server, alice).go(f"/courses/{course.pk}/orders/new/")
    typed(page)
    page.get_by_role("button", name="Sign the order").click()
    expect(page.get_by_role("heading", name="Signed order")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.get_by_role("link", name="Back to the course")).to_be_hidden()
    expect(page.locator(".running")).to_have_text(
        "Marsh, Pat, born 12 Mar 1981, record H-0001 · Harbour Clinic"
    )
    expect(page.locator(".foot")).to_contain_text(re.compile(r"Audit row \d+, [0-9a-f]{12}"))
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
