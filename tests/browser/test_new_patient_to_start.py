"""A patient nobody knew this morning: from "new patient" to the running infusion in seven pages.

Everything that holds is answered where the work is: nothing is set up beforehand but the clinic.
A. Lindqvist prescribes and nurses, as in a small clinic; she holds one tablet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.course import bedside, prescriber
from tests.browser.course.milan import BASELINE, INTERVIEW
from tests.browser.course.nurse import local
from tests.support.browsing import Visit, visit
from tests.support.clock import Clock, movable

MOST = 7
ANSWERS = INTERVIEW | {
    "Is the patient pregnant?": ("Not possible", "Sterilised"),
    "Psychosis in a parent, sibling or child?": ("No",),
}


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A morning at nine."""
    with movable() as moved:
        moved.next_morning(9, "Europe/London")
        yield moved


@pytest.fixture
def tablet(browser, asgi_server, alice) -> Visit:
    """One person with both roles, and one tablet."""
    alice.assignments.create(role="nurse")
    return visit(browser, asgi_server, alice, "tablet")


def opened_by(page: Page) -> list[str]:
    """The pages that are opened from now on, each path once, in their order."""
    paths: list[str] = []

    def note(frame) -> None:
        path = urlparse(frame.url).path
        if frame == page.main_frame and path not in paths:
            paths.append(path)

    page.on("framenavigated", note)
    return paths


def test_from_new_patient_to_the_running_infusion(clock: Clock, tablet: Visit) -> None:
    page = tablet.page
    paths = opened_by(page)
    tablet.go("/patients/new/")
    a_chart_is_opened(tablet)
    one_page_asks_weighs_and_measures(tablet)
    the_decision_leads_to_a_course(tablet)
    prescriber_starts_and_orders(tablet)
    the_session_is_planned_for_now(tablet)
    everything_for_the_start_is_there(clock, tablet)
    bedside.starts_pump(tablet, drawn_up="35")
    expect(page.locator(".phase")).to_contain_text("Infusing")
    assert len(paths) <= MOST, paths


def a_chart_is_opened(tablet: Visit) -> None:
    page = tablet.page
    page.get_by_label("Family name").fill("Harper")
    page.get_by_label("Given name").fill("Alex")
    page.get_by_label("Date of birth").fill("1990-05-04")
    page.get_by_label("Female").check()
    page.get_by_label("Record number").fill("H-0099")
    page.get_by_label("Telephone").fill("555 0142")
    tablet.check()
    page.get_by_role("button", name="Open the chart").click()
    expect(page.get_by_role("heading", name="Screening interview")).to_be_visible()


def one_page_asks_weighs_and_measures(tablet: Visit) -> None:
    """Weight, blood pressure, medicines and allergies stand beside the questions."""
    page = tablet.page
    weight = page.get_by_role("region", name="Weight")
    weight.get_by_label("Today").fill("70")
    weight.get_by_label("Weighed").check()
    pressure = page.get_by_role("region", name="Blood pressure")
    pressure.get_by_label("Systolic").fill("122")
    pressure.get_by_label("Diastolic").fill("78")
    medicines = page.get_by_role("region", name="Medicines")
    medicines.get_by_role("textbox").fill("sertraline 100 mg in the morning\nlevothyroxine 50 µg")
    page.get_by_role("region", name="Allergies").get_by_label("There are none").check()
    for question, (answer, *detail) in ANSWERS.items():
        asked = page.get_by_role("group", name=question)
        asked.get_by_label(answer, exact=True).check()
        for words in detail:
            asked.get_by_role("textbox").locator("visible=true").fill(words)
    tablet.check()
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("heading", name="Screening", exact=True)).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Not answered or not measured")
    expect(page.locator("main")).to_contain_text("sertraline 100 mg in the morning")
    tablet.check()


def the_decision_leads_to_a_course(tablet: Visit) -> None:
    prescriber.decides(tablet, "Go on to a course", "Two adequate trials; nothing stands against.")


def prescriber_starts_and_orders(tablet: Visit) -> None:
    page = tablet.page
    page.get_by_label("Depression", exact=True).check()
    models = page.get_by_role("group", name="Model of care")
    models.get_by_label("Intravenous infusion and separate therapy", exact=True).check()
    page.get_by_label("Why this model, for this patient").fill("She sees her own therapist.")
    page.get_by_label("Infusion series with therapy").check()
    tablet.check()
    page.get_by_role("button", name="Start the course").click()
    expect(page.get_by_role("heading", name="Write an order", exact=True)).to_be_visible()
    page.get_by_label("Dose", exact=True).fill("0.5")
    page.get_by_label("mg/kg, by body weight").check()
    page.get_by_label("Over how many minutes").fill("40")
    page.get_by_label("Concentration in the line").fill("10")
    expect(page.locator("#preview")).to_contain_text("= 35 mg")
    tablet.check()
    page.get_by_role("button", name="Sign and schedule a session").click()
    expect(page.get_by_role("heading", name="Plan a session")).to_be_visible()


def the_session_is_planned_for_now(tablet: Visit) -> None:
    page = tablet.page
    page.get_by_label("When").fill(local(timezone.now()))
    page.get_by_label("Room").fill("Room 2")
    page.get_by_label("Who sits with the patient").select_option("A. Lindqvist")
    tablet.check()
    page.get_by_role("button", name="Plan the session").click()
    expect(page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))


def everything_for_the_start_is_there(clock: Clock, tablet: Visit) -> None:
    """Two identifiers and the answers of the day, then two seated readings."""
    bedside.checks_in(tablet)
    bedside.seated_reading(tablet, BASELINE)
    clock.pass_by(minutes=5)
    tablet.page.reload()
    expect(tablet.page.locator("#sent")).to_have_text(re.compile("all sent", re.IGNORECASE))
    bedside.seated_reading(tablet, BASELINE)
    expect(tablet.page.locator(".before")).to_contain_text("Everything for the start is there")
