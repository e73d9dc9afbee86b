"""Signing on a screen: at the desk, at the bedside, with the network and without."""

from __future__ import annotations

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.accounts.actions import set_bedside_pin
from mooring.clinic.accounts.clinic import forget
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions.models import SessionEntry
from tests.browser.test_session_bedside import at_bedside, session_at, tap
from tests.clinic.screening.steps import answered, measured
from tests.clinic.sessions.steps import acting, recovered, running
from tests.support.browsing import visit

PIN = "739208"


@pytest.fixture(autouse=True)
def five_minutes(clinic_row):
    clinic_row.sign_minutes = 5
    clinic_row.save()
    forget()


def long_ago() -> None:
    """Everybody's sign-in lies an hour back."""
    for row in Session.objects.all():
        store = row.get_session_store_class()(row.session_key)
        if "shown" in store:
            store["shown"] = {**store["shown"], "at": time.time() - 3600}
            store.save()


@pytest.fixture
def tablet(browser, asgi_server, patient, alice, bob):
    """Bob's tablet at a session that waits for its signature; he has a PIN."""
    session, start = session_at(patient, alice, bob, 130)
    running(bob, session, start)
    recovered(bob, session, start)
    set_bedside_pin(acting(bob), pin=PIN, now=timezone.now())
    page = at_bedside(visit(browser, asgi_server, bob, "tablet"), session)
    long_ago()
    return page


def signed() -> bool:
    return SessionEntry.objects.filter(kind="sign_off").exists()


def test_a_nurse_signs_with_six_figures(tablet):
    tap(tablet, "Sign: the patient may leave")
    tap(tablet, "Sign as B. Okafor")
    asks = tablet.locator("#panel-signing")
    expect(asks).to_be_visible()
    asks.get_by_label("Bedside PIN or password").fill("000000")
    asks.get_by_role("button", name="Sign").click()
    expect(asks.get_by_text("That PIN does not match. Try again.")).to_be_visible()
    assert not signed()
    asks.get_by_label("Bedside PIN or password").fill(PIN)
    asks.get_by_role("button", name="Sign").click()
    expect(tablet.locator(".phase")).to_contain_text("Signed")
    assert signed()


def test_what_was_signed_without_a_network_waits_and_is_signed_when_it_is_back(tablet):
    tablet.context.set_offline(True)
    tap(tablet, "Sign: the patient may leave")
    tap(tablet, "Sign as B. Okafor")
    expect(tablet.locator("#waiting li")).to_have_count(1)
    tablet.context.set_offline(False)
    line = tablet.locator("#waiting li")
    expect(line).to_contain_text("To be signed")
    line.get_by_role("button", name="Sign", exact=True).click()
    asks = tablet.locator("#panel-signing")
    asks.get_by_label("Bedside PIN or password").fill(PIN)
    asks.get_by_role("button", name="Sign").click()
    expect(tablet.locator("#sent")).to_have_text(re.compile("all sent"))
    assert signed()


def test_a_prescriber_signs_a_decision_with_the_password(browser, asgi_server, patient, alice):
    measured(patient)
    answered(patient, alice)
    set_bedside_pin(acting(alice), pin=PIN, now=timezone.now())
    desk = visit(browser, asgi_server, alice)
    page = desk.go(f"/screening/{patient.pk}/")
    long_ago()
    box = page.locator("#decision")
    box.get_by_label("Go on to a course", exact=True).check()
    box.get_by_label("Reason").fill("Two trials without response.")
    box.get_by_role("button", name="Sign the decision").click()
    expect(page.get_by_role("heading", name="Show that it is you who signs")).to_be_visible()
    desk.check_refused()
    page.get_by_label("Bedside PIN or password").fill(PIN)
    page.get_by_role("button", name="Sign", exact=True).click()
    page.wait_for_url("**/courses/**")
    assert ScreeningDecision.objects.get().reason == "Two trials without response."
