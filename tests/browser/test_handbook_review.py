"""The handbook under review in a real browser: from a reader's remark to a new version."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.core.handbook import book
from tests.clinic.handbook.review.steps import CHAPTERS, PRESSURE, proposed, remarked, revised
from tests.support.browsing import SIZES, calm, visit

PAGES = (
    "/handbook/",
    "/handbook/read/safety/",
    "/handbook/read/safety/?face=patient",
    f"/handbook/passages/{PRESSURE}/",
    f"/handbook/passages/{PRESSURE}/edit/",
    "/handbook/changes/",
    "/handbook/remarks/",
    "/handbook/drafts/{draft}/",
    "/handbook/read/safety/remarks/",
    "/handbook/whole/",
)


@pytest.fixture(autouse=True)
def small_handbook(tmp_path, monkeypatch):
    for name, text in CHAPTERS.items():
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(book, "CHAPTERS", tmp_path)
    yield
    book.load.cache_clear()


def bob_as_editor(bob):
    RoleAssignment.objects.create(user=bob, role="owner")
    return User.objects.get(pk=bob.pk)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_review_is_in_order_at_every_size(
    browser, asgi_server, alice, bob, pat, size
):
    revised(alice, patient="Your blood pressure rises {S2.41}.", remark=remarked(bob))
    remarked(pat, text="What about the days after?")
    waits = proposed(bob_as_editor(bob), patient="Your blood pressure climbs {S2.41}.")
    editor = visit(browser, asgi_server, alice, size)
    for path in PAGES:
        editor.go(path.format(draft=waits.pk))
        editor.check()


def test_from_a_patients_remark_to_a_new_version_that_the_patient_reads(
    browser, asgi_server, alice, olga, pat
):
    reader = visit(browser, asgi_server, pat, "phone")
    page = reader.go("/handbook/read/safety/?face=clinician")
    expect(page.get_by_text("Your blood pressure goes up")).to_be_visible()
    expect(page.get_by_text("while the drug runs")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Remark on this.*Blood pressure")).click()
    page.get_by_label("Typo").check()
    page.get_by_label("In your words").fill("Say that it comes down slowly.")
    page.get_by_role("button", name="Send the remark").click()
    expect(page.get_by_text("Waits for an editor")).to_be_visible()
    reader.check()

    desk = visit(browser, asgi_server, alice).go("/handbook/")
    desk.get_by_role("link", name="Remarks and drafts waiting 1").click()
    desk.get_by_role("link", name="Say that it comes down slowly.").click()
    expect(desk.get_by_text("A patient")).to_be_visible()
    desk.get_by_role("link", name="Accept and edit the text").click()
    text = desk.get_by_label("Text for patients")
    text.fill("Your blood pressure goes up by 99 {S2.41}. It comes down slowly.")
    desk.get_by_label("What changed, and why").fill("Says how it comes down.")
    desk.get_by_role("button", name="Save as a draft").click()
    expect(desk.get_by_role("alert")).to_contain_text("carries 99")
    text.fill("Your blood pressure goes up for a while {S2.41}. It comes down slowly.")
    desk.get_by_role("button", name="Save as a draft").click()
    expect(desk.get_by_text("You wrote it, so another one looks")).to_be_visible()
    expect(desk.get_by_role("button", name="Publish it")).to_have_count(0)

    other = visit(browser, asgi_server, olga).go("/handbook/remarks/")
    other.get_by_role("link", name="Says how it comes down.").click()
    other.get_by_role("button", name="Publish it").click()
    expect(other.locator("#versions ins").first).to_contain_text("slowly")

    page.reload()
    expect(page.get_by_text("It comes down slowly.").first).to_be_visible()
    expect(page.get_by_text("Accepted")).to_be_visible()
    page.goto(asgi_server + "/handbook/changes/")
    expect(page.get_by_text("Says how it comes down.")).to_be_visible()
    reader.check()


def test_a_chapter_prints_its_text_and_the_version_of_it(browser, asgi_server, alice, bob):
    revised(alice, clinician="Pressure rises and falls {S2.41}.")
    page = visit(browser, asgi_server, bob).go("/handbook/read/safety/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_text("Version 1, 23 Nov 2026")).to_be_visible()
    expect(page.get_by_text("Evidence 20")).to_be_visible()
    expect(page.get_by_text("Remark on this").first).to_be_hidden()
    assert page.pdf()[:5] == b"%PDF-"


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_site_is_read_from_a_disk(browser, tmp_path, size):
    from mooring.clinic.handbook.reading.current import Current, shipped
    from mooring.clinic.handbook.site.build import site
    from mooring.clinic.handbook.site.folder import write
    from mooring.clinic.settings import HERE
    from tests.support.browsing import Visit

    style = (HERE / "static" / "built" / "mooring.css").read_text(encoding="utf-8")
    folder = tmp_path / "site"
    write(folder, site(Current(shipped(), {}, of_clinic=False), style, clinicians=True))
    width, height = SIZES[size]
    page = calm(browser, viewport={"width": width, "height": height}).new_page()
    reader = Visit(page, folder.as_uri() + "/")
    reader.go("index.html").get_by_role("link", name="What to watch").click()
    reader.check()
    page.get_by_role("link", name="source").first.click()
    expect(page.get_by_role("heading", name="What stands behind it")).to_be_visible()
    reader.check()
    page.get_by_role("link", name="For clinicians").click()
    expect(page.get_by_role("link", name="Staffing a room")).to_be_visible()
    reader.check()
