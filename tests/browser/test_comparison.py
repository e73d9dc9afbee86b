"""A nurse compares routes at a desk, on a tablet and on a phone, by day and in a dark room."""

from __future__ import annotations

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.support.browsing import SIZES, visit

ROUTES = ("intramuscular", "intranasal", "sublingual", "oral")


def panel(page, route):
    return page.locator(f"section[aria-labelledby={route}]")


def middle(found):
    box = found.bounding_box()
    return box["x"] + box["width"] / 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_each_route_is_a_line_and_a_table_on_every_screen(browser, asgi_server, bob, size, theme):
    desk = visit(browser, asgi_server, bob, size)
    page = desk.go("/comparison/")
    page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
    for route in ROUTES:
        expect(panel(page, route).get_by_role("img")).to_be_visible()
        expect(panel(page, route).get_by_role("table")).to_be_visible()
    for said in page.get_by_text("Also said, and not on the line").all():
        said.click()
    desk.check()


def overlap(one, other):
    """By how many pixels two boxes cover one another, in the direction where it is least."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return min(across, down)


@pytest.mark.parametrize("size", SIZES)
def test_no_mark_covers_another_and_none_leaves_its_panel(browser, asgi_server, bob, size):
    page = visit(browser, asgi_server, bob, size).go("/comparison/")
    for route in ROUTES:
        edges = panel(page, route).bounding_box()
        marks = panel(page, route).locator(".route-line .mark").all()
        boxes = [mark.bounding_box() for mark in marks]
        assert min(box["x"] for box in boxes) > edges["x"]
        assert max(box["x"] + box["width"] for box in boxes) < edges["x"] + edges["width"]
        assert all(overlap(one, other) < 2 for one, other in combinations(boxes, 2))


def test_the_status_of_a_mark_is_its_shape_as_well_as_its_colour(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/comparison/")
    line = panel(page, "intranasal").locator(".route-line")
    shapes = line.locator(".mark").evaluate_all("marks => marks.map(m => m.getAttribute('href'))")
    statuses = {"verified", "relayed", "source-only", "computed"}
    assert set(shapes) == {f"#mark-{status}" for status in statuses}
    drawn = [page.locator(f"symbol{name}").inner_html() for name in set(shapes)]
    assert len(set(drawn)) == len(statuses)
    expect(line.locator(".mark.outlier")).to_have_count(1)


def test_the_interval_is_drawn_from_the_least_to_the_most_mark_it_counts(browser, asgi_server, bob):
    """By nose from 70 mg (50 %) to 310 mg (11.3 %); the outlier stands left of the bar."""
    page = visit(browser, asgi_server, bob).go("/comparison/")
    line = panel(page, "intranasal").locator(".route-line")
    bar = line.locator(".interval").bounding_box()
    marks = line.locator(".mark")
    assert middle(marks.first) < bar["x"]
    assert middle(marks.nth(1)) == pytest.approx(bar["x"], abs=2)
    assert middle(marks.last) == pytest.approx(bar["x"] + bar["width"], abs=2)


def test_another_dose_moves_the_amounts_and_a_slip_says_what_would_be_right(
    browser, asgi_server, bob
):
    desk = visit(browser, asgi_server, bob)
    page = desk.go("/comparison/")
    dose = page.get_by_label("Reference dose by vein, in mg")
    dose.fill("70")
    page.get_by_role("button", name="Compare").click()
    expect(panel(page, "intranasal").locator(".interval-words")).to_have_text("140 to 619 mg")
    dose.fill("350")
    dose.press("Enter")
    expect(page.get_by_text("A dose from 1 to 200 mg is needed.")).to_be_visible()
    expect(page.locator(".route-line")).to_have_count(0)
    desk.check()


def test_a_chip_in_the_table_opens_its_claim(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/comparison/")
    panel(page, "sublingual").get_by_role("link", name="Rolan 2013").click()
    expect(page.get_by_text("Of a wafer under the tongue 29 % arrived")).to_be_visible()


def test_the_page_prints_without_losing_a_route(browser, asgi_server, bob):
    page = visit(browser, asgi_server, bob).go("/comparison/")
    page.emulate_media(media="print")
    for route in ROUTES:
        expect(panel(page, route).get_by_role("table")).to_be_visible()
    expect(page.get_by_text("A comparison of sources, not an order")).to_be_visible()
