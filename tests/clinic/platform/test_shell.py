"""What stands around every page: the place in the rail, and the page for a form without cookie."""

from __future__ import annotations

import pytest
from django.test import Client

from mooring.clinic.context import here

SOMEBODY = "0190a8f0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/today/", "/today/"),
        ("/patients/", "/patients/"),
        (f"/patients/{SOMEBODY}/add/medication/", "/patients/"),
        (f"/imports/{SOMEBODY}/", "/patients/"),
        (f"/screening/{SOMEBODY}/interview/", "/patients/"),
        (f"/courses/{SOMEBODY}/orders/new/", "/patients/"),
        (f"/scales/patients/{SOMEBODY}/", "/patients/"),
        (f"/outcomes/{SOMEBODY}/", "/patients/"),
        ("/outcomes/", "/outcomes/"),
        ("/scales/mine/", "/scales/mine/"),
        (f"/sessions/{SOMEBODY}/record/", "/sessions/"),
        ("/handbook/policies/stopping/emory_s2/", "/handbook/"),
        ("/sign-in/2fa/", None),
    ],
)
def test_pages_about_a_patient_belong_to_patients_and_others_to_their_own_place(
    path: str, place: str | None
) -> None:
    assert here(path) == place


@pytest.mark.django_db
def test_who_keeps_no_cookies_reads_what_helps_and_the_crisis_numbers(clinic_row) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/scales/a/any-link/1/", {"value": "3"})
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "nothing was saved" in words
    assert "load the page again" in words
    assert clinic_row.crisis_text in words
    assert 'href="tel:555-0100"' in words
    assert "CSRF" not in words.replace("X-CSRFToken", "")


@pytest.mark.parametrize(
    ("cookie", "root", "scheme"),
    [
        (None, '<html lang="en-GB">', "light dark"),
        ("dark", '<html lang="en-GB" data-bs-theme="dark">', "dark"),
        ("light", '<html lang="en-GB" data-bs-theme="light">', "light"),
        ('"><script>', '<html lang="en-GB">', "light dark"),
    ],
)
@pytest.mark.usefixtures("clinic_row")
def test_the_page_leaves_the_server_in_the_face_chosen_on_the_device(
    cookie: str | None, root: str, scheme: str
) -> None:
    device = Client()
    if cookie is not None:
        device.cookies["mooring_face"] = cookie
    words = device.get("/sign-in/login/").content.decode()
    assert root in words
    assert f'<meta name="color-scheme" content="{scheme}">' in words
