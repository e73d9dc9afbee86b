"""The outcome at a desk: the chart is drawn, says the same as the table, and prints."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.clinic.outcomes.rows import told
from tests.support.browsing import calm, visit
from tests.support.cast import patient_record

SCORES = {-2: 20, 1: 12, 5: 9, 12: 8, 19: None}


@pytest.fixture
def treated(asgi_server, patient, alice):
    """Pat, two infusions, four scores, one scale incomplete and one missed."""
    told(patient, alice, timezone.now(), scores=SCORES, infusions=[0, 4], missed=(26,))
    return patient


@pytest.mark.parametrize("size", ["desk", "tablet", "phone"])
def test_chart_has_each_score_each_infusion_each_definition_and_each_gap(
    browser, asgi_server, treated, bob, size
):
    desk = visit(browser, asgi_server, bob, size)
    page = desk.go(f"/outcomes/{treated.id}/")
    chart = page.locator(".outcome-chart svg")
    expect(chart).to_have_attribute("aria-label", "PHQ-9 over time: 4 scores, 2 without a score")
    expect(chart.locator("circle")).to_have_count(4 + 2)
    hollow = chart.locator("g[fill='var(--surface)'][stroke='var(--muted)'] circle")
    expect(hollow).to_have_count(2)
    for name in ("response.phq9.50", "remission.phq9.lt5", "remission.phq9.le5"):
        expect(chart.get_by_text(name)).to_be_visible()
    desk.check()


def test_names_of_the_lines_do_not_cover_each_other(browser, asgi_server, treated, bob):
    page = visit(browser, asgi_server, bob).go(f"/outcomes/{treated.id}/")
    names = page.locator(".outcome-chart svg text", has_text="phq9")
    expect(names).to_have_count(3)
    tops = sorted(name.bounding_box()["y"] for name in names.all())
    letters = 13
    assert all(lower - upper >= letters for upper, lower in pairwise(tops))


def test_days_are_written_as_the_clinic_writes_them(browser, asgi_server, treated, bob):
    page = visit(browser, asgi_server, bob).go(f"/outcomes/{treated.id}/")
    named = page.locator(".outcome-chart svg text").filter(
        has_text=re.compile(r"^\d+ [A-Z][a-z]{2}$")
    )
    expect(named.nth(3)).to_be_visible()


def test_gaps_lie_below_zero_and_look_like_no_low_score(browser, asgi_server, treated, bob):
    page = visit(browser, asgi_server, bob).go(f"/outcomes/{treated.id}/")
    circles = page.locator(".outcome-chart svg circle")
    expect(circles).to_have_count(6)
    heights = [float(circle.get_attribute("cy")) for circle in circles.all()]
    scores, gaps = heights[:4], heights[4:]
    assert min(gaps) > max(scores)
    zero = page.locator(".outcome-chart svg g[stroke='var(--line)'] line").get_attribute("y1")
    assert min(gaps) > float(zero)


def test_chart_follows_the_width_of_the_screen(browser, asgi_server, treated, bob):
    page = visit(browser, asgi_server, bob).go(f"/outcomes/{treated.id}/")
    chart = page.locator(".outcome-chart svg")
    expect(chart).to_be_visible()
    wide = chart.bounding_box()["width"]
    page.set_viewport_size({"width": 600, "height": 900})
    narrower = "wide => document.querySelector('.outcome-chart svg').clientWidth < wide"
    page.wait_for_function(narrower, arg=wide)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_shows_the_chart_in_black_without_the_rail(browser, asgi_server, treated, bob):
    page = visit(browser, asgi_server, bob).go(f"/outcomes/{treated.id}/")
    expect(page.locator(".outcome-chart svg")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    line = page.locator(".outcome-chart svg g[stroke='var(--harbour)']")
    expect(line).to_have_css("stroke", "rgb(0, 0, 0)")


def test_program_draws_the_curve_and_lists_the_same_numbers(browser, asgi_server, alice, olga):
    for number in range(8):
        person = patient_record("Marsh", f"P{number}")
        late = {22: 16, 29: 17} if number < 4 else {22: 8, 29: 8}
        scores = {-1: 20, 1: 9, 8: 8, 15: 8, **late}
        told(person, alice, timezone.now(), scores=scores, infusions=[0])
    desk = visit(browser, asgi_server, olga)
    page = desk.go("/outcomes/")
    expect(page.locator("[data-lasting] svg")).to_be_visible()
    expect(page.get_by_text("Kaplan–Meier over 8 sustained responses")).to_be_visible()
    # 4 of 8 lose it 21 days after it was first seen: 4/8 remain.
    expect(page.get_by_role("row", name="14 8 100 %")).to_be_visible()
    desk.check()


def test_nurse_hands_over_a_link_that_a_phone_can_scan(browser, asgi_server, treated, bob):
    desk = visit(browser, asgi_server, bob)
    page = desk.go(f"/scales/patients/{treated.id}/")
    desk.check()
    page.get_by_role("button", name="Ask for the PHQ-9 now").click()
    expect(page.get_by_role("img", name="The link as a picture")).to_be_visible()
    desk.check()
    link = page.get_by_label("Link", exact=True).input_value()
    phone = calm(browser).new_page()
    phone.goto(link)
    expect(phone.get_by_role("button", name="Start")).to_be_visible()


def test_each_answer_can_be_read(browser, asgi_server, treated, bob):
    desk = visit(browser, asgi_server, bob, "tablet")
    page = desk.go(f"/scales/patients/{treated.id}/")
    page.get_by_role("link", name="PHQ-9").first.click()
    expect(page.get_by_role("heading", name="Each answer")).to_be_visible()
    expect(page.get_by_text("left out on purpose").first).to_be_visible()
    desk.check()
