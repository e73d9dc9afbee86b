"""Taking a file in by browser, and reading what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.imports.models import ImportBatch, KeptResource
from mooring.clinic.people.models import Patient
from tests.exchange.bundles import bundle, condition, observation, text

SignIn = Callable[[User], Client]
LOINC = "LOINC codes are copyright Regenstrief Institute, Inc. and the LOINC Committee"
WHOLE = text(bundle(condition(), observation("72166-2", "1.00", "x")))


def send(client: Client, content: bytes, name: str = "Ada.json") -> object:
    return client.post(
        reverse("patient_import"), {"file": SimpleUploadedFile(name, content)}, follow=True
    )


def page_after(client: Client, content: bytes, name: str = "Ada.json") -> str:
    answer = client.post(
        reverse("patient_import"), {"file": SimpleUploadedFile(name, content)}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["charlie", "tara", "audrey", "ray", "pat"])
def test_who_may_not_import_meets_a_closed_door(
    who: str, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("patient_import")).status_code == 403
    answer = client.post(
        reverse("patient_import"), {"file": SimpleUploadedFile("a.json", WHOLE.encode())}
    )
    assert answer.status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_nurse_imports_a_file_and_sees_what_became_of_it(signed_in: SignIn, bob: User) -> None:
    told = page_after(signed_in(bob), WHOLE.encode())
    assert "Imported file" in told
    assert "Mooring does not read this kind of observation." in told
    assert re.search(
        r"<td>Condition</td><td class=\"number\">1</td><td class=\"number\">0</td>", told
    )
    batch = ImportBatch.objects.get()
    assert (batch.imported_by, batch.received.decode()) == ("B. Okafor", WHOLE)


def test_the_owner_imports_without_seeing_the_chart(signed_in: SignIn, olga: User) -> None:
    client = signed_in(olga)
    told = page_after(client, WHOLE.encode())
    assert "Ada.json is imported." in told
    assert "Quill" not in told
    assert client.get(reverse("import", args=[ImportBatch.objects.get().pk])).status_code == 403


def test_the_chart_lists_the_import_with_what_is_kept(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    page_after(client, WHOLE.encode())
    patient = Patient.objects.get()
    told = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "Ada.json" in told
    assert "1 resource kept" in told
    assert reverse("import", args=[ImportBatch.objects.get().pk]) in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"not json", "line 1, column 1"),
        (b"\xff\xff", "UTF-8"),
        (b'{"resourceType": "Patient"}', "a FHIR R4 Bundle is needed"),
        (text(bundle(name=[])).encode(), "entry 1 (Patient), name: a name is needed"),
        (b"<svg onload=alert(1)>", "line 1, column 1"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_on_the_page(
    content: bytes, words: str, signed_in: SignIn, bob: User
) -> None:
    assert words in page_after(signed_in(bob), content)
    assert not Patient.objects.exists()


def test_the_same_file_twice_names_the_earlier(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    page_after(client, WHOLE.encode(), "first.json")
    assert "imported already, as first.json" in page_after(client, WHOLE.encode(), "second.json")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\u202enosj.exe", "<b>.json", "x" * 400])
def test_no_file_name_breaks_the_page(name: str, signed_in: SignIn, bob: User) -> None:
    assert "<b>.json" not in page_after(signed_in(bob), WHOLE.encode(), name)


def test_a_form_without_a_file_is_asked_for_one(signed_in: SignIn, bob: User) -> None:
    answer = signed_in(bob).post(reverse("patient_import"), {"file": "text"})
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()


def test_the_file_leaves_as_it_came_and_only_to_be_saved(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    page_after(client, WHOLE.encode())
    batch = ImportBatch.objects.get()
    answer = client.get(reverse("import_file", args=[batch.pk]))
    assert answer.content == WHOLE.encode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AuditRow.objects.filter(action="chart.opened", patient=batch.patient_id).count() == 1


def test_a_kept_resource_is_shown_as_text(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    claim = {"resourceType": "Claim", "note": "<script>alert(1)</script>"}
    page_after(client, text(bundle(claim)).encode())
    kept = KeptResource.objects.get(resource_type="Claim")
    told = client.get(reverse("kept_resource", args=[kept.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in told
    assert "<script>alert" not in told


@pytest.mark.parametrize("who", ["charlie", "audrey", "ray", "pat"])
def test_imports_are_closed_to_who_has_no_part_in_care(
    who: str, signed_in: SignIn, bob: User, request: pytest.FixtureRequest
) -> None:
    page_after(signed_in(bob), text(bundle({"resourceType": "Claim"})).encode())
    batch = ImportBatch.objects.get()
    kept = KeptResource.objects.filter(batch=batch)[0]
    client = signed_in(request.getfixturevalue(who))
    for name, key in (("import", batch.pk), ("import_file", batch.pk), ("kept_resource", kept.pk)):
        answer = client.get(reverse(name, args=[key]))
        assert answer.status_code == 403
        assert b"Quill" not in answer.content


def test_an_import_that_is_not_there_is_not_found(signed_in: SignIn, bob: User) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    for name in ("import", "import_file", "kept_resource"):
        assert signed_in(bob).get(reverse(name, args=[nobody])).status_code == 404


def test_loincs_notice_stands_where_its_codes_are_shown(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    assert LOINC in page_after(client, WHOLE.encode())
    kept = KeptResource.objects.get()
    told = client.get(reverse("kept_resource", args=[kept.pk])).content.decode()
    assert "72166-2" in told
    assert LOINC in told
