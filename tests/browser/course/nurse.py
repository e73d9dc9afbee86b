"""What the nurse does before the first session, on a tablet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.support.browsing import Visit


def local(moment: datetime) -> str:
    """A moment as a date and time field takes it, on the clinic's clock."""
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def imports(tablet: Visit, file: Path) -> Page:
    """Upload a file from the patients' page; what became of it is shown."""
    page = tablet.go("/patients/")
    tablet.check()
    page.get_by_role("link", name="Import a file").click()
    tablet.check()
    page.get_by_label("FHIR R4 bundle of one patient").set_input_files(file)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="Imported file")).to_be_visible()
    tablet.check()
    return page


def opens_screening(tablet: Visit, patient: str) -> Page:
    """From the patients' page by a search to the chart, and on to screening."""
    page = tablet.go("/patients/")
    page.get_by_label("Name or record number").fill(patient)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=patient).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(patient)
    tablet.check()
    page.get_by_role("link", name="Screening", exact=True).click()
    expect(page.get_by_role("heading", name="Screening", exact=True)).to_be_visible()
    tablet.check()
    return page


def interviews(tablet: Visit, answers: dict[str, tuple[str, ...]]) -> None:
    """From the screening page: answer each question, with its detail where one is asked for."""
    page = tablet.page
    page.get_by_role("link", name="Interview", exact=True).click()
    tablet.check()
    for question, (answer, *detail) in answers.items():
        asked = page.get_by_role("group", name=question)
        asked.get_by_label(answer, exact=True).check()
        for words in detail:
            asked.get_by_role("textbox").locator("visible=true").fill(words)
    page.get_by_role("button", name="Save the answers").click()
    expect(page.get_by_role("heading", name="Screening", exact=True)).to_be_visible()
    tablet.check()


def says_there_are_none(tablet: Visit) -> None:
    """From the screening page: the list that was not asked is asked, and holds nothing."""
    page = tablet.page
    page.get_by_role("link", name="Ask", exact=True).click()
    tablet.check()
    page.get_by_label("Known from").fill("told by the patient")
    page.get_by_role("button", name="Say there are none").click()
    expect(page.get_by_role("heading", name="Screening", exact=True)).to_be_visible()


def weighs(tablet: Visit, kilograms: str) -> None:
    """From the screening page: a weight that is far from the last one is asked for twice."""
    page = tablet.page
    page.get_by_role("link", name="Add a weight").click()
    tablet.check()
    page.get_by_label("Weight in kg").check()
    page.get_by_label("Value").fill(kilograms)
    page.get_by_label("Weighed").check()
    page.get_by_role("button", name="Save to the record").click()
    tablet.check()
    page.get_by_label("I checked the number and its unit again").check()
    page.get_by_role("button", name="Save to the record").click()
    expect(page.get_by_text("Saved to the record.")).to_be_visible()
    tablet.check()


def measures_pressure(tablet: Visit, systolic: str, diastolic: str) -> None:
    """From the chart: a blood pressure of now."""
    page = tablet.page
    page.get_by_role("link", name="Add a blood pressure").click()
    tablet.check()
    page.get_by_label("Systolic, mmHg").fill(systolic)
    page.get_by_label("Diastolic, mmHg").fill(diastolic)
    page.get_by_role("button", name="Save to the record").click()
    expect(page.get_by_text("Saved to the record.")).to_be_visible()
    tablet.check()


def makes_link(tablet: Visit, patient_page: str, occasion: str) -> str:
    """From the chart: a personal link for one scale. It is shown this once."""
    page = tablet.go(patient_page)
    page.get_by_role("link", name="Scales", exact=True).click()
    tablet.check()
    line = page.locator(".lines > li", has_text=occasion).first
    line.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    tablet.check()
    page.get_by_role("link", name="Back to the scales").click()
    expect(page.get_by_role("heading", name="Scales")).to_be_visible()
    assert link.rsplit("/", 2)[1] not in page.content()
    return link


def plans_session(tablet: Visit, patient_page: str, at: datetime) -> None:
    """From the chart over the course: when, in which room, with whom. Then it stands on Today."""
    page = tablet.go(patient_page)
    page.get_by_role("link", name="Course", exact=True).click()
    tablet.check()
    page.get_by_role("link", name="Schedule a session").first.click()
    tablet.check()
    page.get_by_label("When").fill(local(at))
    page.get_by_label("Room").fill("Room 2")
    page.get_by_label("Who sits with the patient").select_option("B. Okafor")
    page.get_by_role("button", name="Plan the session").click()
    expect(page.get_by_text("Session 1 is planned.")).to_be_visible()
    tablet.check()
    tablet.go("/today/")
    line = page.get_by_role("region", name="To come").get_by_role("listitem").first
    expect(line).to_contain_text("Room 2")
    for check in ("screening decided, override", "order 35 mg", "weight 70 kg", "baseline PHQ-9"):
        expect(line).to_contain_text(check)
    tablet.check()
