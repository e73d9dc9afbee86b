"""Each kind of page in a dark room, at night and on paper; the switch of the dark room.

Where nobody touched the switch, a page is as the device asks (prefers-color-scheme).
"""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mooring.clinic.measures.actions import plan_baseline
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.measures.steps import command_line
from tests.clinic.outcomes.rows import told
from tests.clinic.sessions.steps import planned, running, signed_order
from tests.support.browsing import AXE, SIZES, Visit, calm, note, visit

LIGHTEST = """() => {
  const light = e => {
    const said = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
    return said.length === 3 && Math.min(...said) > 200;
  };
  return [...document.querySelectorAll("body, body *")].filter(light).map(e => e.className);
}"""
"""The classes of all elements with a light ground of their own."""

OF_THE_CLINIC = (
    "/today/",
    "/patients/new/",
    "/sessions/",
    "/tasks/",
    "/outcomes/",
    "/comparison/",
    "/pharmacology/what-if/?drug=ketamine",
    "/handbook/",
    "/handbook/sources/",
    "/handbook/policies/screening/iv_ketamine/",
    "/sign-in/2fa/",
    "/no-such-page/",
)
OF_A_PATIENT = (
    "/patients/{patient}/",
    "/patients/{patient}/interactions/",
    "/patients/{patient}/exposure/",
    "/screening/{patient}/interview/",
    "/outcomes/{patient}/",
    "/scales/patients/{patient}/",
    "/courses/{course}/",
    "/courses/{course}/orders/new/",
    "/courses/orders/{order}/",
    "/ladders/course/{course}/",
    "/sessions/{session}/",
    "/sessions/{session}/record/",
)
WITHOUT_AN_ACCOUNT = ("/sign-in/login/", "/scales/a/{token}/", "/scales/a/{token}/1/")


@pytest.fixture
def care(asgi_server, patient, alice, bob):
    """Pat in a course with scores, a scale to answer, a signed order and a session that runs."""
    told(patient, alice, timezone.now(), scores={-2: 20, 1: 12, 5: None}, infusions=[0])
    start = timezone.now() - timedelta(minutes=6)
    # What was charted before is signed: a patient has one open session.
    TreatmentSession.objects.filter(signed_at__isnull=True).update(signed_at=start)
    order = signed_order(patient, alice, at=start)
    session = planned(order, bob, at=start)
    scale = plan_baseline(command_line(), course=order.course, now=timezone.now())
    running(bob, session, start)
    return {
        "patient": patient.pk, "course": order.course.pk, "order": order.pk,
        "session": session.pk, "token": scale.token,
    }  # fmt: skip


def at_night(opened: Visit) -> Visit:
    """The same device in the evening."""
    opened.page.emulate_media(color_scheme="dark")
    return opened


def stranger(browser, address) -> Visit:
    """A device on which nobody is signed in."""
    opened = Visit(calm(browser).new_page(), address)
    opened.page.on("console", lambda message: note(opened, message))
    return opened


def contrast(opened: Visit) -> list[str]:
    """What axe finds too pale; the tests of each page run all its other rules, by day."""
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = opened.page.evaluate(
        "axe.run({runOnly: ['color-contrast']}).then(r => r.violations.flatMap(v => v.nodes.map("
        "n => n.target.join(' '))))"
    )
    return found


def read_at_one_size_after_another(opened: Visit, paths: list[str]) -> None:
    """Each page at one size, so that a run takes seconds; what is light shows at any."""
    for path, (width, height) in zip(paths, cycle(SIZES.values()), strict=False):
        opened.page.set_viewport_size({"width": width, "height": height})
        page = opened.go(path)
        assert page.evaluate(LIGHTEST) == [], path
        assert contrast(opened) == [], path


def test_each_kind_of_page_can_be_read_in_the_dark(browser, asgi_server, alice, care):
    device = at_night(visit(browser, asgi_server, alice))
    paths = [path.format(**care) for path in (*OF_THE_CLINIC, *OF_A_PATIENT)]
    read_at_one_size_after_another(device, paths)
    device.check_refused()


def test_the_pages_without_an_account_can_be_read_in_the_dark(browser, asgi_server, care):
    device = at_night(stranger(browser, asgi_server))
    paths = [path.format(**care) for path in WITHOUT_AN_ACCOUNT]
    read_at_one_size_after_another(device, paths)
    device.check()


def token(page: Page, name: str) -> str:
    said: str = page.evaluate(
        "name => getComputedStyle(document.documentElement).getPropertyValue(name)", name
    )
    return said


@pytest.mark.parametrize("path", ["/courses/orders/{order}/", "/sessions/{session}/record/"])
def test_paper_stays_white_in_the_dark_room(browser, asgi_server, alice, care, path):
    device = visit(browser, asgi_server, alice)
    device.page.context.add_cookies([{"name": "mooring_face", "value": "dark", "url": asgi_server}])
    page = at_night(device).go(path.format(**care))
    assert token(page, "--surface") == "#131e24"
    page.emulate_media(media="print")
    assert (token(page, "--surface"), token(page, "--ink")) == ("#ffffff", "#000000")
    assert token(page, "color-scheme") == "light"


def test_the_dark_room_holds_for_every_page_of_the_device_until_it_is_switched_back(
    browser, asgi_server, bob, care
):
    device = visit(browser, asgi_server, bob, "tablet")
    page = device.go("/sessions/{session}/".format(**care))
    room = page.get_by_role("button", name="Dark room")
    room.click()
    expect(room).to_have_attribute("aria-pressed", "true")
    for path in ("/courses/orders/{order}/", "/patients/{patient}/"):
        device.go(path.format(**care))
        assert token(page, "--surface") == "#131e24", path
    expect(room).to_have_attribute("aria-pressed", "true")
    room.click()
    assert token(page, "--surface") == "#ffffff"
    device.go("/today/")
    assert token(page, "--surface") == "#ffffff"
    assert [c for c in page.context.cookies() if c["name"] == "mooring_face"] == []


def test_a_device_that_asks_for_dark_can_be_light_in_a_bright_room(browser, asgi_server, bob):
    device = at_night(visit(browser, asgi_server, bob))
    page = device.go("/patients/")
    room = page.get_by_role("button", name="Dark room")
    expect(room).to_have_attribute("aria-pressed", "true")
    room.click()
    page.reload()
    assert token(page, "--surface") == "#ffffff"
    expect(room).to_have_attribute("aria-pressed", "false")
