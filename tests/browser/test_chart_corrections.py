"""The chart is put right through the screen: a medicine ends, a weight is corrected, a condition of
another chart is struck, a name is spelt as in the passport. On every size of screen.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.people.models import Condition, Measurement, Medication
from tests.clinic.people.correcting import added, weighed
from tests.support.browsing import SIZES, visit

FINGER = 44
"""Pixels that a target is tall at least."""


@pytest.fixture
def chart(patient, bob):
    """A chart with something to put right."""
    now = timezone.now()
    added(bob, patient, "medication", "Diazepam 5 mg", now=now)
    added(bob, patient, "condition", "Schizophrenia", now=now)
    weighed(bob, patient, "77", taken_at=now, now=now)
    return patient


def opened(visited, patient, name):
    """The entry's own page, reached from the chart by a finger."""
    page = visited.go(f"/patients/{patient.pk}/")
    visited.check()
    link = page.locator("a.entry-link", has_text=name)
    assert link.bounding_box()["height"] >= FINGER
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    visited.check()
    return page


def done(visited, verb, why):
    """The form's reason and button; back on the chart."""
    page = visited.page
    visited.check()
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name=verb, exact=True).click()
    expect(page.get_by_role("heading", name="Identity")).to_be_visible()
    visited.check()


@pytest.mark.parametrize("size", SIZES)
def test_a_chart_is_put_right(browser, asgi_server, chart, bob, size):
    visited = visit(browser, asgi_server, bob, size)
    page = opened(visited, chart, "Diazepam 5 mg")
    page.get_by_role("link", name="End", exact=True).click()
    page.get_by_label("Until").fill(timezone.localdate().isoformat())
    done(visited, "End", "tapered off")
    expect(page.get_by_text("Stopped or finished: 1")).to_be_visible()

    page = opened(visited, chart, "77 kg")
    page.get_by_role("link", name="Correct", exact=True).last.click()
    page.get_by_label("Value").fill("71.5")
    done(visited, "Correct", "read from the wrong line")
    expect(page.get_by_text("71.5 kg")).to_be_visible()

    page = opened(visited, chart, "Schizophrenia")
    page.get_by_role("link", name="Strike", exact=True).click()
    done(visited, "Strike", "belongs in a namesake's chart")
    page.get_by_text("Struck: 1").click()
    expect(page.locator("del", has_text="Schizophrenia")).to_be_visible()
    visited.check()

    page.locator(".panel", has_text="Identity").get_by_role("link", name="Correct").click()
    page.get_by_label("Given name").fill("Patricia")
    done(visited, "Correct", "the passport says so")
    expect(page.get_by_role("heading", level=1)).to_have_text("Marsh, Patricia")
    page.get_by_role("link", name="Corrected 1 time: what stood there").click()
    expect(page.locator("del", has_text="Pat")).to_be_visible()
    visited.check()

    assert Medication.objects.get().status == "stopped"
    assert Measurement.objects.get().value == Decimal("71.5")
    assert not Condition.objects.exists()
