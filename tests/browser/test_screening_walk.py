"""Screening as a nurse on a tablet and a prescriber at a desk meet it, page after page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.prescriptions.switch import switch_take_home
from tests.browser.course import prescriber
from tests.browser.course.bedside import at_bedside
from tests.clinic.courses.steps import acting, signed, started
from tests.clinic.screening.steps import answered, measured
from tests.clinic.sessions.steps import planned, recovered, running, signed_order
from tests.support.behind import update_behind
from tests.support.browsing import SIZES, Visit, visit
from tests.support.cast import PASSWORD
from tests.support.clock import zone_at_midday


@pytest.fixture
def midday(asgi_server, clinic_row):
    """A clinic where it is midday: nothing that is planned for today runs into midnight."""
    clinic_row.time_zone = zone_at_midday(timezone.now())
    clinic_row.save()
    forget()


@pytest.fixture
def tablet(browser, asgi_server, midday, bob) -> Visit:
    return visit(browser, asgi_server, bob, "tablet")


@pytest.fixture
def desk(browser, asgi_server, midday, alice) -> Visit:
    return visit(browser, asgi_server, alice)


def screening_of(device: Visit, patient) -> Page:
    page = device.go(f"/screening/{patient.pk}/")
    expect(page.get_by_role("heading", name="Screening", exact=True)).to_be_visible()
    return page


def screens_for(device: Visit, way: str, indication: str, model: str) -> Page:
    """Choose what the patient is screened for, on the screening page."""
    page, plan = device.page, device.page.locator("#plan")
    if not plan.get_by_label("Drug and route").is_visible():
        plan.locator("summary").click()
    plan.get_by_label("Drug and route").select_option(label=way)
    plan.get_by_label("For", exact=True).select_option(label=indication)
    plan.get_by_label("Model of care").select_option(label=model)
    device.check()
    plan.get_by_role("button", name="Screen for this").click()
    return page


def finding(page: Page, group: str, title: str):
    """The line of a finding under its group's heading."""
    region = page.locator("section.panel", has=page.get_by_role("heading", name=group))
    return region.locator(".lines > li", has_text=title)


def test_each_plan_is_judged_by_its_own_policy(tablet, patient, bob, olga):
    """Esketamine, a group and home each stop at what stands only in their own policy."""
    switch_take_home(acting(olga), on=True, reason="Agreed by all.", now=timezone.now())
    measured(patient, systolic=146, diastolic=84)
    answered(patient, bob, suicidality="moderate")
    page = screening_of(tablet, patient)
    expect(page.locator("#plan")).to_contain_text("not chosen yet")
    tablet.check()

    screens_for(tablet, "esKETAmine, intranasal", "Depression",
                "Medicine in monitored sessions, by whichever route is ordered")  # fmt: skip
    expect(page.locator(".page-head")).to_contain_text("Esketamine by the nose, by its label")
    expect(finding(page, "Needs evaluation", "Blood pressure above 140/90")).to_be_visible()
    enrolled = finding(page, "Not answered or not measured", "safety program")
    enrolled.get_by_role("link", name="Answer").click()
    asked = page.get_by_role("group", name="enrolled in the safety program")
    expect(asked).to_be_in_viewport()
    asked.get_by_label("No", exact=True).check()
    tablet.check()
    page.get_by_role("button", name="Save the answers").click()
    expect(finding(page, "Blocks", "Not enrolled in the safety program")).to_be_visible()

    screens_for(tablet, "KETAmine (racemic), sublingual", "Depression", "In a group")
    expect(page.locator(".page-head")).to_contain_text("in a group")
    held = finding(page, "Blocks", "Suicidality: moderate tier")
    expect(held).to_contain_text("a prescriber and a second person open it")
    expect(page.locator("main")).not_to_contain_text("safety program")
    tablet.check()

    screens_for(tablet, "KETAmine (racemic), sublingual", "Depression",
                "At home, after doses in the clinic")  # fmt: skip
    expect(page.locator(".page-head")).to_contain_text("Ketamine taken at home")
    expect(finding(page, "Not answered", "under watch")).to_be_visible()
    tablet.check()


def test_the_owner_chooses_a_side_and_the_screening_page_says_so(
    browser, asgi_server, desk, patient, bob, olga
):
    answered(patient, bob, antidepressant_trials="1")
    page = screening_of(desk, patient)
    expect(finding(page, "To weigh", "Fewer than two adequate")).to_be_visible()
    owner = visit(browser, asgi_server, olga)
    sides = owner.go("/screening/sides/")
    owner.check()
    box = sides.locator("#D09")
    box.get_by_text("Choose", exact=True).click()
    box.get_by_label("Antidepressants first: a shorter history is evaluated").check()
    box.get_by_label("Why").fill("Agreed in the team meeting.")
    box.get_by_role("button", name="Follow this side").click()
    expect(sides.get_by_text("Kept. Screening follows it from now.")).to_be_visible()
    owner.check()

    screening_of(desk, patient)
    followed = page.locator("#sides")
    expect(followed).to_contain_text("antidepressants first: a shorter history is evaluated")
    followed.locator("summary").click()
    expect(followed).to_contain_text("O. Petrova")
    expect(followed).to_contain_text("The other side:")
    expect(finding(page, "Needs evaluation", "Fewer than two adequate")).to_be_visible()
    desk.check()


def test_a_list_is_gone_through_entry_by_entry(tablet, patient, bob):
    measured(patient)
    answered(patient, bob)
    page = tablet.go(f"/screening/{patient.pk}/interview/")
    medicines = page.get_by_role("region", name="Medicines")
    expect(medicines).to_contain_text("said by B. Okafor")
    medicines.get_by_role("textbox").fill("oxycodone 10 mg every 6 hours")
    allergies = page.get_by_role("region", name="Allergies")
    allergies.get_by_role("textbox").fill("penicillin: rash")
    tablet.check()
    page.get_by_role("button", name="Save the answers").click()
    expect(finding(page, "To weigh", "Opioid")).to_contain_text("oxycodone 10 mg every 6 hours")
    tablet.go(f"/screening/{patient.pk}/interview/")
    expect(medicines).to_contain_text("oxycodone 10 mg every 6 hours")
    medicines.get_by_label("Gone through: the list is complete").check()
    page.get_by_role("button", name="Save the answers").click()
    tablet.go(f"/patients/{patient.pk}/")
    expect(page.locator("main")).to_contain_text("gone through by B. Okafor")
    tablet.check()


CHARTED_LATER = {
    "an anaphylaxis": ("allergy", "Anaphylaxis to ketamine"),
    "a schizophrenia": ("condition", "Paranoid schizophrenia"),
}


@pytest.mark.parametrize("change", CHARTED_LATER)
def test_what_is_charted_after_the_decision_waits_for_a_prescriber_everywhere(
    tablet, desk, patient, alice, bob, change
):
    kind, text = CHARTED_LATER[change]
    course, session = decided_ordered_and_planned(patient, alice, bob)
    page = tablet.go("/today/")
    coming = page.get_by_role("region", name="To come")
    expect(coming).to_contain_text("screening decided")

    tablet.go(f"/patients/{patient.pk}/add/{kind}/")
    page.get_by_label("What", exact=True).fill(text)
    page.get_by_label("Active", exact=True).check()
    page.get_by_role("button", name="Save to the record").click()
    expect(page.get_by_text("Saved to the record.")).to_be_visible()

    tablet.go("/today/")
    expect(coming.get_by_role("link", name="screening: look again")).to_be_visible()
    tablet.check()
    at_bedside(tablet, f"/sessions/{session.pk}/")
    expect(page.locator(".before")).to_contain_text(text)
    expect(page.locator(".before").get_by_role("link", name="Look again")).to_be_visible()
    expect(page.get_by_role("button", name="Start the infusion")).to_have_count(0)
    tablet.check()

    order = desk.go(f"/courses/{course.pk}/orders/new/")
    expect(order.get_by_text(text).first).to_be_in_viewport()
    expect(order.get_by_text("Inside the bounds")).to_have_count(0)
    desk.check()
    desk.go("/today/")
    mine = order.get_by_role("region", name="Tasks with my name")
    mine.get_by_role("link", name="Screening: look again").click()
    expect(order.locator("main")).to_contain_text(text)
    desk.check()
    screening_of(desk, patient)
    expect(order.locator("#new")).to_contain_text(text)
    prescriber.decides(desk, "Go on to a course", "Read the letter: another drug was meant.")

    tablet.go("/today/")
    expect(coming).to_contain_text("screening decided")
    tablet.go(f"/sessions/{session.pk}/")
    expect(page.locator(".before")).not_to_contain_text("look again")


def decided_ordered_and_planned(patient, alice, bob):
    """Decided on a clean interview, with a course, an order and a session of today."""
    from mooring.clinic.screening.actions import decide
    from mooring.clinic.screening.standing import fingerprint, screen

    now = timezone.now()
    measured(patient)
    answered(patient, bob)
    seen = fingerprint(screen(patient, timezone.localdate(now)))
    decide(acting(alice), patient=patient, decision="proceed", reason="Two trials.", seen=seen,
           now=now)  # fmt: skip
    update_behind(patient.measurements.all(), method="weighed")
    course = started(patient, alice, now=now)
    return course, planned(signed(course, alice, now=now), bob, at=now, now=now)


SUICIDAL = re.compile("suicidal", re.IGNORECASE)
SETTINGS = {
    "group": ("In a group", "A group plan"),
    "home": ("At home, after doses in the clinic", "A supply for home"),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_high_tier_holds_a_group_and_home_until_two_people_open_it(
    tablet, desk, patient, alice, bob, olga, setting
):
    model, opened = SETTINGS[setting]
    switch_take_home(acting(olga), on=True, reason="Agreed by all.", now=timezone.now())
    patient.phone = "555 0142"
    patient.save()
    measured(patient)
    today = screening_of(desk, patient)
    screens_for(desk, "KETAmine (racemic), sublingual", "Depression", model)
    home = {"supervised_dose": "yes", "home_sitter": "yes", "home_lock": "yes"}
    answered(patient, bob, **(home if setting == "home" else {}))
    page = tablet.go(f"/patients/{patient.pk}/suicidality/")
    tablet.check()
    page.get_by_role("radio", name="High").check()
    page.get_by_label("What it rests on").fill("A plan for tonight; her brother is with her.")
    page.get_by_role("button", name="Enter the tier").click()
    expect(page.get_by_text("A prescriber decides about the start")).to_be_visible()
    a_safety_plan_is_written(tablet)

    desk.go("/today/")
    first = today.get_by_role("region", name="First of all")
    expect(first).to_contain_text("call by")
    expect(first.get_by_role("link", name="555 0142")).to_be_in_viewport()
    desk.check()

    screening_of(desk, patient)
    expect(finding(today, "Blocks", "Suicidality: high tier")).to_contain_text("second person")
    prescriber.decides(desk, "Go on to a course", "Seen today; her brother stays with her.")
    starts_course(today, model)
    refused = today.get_by_role("alert").filter(has_text="Not saved yet")
    expect(refused).to_contain_text("needs a second, distinct person and a reason")
    desk.check_refused()
    two_people_open(desk, patient, opened)
    desk.go(f"/courses/for/{patient.pk}/new/")
    starts_course(today, model)
    expect(today.get_by_role("heading", name="Write an order", exact=True)).to_be_visible()


def a_safety_plan_is_written(tablet: Visit) -> None:
    """With the day on which it is looked at again."""
    plan = tablet.page.get_by_role("region", name="Safety plan")
    expect(plan).to_contain_text("At this tier one belongs here.")
    plan.get_by_text("Write a safety plan").click()
    plan.get_by_label("How a crisis announces itself").fill("She stops answering.")
    plan.get_by_label("Whom to call, with the numbers").fill("Sam, 555 0143")
    review = timezone.localdate() + timedelta(days=7)
    plan.get_by_label("Looked at again on").fill(review.isoformat())
    tablet.check()
    plan.get_by_role("button", name="Keep the plan").click()
    expect(plan).to_contain_text(f"looked at again on {review:%-d %b %Y}")
    tablet.check()


def starts_course(page: Page, model: str) -> None:
    page.get_by_label("Depression", exact=True).check()
    page.get_by_role("group", name="Model of care").get_by_label(model).check()
    page.get_by_label("Why this model, for this patient").fill("She asks for company.")
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Start the course").click()


def two_people_open(desk: Visit, patient, what: str) -> None:
    page = desk.go(f"/patients/{patient.pk}/suicidality/")
    box = page.locator("#open")
    box.get_by_label(what, exact=True).check()
    box.get_by_label("Your reason").fill("Seen today; she asks for it.")
    box.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("The second person types both.").first).to_be_visible()
    desk.check_refused()
    box.get_by_label("Username of the second person").fill("bob")
    box.get_by_label("Their password").fill(PASSWORD)
    box.get_by_label("Their reason").fill("I know her well.")
    box.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("region", name="Entered before")).to_contain_text("I know her well.")
    desk.check()


def test_a_yes_before_leaving_keeps_the_patient_and_calls_somebody(
    tablet, desk, patient, alice, bob
):
    start = timezone.now() - timedelta(minutes=126)
    session = planned(signed_order(patient, alice, at=start), bob, at=start)
    running(bob, session, start)
    recovered(bob, session, start)
    path = f"/sessions/{session.pk}/"
    page = at_bedside(tablet, path)
    leaving = page.locator(".leaving")
    expect(leaving).to_contain_text("Every criterion is met")
    wrote_again(page)
    expect(leaving).to_contain_text("a prescriber decides")
    expect(page.get_by_role("button", name="Sign: the patient may leave")).to_have_count(0)
    tablet.check()

    today = desk.go("/today/")
    first = today.get_by_role("region", name="First of all")
    expect(first).to_contain_text("Marsh, Pat")
    expect(first).to_contain_text("call by")
    desk.check()
    at_bedside(desk, path)
    asks(today)
    panel = today.locator("#panel-ideation")
    panel.get_by_text("Active thoughts of suicide").click()
    panel.get_by_label("What you decide as prescriber").fill("Seen; her brother takes her in.")
    desk.check()
    panel.get_by_role("button", name="Keep the answer").click()
    expect(leaving).to_contain_text("Every criterion is met")


def asks(page: Page) -> None:
    """Open the question from its own line; a criterion that is met can be asked again."""
    if page.locator("#leave-met li", has_text=SUICIDAL).count():
        page.locator("#leave-met > summary").click()
    line = page.locator(".leaving li", has_text=SUICIDAL)
    line.get_by_role("button").first.click()


def wrote_again(page: Page) -> None:
    """The patient says otherwise at the door: the answer is asked anew."""
    asks(page)
    panel = page.locator("#panel-ideation")
    panel.get_by_text("Active thoughts of suicide").click()
    panel.get_by_role("button", name="Keep the answer").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


@pytest.mark.parametrize("size", list(SIZES))
def test_every_page_of_screening_reads_at_every_size(
    browser, asgi_server, midday, patient, alice, bob, size
):
    """With everything there is to show: findings of each group, a suspension, a decision."""
    course, _ = decided_ordered_and_planned(patient, alice, bob)
    patient.allergies.create(
        text="Anaphylaxis to ketamine", status="active", origin="by hand",
        recorded_at=timezone.now(),
    )  # fmt: skip
    there = visit(browser, asgi_server, alice, size)
    for path in (
        f"/screening/{patient.pk}/",
        f"/screening/{patient.pk}/interview/",
        f"/patients/{patient.pk}/lists/medications/",
        f"/patients/{patient.pk}/suicidality/",
        f"/courses/{course.pk}/orders/new/",
        f"/patients/{patient.pk}/interactions/",
    ):
        there.go(path)
        there.check()
