"""One course of care from the first file to the curve: each person with their own device.

Bob is the nurse and holds a tablet, Alice prescribes at a desk, Tara is the therapist, Audrey
audits. Milan, the patient, has a phone and no account. One server serves all of them.

What takes hours takes none here: the clinic's clock is put forward between steps, and runs on by
itself. Nobody writes into the database past the pages. On every page that is visited axe finds
nothing, the console stays empty, and nothing is to be scrolled sideways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mooring.clinic.actions import command
from mooring.clinic.audit.tables import take_over
from tests.browser.course import auditor, bedside, everyone, nurse, patient, prescriber, therapist
from tests.browser.course.milan import (
    BASELINE,
    EIGHTEEN,
    FILE,
    INTERVIEW,
    MILAN,
    RECORD,
    TWELVE,
    WRITTEN,
)
from tests.browser.course.prescriber import Typed
from tests.support.browsing import Visit, visit
from tests.support.cast import PASSWORD
from tests.support.clock import Clock, movable


@dataclass
class Care:
    """The people with their devices, and the clinic's clock."""

    clock: Clock
    tablet: Visit
    desk: Visit
    therapist: Visit
    phone: Visit
    auditor: Visit
    chart: str = ""
    session: str = ""


@pytest.fixture
def care(browser, asgi_server, alice, bob, tara, audrey) -> Iterator[Care]:
    """A morning at nine; nobody is in the charts yet."""
    with movable() as clock:
        clock.next_morning(9, "Europe/London")
        # From here on every row has to come from an action: the auditor's page compares them.
        take_over(command("test"), timezone.now())
        yield Care(
            clock,
            tablet=visit(browser, asgi_server, bob, "tablet"),
            desk=visit(browser, asgi_server, alice),
            therapist=visit(browser, asgi_server, tara),
            phone=patient.holds_phone(browser, asgi_server),
            auditor=visit(browser, asgi_server, audrey),
        )


def test_one_course_of_care(care: Care) -> None:
    the_record_comes_in(care)
    the_nurse_asks_weighs_and_measures(care)
    the_prescriber_decides_against_a_finding(care)
    a_course_starts_and_an_order_is_signed(care)
    the_therapist_prepares(care)
    the_patient_answers_before_the_first_session(care)
    the_first_session_is_stopped_by_its_rule(care)
    the_patient_goes_home_when_everything_is_met(care)
    a_day_later_the_curve_has_two_points(care)
    the_auditor_finds_it_all(care)


def the_record_comes_in(care: Care) -> None:
    """What is read, and what is kept because nothing here reads it, each with its number."""
    page = nurse.imports(care.tablet, FILE)
    for row in ("Condition 5 0", "MedicationRequest 3 1", "Procedure 0 5"):
        expect(page.get_by_role("row", name=row)).to_be_visible()
    kept = page.locator(".lines > li", has_text="5 × Procedure")
    expect(kept).to_contain_text("Mooring does not read this type of resource.")


def the_nurse_asks_weighs_and_measures(care: Care) -> None:
    page = nurse.opens_screening(care.tablet, MILAN)
    care.chart = page.url.removeprefix(care.tablet.address).replace("screening", "patients")
    verdict = page.locator(".banner .sentence")
    expect(verdict).to_have_text("Cannot start: 22 unanswered")
    nurse.interviews(care.tablet, INTERVIEW)
    nurse.says_there_are_none(care.tablet)
    expect(verdict).to_have_text("Cannot start: 1 needs evaluation, 2 unanswered")
    nurse.weighs(care.tablet, "70")
    nurse.measures_pressure(care.tablet, "118", "76")
    expect(page.get_by_text("70 kg")).to_be_visible()


def the_prescriber_decides_against_a_finding(care: Care) -> None:
    """What could not be asked holds; to go on in spite of it is an override, for ever."""
    page = nurse.opens_screening(care.desk, MILAN)
    expect(page.locator(".banner .sentence")).to_have_text("Cannot start: 1 needs evaluation")
    ssri = page.locator(".lines > li", has_text="SSRI")
    expect(ssri).to_contain_text("Fluoxetine 25MG, active since 17 Jan 1993")
    expect(page.get_by_text("Adopted, family not known").first).to_be_visible()
    prescriber.reads_claim_by_keyboard(care.desk, "SSRI", "Szarmach 2020 SSRI")
    prescriber.reads_the_other_side(care.desk, "SSRI")
    prescriber.decides(care.desk, "Go on to a course", "No sign of psychosis in 20 years of care.")
    expect(page.get_by_role("heading", name="Start a course")).to_be_visible()
    override = page.locator(".banner.override")
    care.desk.go(care.chart.replace("patients", "screening"))
    expect(override).to_contain_text("Override: go on to a course, against the findings")
    expect(override).to_contain_text("A. Lindqvist")
    care.desk.go(care.chart)
    expect(override).to_contain_text("No sign of psychosis in 20 years of care.")
    care.desk.check()


def a_course_starts_and_an_order_is_signed(care: Care) -> None:
    prescriber.starts_course(
        care.desk,
        care.chart,
        "Depression",
        "Intravenous infusion and separate therapy",
        "He sees his own therapist every week.",
    )
    expect(care.desk.page.get_by_text("override", exact=True)).to_be_visible()
    an_order_above_one_mg_per_kg_needs_two_people(care)
    prescriber.types_order(care.desk, Typed(dose="0.5", minutes="40"))
    preview = care.desk.page.locator("#preview")
    expect(preview).to_contain_text("0.5 mg/kg × 70 kg")
    expect(preview).to_contain_text("= 35 mg")
    for volume in ("3.5 mL of 10 mg/mL", "0.7 mL of 50 mg/mL", "0.35 mL of 100 mg/mL"):
        expect(preview).to_contain_text(volume)
    prescriber.signs_order(care.desk)


def an_order_above_one_mg_per_kg_needs_two_people(care: Care) -> None:
    """1.2 mg/kg: alone it cannot be signed; with Bob's password and a reason it can be."""
    page = care.desk.page
    prescriber.types_order(care.desk, Typed(dose="1.2", minutes="100"))
    expect(page.locator("#preview")).to_contain_text("Hard stop")
    page.get_by_role("button", name="Sign the order").click()
    expect(page.get_by_text("The second person types their own.").first).to_be_visible()
    care.desk.check_refused()
    page.get_by_label("Why it may go beyond the bounds").fill("Reviewed together.")
    page.get_by_label("Username of the second person").fill("bob")
    page.get_by_label("Their password").fill(PASSWORD)
    prescriber.signs_order(care.desk)
    expect(page.get_by_text("B. Okafor, RN, with their own password")).to_be_visible()
    prescriber.withdraws_order(care.desk, "For a first session the standard dose is enough.")


def the_therapist_prepares(care: Care) -> None:
    page = therapist.records_preparation(
        care.therapist, care.chart, care.clock.now(), intention="To sleep again"
    )
    expect(page.get_by_text("To sleep again")).to_be_visible()
    expect(page.get_by_text("“A hand on the shoulder is fine”")).to_be_visible()


def the_patient_answers_before_the_first_session(care: Care) -> None:
    """Item 9 above 0: help at once, and a task for the prescriber with her name."""
    link = nurse.makes_link(care.tablet, care.chart, "Before the first session")
    page = patient.begins(care.phone, link)
    assert patient.answers(care.phone, EIGHTEEN) < 60
    call = page.get_by_role("link", name="Crisis line 555-0100")
    expect(page.get_by_text("If you might act on thoughts of harming yourself")).to_be_visible()
    expect(call).to_be_in_viewport()
    patient.sends(care.phone, "Thank you for telling us")
    expect(call).to_be_in_viewport()
    expect(page.get_by_text("A task has been opened for A. Lindqvist")).to_be_visible()
    prescriber.closes_task(
        care.desk,
        "Thoughts of self-harm answered: read and call",
        "Called him: passive thoughts, no plan. Seen today before the session.",
    )


def the_first_session_is_stopped_by_its_rule(care: Care) -> None:
    """Baseline 120/78; 165/90 is 45 mmHg above it, where the rule stops (S2.44)."""
    nurse.plans_session(care.tablet, care.chart, care.clock.now())
    care.tablet.page.get_by_role("link", name=MILAN).click()
    care.session = care.tablet.page.url.removeprefix(care.tablet.address)
    it_cannot_start_before_everything_is_there(care)
    bedside.starts_pump(care.tablet, drawn_up="35")
    care.clock.pass_by(minutes=10)
    page = bedside.at_bedside(care.tablet, care.session)
    due = page.get_by_role("region", name="What is due, in order")
    expect(due).to_contain_text("Blood pressure, heart rate, SpO2")
    bedside.reading(care.tablet, "1348680")
    expect(page.locator(".tile").first).to_contain_text("134/86")
    expect(page.locator(".tile").first).to_contain_text("+14/+8")
    care.tablet.check()
    a_banner_stands_on_both_screens(care)
    bedside.thumb(page, "PAUSE")
    with bedside.one_more_line(page):
        bedside.tap(page, "Blood pressure")
    expect(page.locator(".phase")).to_contain_text("Paused")
    bedside.thumb(page, "STOP")
    with bedside.one_more_line(page):
        bedside.tap(page, "Stop rule")
    expect(page.locator(".phase")).to_contain_text("Recovering")
    expect(page.locator(".phase")).to_contain_text("stopped")
    care.tablet.check()


def it_cannot_start_before_everything_is_there(care: Care) -> None:
    page = bedside.at_bedside(care.tablet, care.session)
    before = page.locator(".before")
    start = page.get_by_role("button", name="Start the infusion")
    expect(before).to_contain_text("Check-in is not done")
    expect(before).to_contain_text("two seated blood pressures are needed, none so far")
    expect(start).to_have_count(0)
    care.tablet.check()
    bedside.checks_in(care.tablet)
    bedside.seated_reading(care.tablet, BASELINE)
    expect(before).to_contain_text("one so far")
    expect(start).to_have_count(0)
    care.clock.pass_by(minutes=5)
    bedside.at_bedside(care.tablet, care.session)
    bedside.seated_reading(care.tablet, BASELINE)
    expect(before).to_contain_text("Everything for the start is there")
    expect(start.first).to_be_visible()
    care.tablet.check()


def a_banner_stands_on_both_screens(care: Care) -> None:
    """Alice has the session open at her desk; she sees what Bob enters, by itself."""
    second = bedside.at_bedside(care.desk, care.session)
    care.clock.pass_by(minutes=8)
    bedside.at_bedside(care.tablet, care.session)
    bedside.reading(care.tablet, "16590")
    for screen in (care.tablet.page, second):
        banner = screen.locator(".banner.stop")
        expect(banner).to_contain_text("STOP")
        expect(banner).to_contain_text("165/90 is +45 over baseline 120/78")
        expect(banner).to_contain_text("Blood pressure rise")
        expect(banner.get_by_role("link", name="founding document S2 reports")).to_be_visible()
        banner.locator(".sources > summary").first.click()
        expect(banner.get_by_role("link", name="S2.44")).to_be_visible()
    care.tablet.check()
    care.desk.check()
    second.locator(".banner.stop").get_by_role("button", name="Seen").click()
    expect(care.tablet.page.locator(".banner.stop")).to_contain_text("seen by A. Lindqvist")


def the_patient_goes_home_when_everything_is_met(care: Care) -> None:
    """Two hours from the start, two PADSS scores 20 minutes apart, and each criterion."""
    page = bedside.at_bedside(care.tablet, care.session)
    leaving = page.locator(".leaving")
    expect(leaving).to_contain_text("PADSS is not scored after the infusion")
    expect(leaving).to_contain_text("of 120 min since the start")
    expect(page.get_by_role("button", name="Sign: the patient may leave")).to_have_count(0)
    for minutes in (80, 25):
        care.clock.pass_by(minutes=minutes)
        bedside.at_bedside(care.tablet, care.session)
        bedside.reading(care.tablet, "12480749815", room_air=True)
        bedside.sedation(care.tablet, "5 Answers at once")
        bedside.scores_padss(care.tablet)
        care.tablet.check()
    for criterion in ("oriented", "steady gait", "nausea", "adult", "driving", "suicidal"):
        bedside.finds_met(care.tablet, re.compile(criterion, re.IGNORECASE))
    expect(leaving).to_contain_text("Every criterion is met")
    care.tablet.check()
    bedside.tap(page, "Sign: the patient may leave")
    bedside.tap(page, "Sign as B. Okafor")
    expect(page.locator(".phase")).to_contain_text("Signed")
    care.tablet.check()
    page.get_by_role("link", name="Record to print").click()
    expect(page.get_by_role("cell", name="Signed that the patient may leave")).to_be_visible()
    care.tablet.check()


def a_day_later_the_curve_has_two_points(care: Care) -> None:
    """18, then 12: a third less, which is no response under the definition of one half."""
    care.clock.pass_by(hours=22)
    everyone.signs_in_again(care.tablet, "bob", care.chart)
    link = nurse.makes_link(care.tablet, care.chart, "24 hours after")
    patient.begins(care.phone, link)
    patient.answers(care.phone, TWELVE)
    patient.sends(care.phone, "Thank you")
    everyone.signs_in_again(care.desk, "alice", care.chart)
    page = care.desk.page
    page.get_by_role("link", name="Outcome").first.click()
    chart = page.locator(".outcome-chart svg")
    expect(chart).to_have_attribute("aria-label", "PHQ-9 over time: 2 scores, 0 without a score")
    expect(chart.locator("circle")).to_have_count(2)
    sentence = page.locator(".sentence").first
    expect(sentence).to_contain_text("PHQ-9 18 before the first infusion, 12 at the latest score")
    expect(sentence).to_contain_text("after 1 infusion (−33 %)")
    expect(sentence).to_contain_text("Response (half of the first score or less): no.")
    expect(sentence).to_contain_text("This rests on 2 of 2 answers due.")
    expect(page.get_by_text("Undetermined")).to_be_visible()
    care.desk.check()


def the_auditor_finds_it_all(care: Care) -> None:
    """Who opened the chart, who wrote what, and that nothing was taken out or changed."""
    everyone.signs_in_again(care.auditor, "audrey", "/audit/")
    page = auditor.looks_up(care.auditor, RECORD, "chart.opened")
    for name in ("A. Lindqvist", "B. Okafor", "T. Nakamura"):
        expect(page.get_by_role("cell", name=name).first).to_be_visible()
    for action, name in WRITTEN.items():
        page = auditor.looks_up(care.auditor, RECORD, action)
        expect(page.get_by_role("row", name=name).first).to_be_visible()
    auditor.verifies(care.auditor)
    expect(
        page.get_by_role("status").get_by_text(re.compile(r"All \d+ rows are whole"))
    ).to_be_visible()
