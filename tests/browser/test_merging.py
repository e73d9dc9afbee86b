"""A second file of a patient through the screen: sent, compared entry by entry, merged."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from mooring.clinic.people.models import Condition, Medication, Patient
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import NOW, bundle, coded, condition, importer, medication, text
from tests.support.browsing import SIZES, visit

ASTHMA = condition(id="c2", code=coded("http://snomed.info/sct", "195967001", "Asthma"))


@pytest.mark.parametrize("size", SIZES)
def test_a_second_file_is_compared_and_merged(browser, asgi_server, bob, size):
    import_text(text(bundle(condition(), medication())), "first.json", importer(), NOW)
    second = bundle(condition(), medication(status="stopped"), ASTHMA, birthDate="1980-05-04")
    visited = visit(browser, asgi_server, bob, size)
    page = visited.go("/imports/new/")
    file = {
        "name": "second.json",
        "mimeType": "application/json",
        "buffer": json.dumps(second).encode(),
    }
    page.get_by_label("FHIR R4 bundle").set_input_files(file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="Compare with the chart")).to_be_visible()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    visited.check()

    page.get_by_role("button", name="Merge as chosen").click()
    expect(page.get_by_role("alert").first).to_contain_text("choose one of these")
    visited.check_refused()

    page.get_by_role("group", name="Date of birth").get_by_text("Keep what stands").click()
    page.get_by_role("group", name="Fluoxetine 20 MG").get_by_text("Take the file's").click()
    page.get_by_role("button", name="Merge as chosen").click()
    expect(page.get_by_text("Merged into the chart.")).to_be_visible()
    visited.check()

    visited.go(f"/patients/{Patient.objects.get().pk}/")
    expect(page.get_by_text("Stopped or finished: 1")).to_be_visible()
    expect(page.locator("a.entry-link", has_text="Asthma")).to_be_visible()
    visited.check()
    assert Medication.objects.get().status == "stopped"
    assert Condition.objects.count() == 2
    assert str(Patient.objects.get().birth_date) == "1980-04-05"
