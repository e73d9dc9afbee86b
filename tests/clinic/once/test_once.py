"""A form that is sent twice is taken once, and both get the same answer.

Hazard: a double tap, a retry after a lost reply: two therapy visits, two decisions, two doses.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError, writing
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.chores import registered
from mooring.clinic.once import middleware, submission
from mooring.clinic.once.models import SubmittedForm, forget
from mooring.clinic.once.submission import AlreadySubmittedError, Submission
from mooring.clinic.people.models import Condition
from mooring.clinic.rows import new_id
from tests.clinic.platform.test_actions import note_condition
from tests.support.page_forms import writing_forms
from tests.support.resending import Form, sent_at_once

MIGRAINE = {"text": "Migraine", "status": "active"}
TIMES = 50


@pytest.fixture
def address(patient):
    return reverse("record_add", args=[patient.pk, "condition"])


@pytest.fixture
def nurse(signed_in, bob):
    return signed_in(bob)


def form_in(client, address):
    """The form of a page, as the browser holds it."""
    (form,) = [
        form for form in writing_forms(client.get(address).content.decode())
        if form.first("text") is not None
    ]  # fmt: skip
    return dict(form.fields)


def test_fifty_at_once_are_one_row_and_fifty_equal_answers(
    transactional_db, clinic_row, bob, patient, address
):
    form = Form(bob, address, MIGRAINE).with_id()
    answers = sent_at_once(form, TIMES)
    assert [answer.status_code for answer in answers] == [302] * TIMES
    assert {answer.url for answer in answers} == {reverse("patient", args=[patient.pk])}
    assert Condition.objects.count() == 1
    assert AuditRow.objects.filter(action="people.add_coded").count() == 1
    assert SubmittedForm.objects.count() == 1
    assert verify().whole


def test_a_page_gives_each_of_its_forms_an_id_of_its_own_each_time(nurse, address):
    page = nurse.get(address).content.decode()
    ids = [form.first("_form_id") for form in writing_forms(page)]
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
    again = {form.first("_form_id") for form in writing_forms(nurse.get(address).content.decode())}
    assert again.isdisjoint(ids)


def test_the_second_tap_lands_where_the_first_one_led_with_the_same_words(nurse, address):
    form = {**form_in(nurse, address), **MIGRAINE}
    first = nurse.post(address, form)
    second = nurse.post(address, form, follow=True)
    assert second.redirect_chain == [(first.url, 302)]
    assert "Saved to the record." in second.content.decode()
    assert Condition.objects.count() == 1


def test_a_refused_form_has_not_used_its_id(nurse, address):
    form = {**form_in(nurse, address), **MIGRAINE}
    refused = nurse.post(address, {**form, "since": "3000-01-01"})
    assert "still to come" in refused.content.decode()
    assert nurse.post(address, form).status_code == 302
    assert Condition.objects.count() == 1


def test_what_a_refusing_action_wrote_does_not_stand_and_neither_does_the_id(bob, patient):
    sent = Submission(new_id(), str(bob.pk), "x", "x")
    submission.current.set(sent)
    try:
        with pytest.raises(RefusedError):
            note_condition(acting(bob), patient=patient, text="refused", now=timezone.now())
        assert not SubmittedForm.objects.exists()
        note_condition(acting(bob), patient=patient, text="asthma", now=timezone.now())
    finally:
        submission.current.set(None)
    assert SubmittedForm.objects.get().maker == sent.maker


def acting(user):
    from tests.clinic.sessions.steps import acting

    return acting(user)


def test_several_actions_of_one_request_share_the_id(bob, patient):
    """Another request with it writes nothing, in whatever place of it."""
    first, second = (Submission(KEY, str(bob.pk), "x", "x") for _ in range(2))
    for sent in (first, first):
        submission.current.set(sent)
        note_condition(acting(bob), patient=patient, text="asthma", now=timezone.now())
    submission.current.set(second)
    try:
        with pytest.raises(AlreadySubmittedError), writing():
            note_condition(acting(bob), patient=patient, text="asthma", now=timezone.now())
    finally:
        submission.current.set(None)
    assert Condition.objects.count() == 2


KEY = new_id()


def test_a_form_that_an_older_version_rendered_still_works(nurse, address):
    for nothing in ({}, {"_form_id": ""}, {"_form_id": "not an id"}):
        assert nurse.post(address, {**MIGRAINE, **nothing}).status_code == 302
    assert Condition.objects.count() == 3


def test_other_content_under_the_same_id_is_shown_and_saved_only_by_a_second_decision(
    nurse, address
):
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    other = nurse.post(address, {**form, "text": "Asthma since school"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "You saved this form at" in page
    assert "Asthma since school" in page
    assert "See what was saved" in page
    assert Condition.objects.count() == 1
    (too,) = [form for form in writing_forms(page) if form.first("text")]
    assert nurse.post(too.action, dict(too.fields)).status_code == 302
    assert set(Condition.objects.values_list("text", flat=True)) == {
        "Migraine", "Asthma since school",
    }  # fmt: skip


def test_another_person_with_the_same_id_writes_nothing(nurse, signed_in, alice, address):
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    other = signed_in(alice).post(address, form)
    assert other.status_code == 409
    assert "by somebody else" in other.content.decode()
    assert "See what was saved" not in other.content.decode()
    assert Condition.objects.count() == 1


def test_the_same_id_at_another_address_writes_nothing(nurse, address, patient):
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    elsewhere = reverse("record_add", args=[patient.pk, "allergy"])
    assert nurse.post(elsewhere, {**form, "status": "active"}).status_code == 409


def test_passwords_are_neither_kept_nor_shown(signed_in, olga):
    client = signed_in(olga)
    person = {
        "display_name": "N. Abara", "username": "abara", "roles": "nurse",
        "password": "seven lanterns in a row", "credential": "RN", "_form_id": str(KEY),
    }  # fmt: skip
    assert client.post(reverse("staff"), person).status_code == 302
    other = client.post(reverse("staff"), {**person, "password": "other lanterns in a row"})
    page = other.content.decode()
    assert other.status_code == 409
    assert "N. Abara" in page
    assert "lanterns" not in page
    assert "Save this too" not in page
    kept = SubmittedForm.objects.get()
    assert "lanterns" not in repr([kept.content, kept.place, bytes(kept.answer)])


def test_after_the_program_ended_before_it_answered_the_form_counts_as_saved(nurse, address):
    """Killed between the write and the answer: the retry must not write it a second time."""
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    SubmittedForm.objects.update(answer=None, at=timezone.now() - timedelta(hours=1))
    again = nurse.post(address, form, headers={"referer": f"http://testserver{address}"})
    assert again.url == f"http://testserver{address}"
    assert "This was saved already." in nurse.get(again.url).content.decode()
    assert Condition.objects.count() == 1


def test_while_the_first_still_runs_the_second_waits_only_a_while(nurse, address, monkeypatch):
    monkeypatch.setattr(middleware, "PATIENCE", 0.2)
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    SubmittedForm.objects.update(answer=None)
    elsewhere = {"referer": "https://elsewhere.example/"}
    assert nurse.post(address, form, headers=elsewhere).url == reverse("home")


def test_a_part_of_a_page_is_told_to_load_the_page_again(nurse, address, monkeypatch):
    monkeypatch.setattr(middleware, "PATIENCE", 0)
    form = {**form_in(nurse, address), **MIGRAINE}
    nurse.post(address, form)
    SubmittedForm.objects.update(answer=None)
    again = nurse.post(address, form, headers={"hx-request": "true"})
    assert (again.status_code, again["HX-Refresh"]) == (200, "true")


def test_what_was_taken_long_ago_is_forgotten(nurse, address):
    nurse.post(address, {**form_in(nurse, address), **MIGRAINE})
    at = SubmittedForm.objects.get().at
    assert forget(at) == 0
    assert forget(at + timedelta(seconds=1)) == 1


def test_the_server_forgets_by_itself_after_a_week(nurse, address):
    nurse.post(address, {**form_in(nurse, address), **MIGRAINE})
    (chore,) = [each for each in registered() if each.name == "forget forms"]
    chore.do(timezone.now() + timedelta(days=6, hours=23))
    assert SubmittedForm.objects.exists()
    chore.do(timezone.now() + timedelta(days=7, hours=1))
    assert not SubmittedForm.objects.exists()


def test_a_file_counts_as_content(signed_in, bob):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import RequestFactory

    def sent(content):
        data = {"_form_id": str(KEY), "file": SimpleUploadedFile("a.json", content)}
        request = RequestFactory().post("/", data)
        request.user = bob
        return submission.read(request).content

    assert sent(b"one") == sent(b"one")
    assert sent(b"one") != sent(b"two")
