"""A nurse reads what a medication list means by a route, at a desk, on a tablet and on a phone."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests.support.browsing import SIZES, visit

LIST = (
    ("lorazapam 1 mg nightly", ""),
    ("Ativan 1 mg", "1 tablet at bedtime"),
    ("Rifampin 300 MG Oral Capsule", "twice daily"),
    ("Lamictal 200 mg", "daily"),
    ("Amlodipine 5 MG Oral Tablet", "daily"),
)


def test_the_list_is_read_by_route_on_every_screen(browser, asgi_server, bob, patient):
    from mooring.clinic.people.models import Medication

    for text, dose in LIST:
        Medication.objects.create(
            patient=patient,
            text=text,
            dose=dose,
            status="active",
            origin="entered by hand by B. Okafor",
            recorded_at=datetime(2026, 11, 12, 9, 0, tzinfo=UTC),
        )
    desk = visit(browser, asgi_server, bob)
    page = desk.go(f"/patients/{patient.id}/")
    page.get_by_role("link", name="Interactions").click()
    expect(page.get_by_text("Reads like: lorazepam.")).to_be_visible()
    expect(page.get_by_text("above 8\N{NO-BREAK SPACE}mg a day by some tables")).to_be_visible()
    page.get_by_label("Route").select_option(label="Intravenous infusion")
    page.get_by_role("button", name="Look").click()
    finding = page.locator("article", has=page.get_by_role("heading", name="Rifampicin"))
    expect(finding.get_by_role("heading")).to_have_text("Know Rifampicin")
    page.get_by_label("Route").select_option(label="Oral")
    page.get_by_role("button", name="Look").click()
    expect(finding.get_by_role("heading")).to_have_text("Decide first Rifampicin")
    for size in ("phone", "tablet", "desk"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
            desk.check()
    page.get_by_text("The whole list, entry by entry").click()
    expect(page.get_by_text("Read as amlodipine.")).to_be_visible()
    page.get_by_text("Sources disagree: lamotrigine").click()
    expect(page.get_by_text("It may weaken ketamine.")).to_be_visible()
    desk.check()
