"""The network goes, the server is silent, two tablets look at one session: nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.sessions import actions
from mooring.clinic.sessions.models import SessionEntry
from tests.browser.test_session_bedside import at_bedside, keyed, session_at, tap, thumb
from tests.clinic.sessions.steps import acting, measured, running, signature, wrote
from tests.support.browsing import visit
from tests.support.cast import PASSWORD
from tests.support.clock import movable


@pytest.fixture
def session(asgi_server, patient, alice, bob):
    """An infusion that has run for five minutes."""
    made, start = session_at(patient, alice, bob, 5)
    running(bob, made, start)
    return made


@pytest.fixture
def tablet(browser, asgi_server, bob):
    """Bob's tablet."""
    return visit(browser, asgi_server, bob, "tablet")


def enter_pressure(page, digits):
    """Two taps and five digits."""
    thumb(page, "Reading")
    keyed(page, digits)
    tap(page, "Save the reading")


def test_readings_made_without_a_network_arrive_in_order_with_their_times(tablet, session):
    page = at_bedside(tablet, session)
    before = SessionEntry.objects.count()
    page.context.set_offline(True)
    for digits in ("13182", "13384", "13586"):
        enter_pressure(page, digits)
    expect(page.locator("#sent")).to_have_text(
        re.compile(r"On its own since \d\d:\d\d · 3 waiting")
    )
    expect(page.locator("#waiting li")).to_have_count(3)
    expect(page.locator("#waiting")).to_contain_text("Reading 131/82")
    assert SessionEntry.objects.count() == before

    page.context.set_offline(False)
    expect(page.locator("#sent")).to_have_text(re.compile("all sent"))
    rows = SessionEntry.objects.order_by("sequence")[before:]
    assert [row.systolic for row in rows] == [131, 133, 135]
    times = [row.effective_at for row in rows]
    assert times == sorted(times)
    assert all(row.effective_at < row.recorded_at for row in rows)
    expect(page.locator(".tile").first).to_contain_text("135/86")


def test_a_reading_made_without_a_network_is_the_newest_at_once_and_says_what_it_is(
    tablet, session
):
    page = at_bedside(tablet, session)
    pressure = page.locator(".tile").first
    page.context.set_offline(True)
    enter_pressure(page, "170100")
    expect(pressure).to_contain_text("170/100")
    expect(pressure.get_by_text("120/78")).to_be_hidden()
    expect(pressure).to_contain_text("waiting to be sent · not yet checked against the stop rules")
    expect(pressure.locator(".on-device time")).to_have_text(re.compile(r"\d+ s ago"))
    page.get_by_role("button", name="Undo").click()
    expect(pressure.get_by_text("120/78")).to_be_visible()
    expect(pressure).not_to_contain_text("170/100")
    enter_pressure(page, "168100")
    page.context.set_offline(False)
    expect(pressure.get_by_text("168/100")).to_have_count(1)
    expect(pressure).not_to_contain_text("waiting")


def test_the_pump_can_be_paused_and_stopped_without_a_network(tablet, session):
    """What the nurse did counts at once for which buttons make sense."""
    page = at_bedside(tablet, session)
    page.context.set_offline(True)
    thumb(page, "PAUSE")
    tap(page, "Patient asks")
    expect(page.get_by_role("button", name="RESUME")).to_be_visible()
    thumb(page, "STOP")
    tap(page, "Patient asks")
    expect(page.get_by_role("button", name="STOP", exact=True)).to_be_disabled()
    page.context.set_offline(False)
    expect(page.locator(".phase")).to_contain_text("Recovering")


def test_what_waits_survives_a_reload_and_carries_no_name(tablet, session):
    page = at_bedside(tablet, session)
    entries = re.compile(r"/entries/$")
    page.route(entries, lambda route: route.abort())
    enter_pressure(page, "13182")
    expect(page.locator("#waiting li")).to_have_count(1)
    kept = page.evaluate(
        """() => new Promise(done => {
             const asked = indexedDB.open("mooring");
             asked.onsuccess = () => {
               const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
               all.onsuccess = () => done(JSON.stringify(all.result));
             };
           })"""
    )
    assert str(session.pk) in kept
    assert "Marsh" not in kept
    page.reload()
    expect(page.locator("#waiting li")).to_have_count(1)
    page.unroute(entries)
    expect(page.locator("#sent")).to_have_text(re.compile("all sent"))
    assert SessionEntry.objects.filter(systolic=131).count() == 1


def test_an_answer_that_was_lost_on_the_way_back_stores_nothing_twice(tablet, session):
    page = at_bedside(tablet, session)
    lost = []

    def lose_the_first_answer(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route(re.compile(r"/entries/$"), lose_the_first_answer)
    enter_pressure(page, "13182")
    expect(page.locator(".tile").first).to_contain_text("131/82")
    expect(page.locator("#waiting li")).to_have_count(0)
    assert [answer.status for answer in lost] == [201]
    assert SessionEntry.objects.filter(systolic=131).count() == 1


def test_what_is_refused_stays_until_someone_deals_with_it(tablet, session, alice, bob):
    """While the tablet was away someone else signed: a reading no longer fits."""
    page = at_bedside(tablet, session)
    page.context.set_offline(True)
    enter_pressure(page, "13182")
    now = timezone.now()
    wrote(bob, session, now, {"kind": "infusion_stop", "reason": "Patient asks"})
    wrote(alice, session, now, signature(alice, override_reason="Taken to hospital"))
    page.context.set_offline(False)
    refused = page.locator("#waiting li")
    expect(refused).to_contain_text("Not taken")
    expect(refused).to_contain_text("The session is signed")
    expect(refused).to_be_focused()
    expect(refused).to_be_in_viewport()
    page.reload()
    expect(refused).to_contain_text("The session is signed")
    refused.get_by_role("button", name="Remove from this device").click()
    expect(refused).to_have_count(0)
    assert not SessionEntry.objects.filter(systolic=131).exists()


def test_another_person_on_this_device_does_not_sign_what_was_not_theirs(
    browser, asgi_server, tablet, session, alice
):
    page = at_bedside(tablet, session)
    page.route(re.compile(r"/entries/$"), lambda route: route.abort())
    enter_pressure(page, "13182")
    expect(page.locator("#waiting li")).to_have_count(1)
    other = visit(browser, asgi_server, alice, "tablet")
    cookie = next(c for c in other.page.context.cookies() if c["name"] == "sessionid")
    page.context.add_cookies([cookie])
    page.unroute(re.compile(r"/entries/$"))
    page.reload()
    expect(page.locator("#sent")).to_contain_text("Entered by someone else here · 1 waiting")
    assert not SessionEntry.objects.filter(systolic=131).exists()


def test_two_tablets_stay_in_step(browser, asgi_server, tablet, session, alice):
    first = at_bedside(tablet, session)
    second = at_bedside(visit(browser, asgi_server, alice, "tablet"), session)
    enter_pressure(first, "16590")
    expect(second.locator(".banner.stop")).to_contain_text("165/90")
    second.locator(".banner.stop").get_by_role("button", name="Seen").click()
    expect(first.locator(".banner.stop")).to_contain_text("seen by A. Lindqvist")


def test_what_the_server_itself_writes_reaches_the_page(tablet, session, bob):
    page = at_bedside(tablet, session)
    measured(bob, session, timezone.now(), "129/81")
    expect(page.locator(".tile").first).to_contain_text("129/81")


def test_a_silent_server_is_said_with_the_numbers_to_watch(tablet, session):
    """The network is there, the server does not answer: no rule runs, and the page says so."""
    page = at_bedside(tablet, session)
    page.clock.install()
    page.reload()
    expect(page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    expect(page.locator("#chart")).to_have_attribute("aria-label", re.compile("2 readings"))
    page.route(re.compile(r"/(live|chart)/"), lambda route: route.abort())
    page.clock.run_for(timedelta(seconds=25).total_seconds() * 1000)
    alone = page.locator("#alone")
    expect(alone).to_contain_text(re.compile(r"No news from the server since \d\d:\d\d"))
    expect(alone).to_contain_text("no rule is checked here")
    expect(alone).to_contain_text("systolic 165 or more")
    expect(alone).to_contain_text("diastolic 108 or more")


def test_a_cancelled_session_says_so(tablet, asgi_server, patient, alice, bob):
    made, _ = session_at(patient, alice, bob)
    actions.cancel(acting(bob), session=made, reason="She has a cold", now=timezone.now())
    page = at_bedside(tablet, made)
    expect(page.locator(".banner.stop")).to_contain_text("Cancelled")
    expect(page.locator(".banner.stop")).to_contain_text("She has a cold")


def test_a_screen_that_locked_meanwhile_keeps_the_reading_until_it_is_opened_again(tablet, session):
    page = at_bedside(tablet, session)
    # Otherwise the cover may come before the reading is typed, and the test could not type it.
    page.route(re.compile(r"/(live|chart)/"), lambda route: route.abort())
    page.wait_for_timeout(500)
    cookie = next(c for c in page.context.cookies() if c["name"] == "sessionid")
    store = SessionStore(cookie["value"])
    store["locked"] = True
    store.save()
    enter_pressure(page, "13182")
    password = page.get_by_label("Password", exact=True)
    expect(password).to_be_visible()
    expect(page.get_by_text("Marsh").locator("visible=true")).to_have_count(0)
    page.unroute(re.compile(r"/(live|chart)/"))
    assert not SessionEntry.objects.filter(systolic=131).exists()
    password.fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#sent")).to_have_text(re.compile("all sent"))
    assert SessionEntry.objects.filter(systolic=131).count() == 1


def test_an_entry_before_the_first_news_has_the_clinic_s_time(
    browser, asgi_server, patient, alice, bob
):
    """The clock of this device is two hours behind, and only the page itself has come."""
    with movable() as clock:
        clock.pass_by(hours=2)
        made, _ = session_at(patient, alice, bob)
        tablet = visit(browser, asgi_server, bob, "tablet")
        tablet.page.route(re.compile("/live/$"), lambda route: None)
        page = tablet.go(f"/sessions/{made.pk}/")
        thumb(page, "Reading")
        keyed(page, "13080")
        tap(page, "Save the reading")
        expect(page.locator("#sent")).to_contain_text("all sent")
        reading = made.entries.get(kind="reading")
        assert abs(reading.effective_at - timezone.now()) < timedelta(minutes=1)
