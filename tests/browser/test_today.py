"""Today at the desk, on the tablet and on the phone: calm, whole, and current by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.tasks.actions import open_task
from tests.clinic.courses.steps import acting, decided, signed, started, weighed
from tests.clinic.sessions.steps import measured, planned, running
from tests.support.browsing import SIZES, visit
from tests.support.cast import patient_record
from tests.support.clock import midday_in_the_clinic


@pytest.fixture
def day(asgi_server, patient, alice, bob):
    """One infusing, one who comes, one task, in a clinic where it is midday."""
    midday_in_the_clinic()
    now = timezone.now()
    found = {}
    coming = patient_record("Reyes", "Luz")
    for name, person, room, sitter in (
        ("infusing", patient, "Room 2", bob),
        ("coming", coming, "Room 3", alice),
    ):
        decided(person, alice, at=now - timedelta(days=1))
        weighed(person, at=now - timedelta(days=1))
        course = started(person, alice, now=now - timedelta(days=1))
        order = signed(course, alice, now=now - timedelta(days=1), line="1")
        found[name] = planned(
            order, bob, at=now - timedelta(minutes=20), room=room, sitter=sitter, now=now
        )
    running(bob, found["infusing"], now - timedelta(minutes=12))
    opened(patient, bob, now)
    return found


def opened(patient, owner, now, title="Call about the ride home"):
    return open_task(
        acting(owner),
        patient=patient,
        kind="call_back",
        title=title,
        detail="",
        owner=owner,
        source=f"test:{title}",
        due_at=now - timedelta(hours=1),
        now=now,
    )


@pytest.mark.parametrize("size", list(SIZES))
def test_the_day_reads_well_at_every_size(browser, asgi_server, day, bob, size):
    there = visit(browser, asgi_server, bob, size)
    page = there.go("/today/")
    expect(page.get_by_role("heading", name="In a session now")).to_be_visible()
    expect(page.get_by_text("infusing, 12 of 40 min")).to_be_visible()
    expect(page.get_by_role("link", name="baseline PHQ-9 not answered")).to_be_visible()
    there.check()
    there.go("/tasks/")
    expect(page.get_by_role("link", name="Call about the ride home")).to_be_visible()
    there.check()


def test_an_alert_appears_without_anybody_touching_the_page(browser, asgi_server, day, bob):
    """165/90 is +45 over baseline 120/78 (S2.44)."""
    there = visit(browser, asgi_server, bob)
    page = there.go("/today/")
    expect(page.get_by_text("infusing, 12 of 40 min")).to_be_visible()
    page.wait_for_timeout(500)
    measured(bob, day["infusing"], timezone.now(), "165/90")
    expect(page.get_by_text("165/90 is +45 over baseline 120/78")).to_be_visible()
    there.check()


def test_a_task_appears_and_the_focus_stays_where_it_was(browser, asgi_server, day, patient, bob):
    there = visit(browser, asgi_server, bob)
    page = there.go("/today/")
    page.wait_for_timeout(500)
    page.get_by_role("link", name="Reyes, Luz").first.focus()
    opened(patient, bob, timezone.now(), title="Weigh Pat")
    expect(page.get_by_role("link", name="Weigh Pat")).to_be_visible()
    expect(page.get_by_role("link", name="Reyes, Luz").first).to_be_focused()
    assert there.problems == []


def test_what_the_page_fetches_by_itself_is_marked_as_background(browser, asgi_server, day, bob):
    there = visit(browser, asgi_server, bob)
    asked: list[dict[str, str]] = []
    there.page.on(
        "request", lambda request: "/today/list/" in request.url and asked.append(request.headers)
    )
    page = there.go("/today/")
    page.wait_for_timeout(1000)
    assert asked
    assert all(headers["x-mooring-background"] == "1" for headers in asked)


def test_a_missing_thing_leads_to_where_it_is_settled(browser, asgi_server, day, bob):
    there = visit(browser, asgi_server, bob)
    page = there.go("/today/")
    page.get_by_role("link", name="baseline PHQ-9 not answered").click()
    expect(page.locator("h1")).to_be_visible()
    assert "/scales/" in page.url
