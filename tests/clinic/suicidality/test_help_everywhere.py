"""The clinic's crisis words and numbers stand on every page that a patient can see."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mooring.clinic.handbook.models import Remark
from mooring.clinic.tasks.models import Task
from tests.clinic.handbook.review.steps import PRESSURE, standing
from tests.clinic.platform.routes import every_route

pytestmark = pytest.mark.django_db
WORDS = "If you might act on thoughts of harming yourself, call now."
SILENT = {
    "favicon": "no page",
    "stream": "no page: events for a page that is open",
}
"""Routes that show nobody anything."""


def pages_of(client):
    """The address and answer of every route that answers this reader with a page."""
    keys = {"passage_id": PRESSURE, "chapter_id": "safety"}
    for route in every_route():
        if route.name in SILENT or (route.door and route.door.closed):
            continue
        answer = client.get(route.path(keys), follow=True)
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 405 and kind.startswith("text/html") and answer.content:
            yield route.name, answer.content.decode()


def lacking(client):
    return [
        name
        for name, page in pages_of(client)
        if WORDS not in page or 'href="tel:555-0100"' not in page or "<html" not in page
    ]


def test_on_every_page_a_signed_in_patient_can_open(signed_in, pat):
    assert lacking(signed_in(pat)) == []


def test_on_every_page_that_opens_without_signing_in(client, clinic_row):
    assert lacking(client) == []


def test_on_the_patients_face_of_the_handbook_as_staff_read_it(signed_in, bob):
    client = signed_in(bob)
    assert WORDS in client.get("/handbook/read/safety/?face=patient").content.decode()
    assert WORDS not in client.get("/handbook/read/safety/").content.decode()


def test_no_number_is_invented_where_the_clinic_gave_none(signed_in, pat, clinic_row):
    from mooring.clinic.accounts.clinic import forget

    clinic_row.crisis_phone = clinic_row.emergency_phone = ""
    clinic_row.save()
    forget()
    page = signed_in(pat).get("/scales/mine/").content.decode()
    assert WORDS in page
    assert "tel:" not in page


def remark(client, text, **more):
    from mooring.clinic.handbook.reading.current import digest

    form = {
        "kind": "experience", "face": "patient", "text_digest": digest(standing()),
        "text": text, **more,
    }  # fmt: skip
    return client.post(f"/handbook/passages/{PRESSURE}/", form)


def test_remark_that_speaks_of_wanting_to_die_shows_help_and_opens_a_task(
    signed_in, pat, alice, patient
):
    page = remark(signed_in(pat), "Since May I want to die.").content.decode()
    assert page.index("You can call now") < page.index("A task is open for <b>A. Lindqvist</b>")
    assert "Your remark has arrived." in page
    task = Task.objects.get()
    assert (task.patient, task.owner, task.kind) == (patient, alice, "crisis_remark")
    assert "Since May I want to die." in task.detail
    assert task.urgent
    assert Remark.objects.get().text == "Since May I want to die."


def test_help_comes_even_where_the_remark_itself_lacks_something(signed_in, pat, alice):
    page = remark(signed_in(pat), "I want to die.", kind="").content.decode()
    assert "You can call now" in page
    assert "Your remark is not sent yet." in page
    assert Task.objects.count() == 1
    assert not Remark.objects.exists()


def test_second_remark_of_the_day_is_added_to_the_task(signed_in, pat, alice):
    client = signed_in(pat)
    remark(client, "I want to die.")
    remark(client, "I will hurt myself.")
    detail = Task.objects.get().detail
    assert "I want to die." in detail
    assert "I will hurt myself." in detail


def test_staff_are_shown_help_too_and_open_no_task(signed_in, bob):
    page = remark(signed_in(bob), "Some days I want to die.").content.decode()
    assert "You can call now" in page
    assert not Task.objects.exists()


def test_other_remarks_go_their_usual_way(signed_in, pat):
    answer = remark(signed_in(pat), f"The figure of {timezone.now():%Y} for suicide is missing.")
    assert answer.status_code == 302
    assert not Task.objects.exists()
