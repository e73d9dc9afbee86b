"""A patient answers the PHQ-9 on a phone: a minute, twelve taps, no account, no script needed."""

from __future__ import annotations

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.measures.actions import plan_baseline
from mooring.clinic.measures.models import Response
from mooring.clinic.tasks.models import Task
from tests.clinic.measures.steps import NOTHING, SIXTEEN, command_line
from tests.support.browsing import SIZES, Visit, calm, note, visit
from tests.support.clinical import session_for

WORDS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


@pytest.fixture
def scale(asgi_server, patient, alice):
    """Pat's baseline, open now; `scale.token` is in her link."""
    course = session_for(patient, alice).course
    return plan_baseline(command_line(), course=course, now=timezone.now())


@pytest.fixture
def phone(browser, asgi_server):
    """Pat's phone: nobody is signed in, and a finger taps."""
    return held(browser, asgi_server)


def held(browser, address, **more):
    width, height = SIZES["phone"]
    context = calm(
        browser, viewport={"width": width, "height": height}, has_touch=True, is_mobile=True, **more
    )
    opened = Visit(context.new_page(), address)
    opened.page.on("console", lambda message: note(opened, message))
    opened.page.on("pageerror", lambda error: opened.problems.append(str(error)))
    return opened


def answer(page, answers):
    """Tap through the nine questions."""
    for number, value in enumerate(answers.values(), 1):
        expect(page).to_have_title(re.compile(f"Question {number} of 9"))
        page.get_by_role("button", name=WORDS[value], exact=True).tap()


def test_nine_answers_in_a_minute_and_twelve_taps(phone, scale):
    begun = time.monotonic()
    page = phone.go(f"/scales/a/{scale.token}/")
    # In the capture phase, and kept by the window's name from page to page.
    page.context.add_init_script(
        "addEventListener('click', () => { window.name = String(Number(window.name) + 1); }, true)"
    )
    page.reload()
    page.get_by_role("button", name="Start").tap()
    answer(page, SIXTEEN)
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert time.monotonic() - begun < 60
    assert int(page.evaluate("window.name")) == 11 <= 12
    assert Response.objects.get().total == 16


def test_every_screen_is_calm_for_a_screen_reader_and_a_narrow_phone(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    phone.check()
    page.get_by_role("button", name="Start").tap()
    for number, value in enumerate(SIXTEEN.values(), 1):
        expect(page).to_have_title(re.compile(f"Question {number} of 9"))
        phone.check()
        page.get_by_role("button", name=WORDS[value], exact=True).tap()
    expect(page.get_by_role("heading", name="Look over and send")).to_be_visible()
    phone.check()
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.check()


def test_four_answers_are_as_wide_as_the_page_and_at_least_56_px_high(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    boxes = [page.get_by_role("button", name=word, exact=True).bounding_box() for word in WORDS]
    assert all(box["height"] >= 56 and box["width"] >= 390 - 2 * 16 for box in boxes)
    back = page.get_by_role("link", name="Back").bounding_box()
    assert back["height"] >= 48
    for number in page.locator(".crisis a").all():
        assert number.bounding_box()["height"] >= 48


def test_answers_stand_above_the_fold_even_under_the_longest_question(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    expect(page.get_by_text("1 of 9")).to_be_visible()
    page.goto(f"{phone.address}/scales/a/{scale.token}/8/")
    last = page.get_by_role("button", name=WORDS[3], exact=True).bounding_box()
    assert last["y"] + last["height"] < 844


def test_keyboard_alone_is_enough(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    press(page, "Start")
    for value in SIXTEEN.values():
        press(page, WORDS[value])
    press(page, "Send my answers")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Response.objects.get().answers == SIXTEEN


def press(page, name):
    """Tab to the button of this name and press Enter, which opens the next page."""
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            break
    focused = page.locator(":focus")
    ring = focused.evaluate(
        "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).boxShadow]"
    )
    assert ring != ["none", "none"], f"{name} does not show that it has the focus"
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_all_of_it_works_without_javascript(browser, asgi_server, scale):
    phone = held(browser, asgi_server, java_script_enabled=False)
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    answer(page, SIXTEEN)
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert Response.objects.get().total == 16


def test_reload_and_back_keep_what_was_chosen(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    page.get_by_role("button", name="Several days").tap()
    expect(page.get_by_text("2 of 9")).to_be_visible()
    page.reload()
    expect(page.get_by_text("2 of 9")).to_be_visible()
    page.get_by_role("link", name="Back").tap()
    chosen = page.get_by_role("button", name="Several days")
    expect(chosen).to_have_attribute("aria-pressed", "true")


def test_double_tap_answers_one_question(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    expect(page.get_by_text("1 of 9")).to_be_visible()
    box = page.get_by_role("button", name="Several days").bounding_box()
    page.wait_for_timeout(400)
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)
    page.wait_for_url("**/2/")
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)
    page.wait_for_timeout(300)
    expect(page.get_by_text("2 of 9")).to_be_visible()


def test_answer_above_0_to_item_9_brings_help_before_and_after_sending(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    answer(page, {**NOTHING, "phq9.9": 1})
    call = page.get_by_role("link", name="Crisis line 555-0100")
    expect(call).to_be_in_viewport()
    phone.check()
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    expect(call).to_be_in_viewport()
    expect(page.get_by_text("A task has been opened for A. Lindqvist")).to_be_visible()
    phone.check()
    assert Task.objects.get().kind == "self_harm_answer"


def test_two_fast_taps_on_send_store_once_and_still_lead_to_help(phone, scale):
    page = phone.go(f"/scales/a/{scale.token}/")
    page.get_by_role("button", name="Start").tap()
    answer(page, {**NOTHING, "phq9.9": 3})
    page.get_by_role("button", name="Send my answers").dblclick()
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    assert (Response.objects.count(), Task.objects.count()) == (1, 1)


def test_patient_with_an_account_starts_from_the_own_chart(browser, asgi_server, scale, pat):
    own = visit(browser, asgi_server, pat, "phone")
    page = own.go("/scales/mine/")
    own.check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("1 of 9")).to_be_visible()
