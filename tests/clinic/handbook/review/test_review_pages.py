"""The handbook's pages as each reader finds them, and what patients never find."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from mooring.clinic.handbook import actions
from mooring.clinic.handbook.models import Draft, Remark, Revision
from mooring.clinic.handbook.reading.current import digest
from mooring.core import evidence
from mooring.core.handbook.readers import disagreement_readable_by_patients, readable_by_patients
from tests.clinic.handbook.reading import text_of
from tests.clinic.handbook.review.steps import (
    DRIVING,
    LOZENGE,
    NOW,
    PRESSURE,
    as_actor,
    published,
    remarked,
    revised,
    second_editor,
    standing,
)

pytestmark = pytest.mark.django_db
BASE = evidence.load()


@pytest.fixture
def nurse(bob, signed_in):
    return signed_in(bob)


@pytest.fixture
def patient_reader(pat, signed_in):
    return signed_in(pat)


@pytest.fixture
def editor(alice, signed_in):
    return signed_in(alice)


def read(client, name, *words, query="", status=200):
    answer = client.get(reverse(name, args=words) + query)
    assert answer.status_code == status, (name, words)
    return text_of(answer)


def test_staff_read_the_clinicians_text_and_switch_to_the_patients(nurse):
    assert "Pressure rises while the drug runs" in read(nurse, "chapter", "safety")
    switched = read(nurse, "chapter", "safety", query="?face=patient")
    assert "Your blood pressure goes up for a while" in switched
    assert "Pressure rises while the drug runs" not in switched
    assert "Lozenges" not in switched


@pytest.mark.parametrize("query", ["", "?face=clinician", "?face=patient", "?face=", "?face=x"])
def test_a_patient_reads_the_patients_text_whatever_the_address_says(patient_reader, query):
    for name, words in (("chapter", "safety"), ("passage", PRESSURE)):
        text = read(patient_reader, name, words, query=query)
        assert "Your blood pressure goes up for a while" in text
        assert "while the drug runs" not in text
        assert "For clinicians" not in text
    read(patient_reader, "passage", LOZENGE, query=query, status=404)
    read(patient_reader, "chapter", "staffing", query=query, status=404)


def test_someone_who_is_patient_and_staff_reads_as_staff(pat, signed_in):
    from mooring.clinic.accounts.models import RoleAssignment

    RoleAssignment.objects.create(user=pat, role="nurse")
    assert "while the drug runs" in read(signed_in(pat), "chapter", "safety")


def test_a_patient_reaches_no_card_of_a_dose_or_a_danger(patient_reader, nurse):
    kept = [claim.id for claim in BASE.claims.values() if not readable_by_patients(claim)]
    assert kept
    for name in kept:
        read(patient_reader, "claim", name, status=404)
        card = patient_reader.get(f"/handbook/claims/{name}/", headers={"HX-Request": "true"})
        assert card.status_code == 404
    read(nurse, "claim", kept[0])
    read(patient_reader, "claim", "S2.41")


def test_a_patient_reaches_no_disagreement_that_stands_on_doses(patient_reader, nurse):
    for found in BASE.disagreements.values():
        shown = disagreement_readable_by_patients(found, BASE)
        read(patient_reader, "disagreement", found.id, status=200 if shown else 404)
        read(nurse, "disagreement", found.id)


def test_no_page_of_a_patient_leads_to_a_card_that_is_closed_to_them(patient_reader):
    shown = [
        d.id for d in BASE.disagreements.values() if disagreement_readable_by_patients(d, BASE)
    ]
    for name in shown:
        page = patient_reader.get(reverse("disagreement", args=[name])).content.decode()
        for claim in re.findall(r'href="/handbook/claims/([^/"]+)/"', page):
            assert readable_by_patients(BASE.claim(claim)), (name, claim)


def test_a_patient_finds_chapters_and_no_policy_on_the_first_page(patient_reader, nurse):
    text = read(patient_reader, "handbook")
    assert "What to watch" in text
    assert "Staffing a room" not in text
    assert "Policies" not in text
    assert "Policies" in read(nurse, "handbook")
    read(patient_reader, "policy", "bounds", "iv_racemic", status=403)


def test_chapters_lead_to_the_next_one_that_this_reader_has(patient_reader, nurse):
    assert "Next What nobody knows" in read(nurse, "chapter", "safety")
    assert "Next Staffing a room" in read(nurse, "chapter", "unknown")
    last = read(patient_reader, "chapter", "unknown")
    assert "Before What to watch" in last
    assert "Staffing" not in last


def test_marks_are_ids_for_clinicians_and_plain_words_for_patients(nurse):
    clinician = nurse.get("/handbook/read/safety/").content.decode()
    assert re.search(r'class="chip" data-card href="/handbook/claims/S2.41/"', clinician)
    patient = nurse.get("/handbook/read/safety/?face=patient").content.decode()
    assert re.search(r'data-id="S2.41" href="/handbook/claims/S2.41/">source<', patient)


def test_a_remark_is_sent_and_found_again_at_its_passage(nurse):
    answer = nurse.post(f"/handbook/passages/{PRESSURE}/", remark_form())
    assert answer.status_code == 302
    text = read(nurse, "passage", PRESSURE)
    assert "Typo · You · " in text
    assert "A word is missing." in text
    assert "1 remark" in read(nurse, "chapter", "safety")


def remark_form(**more):
    read_text = digest(standing())
    return {
        "kind": "typo",
        "text": "A word is missing.",
        "face": "clinician",
        "text_digest": read_text,
        **more,
    }


def test_a_remark_that_lacks_something_is_kept_in_the_form(nurse):
    answer = nurse.post(f"/handbook/passages/{PRESSURE}/", remark_form(kind=""))
    assert answer.status_code == 422
    assert "Choose what it is about." in text_of(answer)
    assert "A word is missing." in answer.content.decode()
    assert not Remark.objects.exists()


@pytest.mark.parametrize("change", [{"face": "x"}, {"text_digest": ""}, {"text": "a" * 20_001}])
def test_a_form_that_was_tampered_with_is_answered_plainly(nurse, change):
    assert nurse.post(f"/handbook/passages/{PRESSURE}/", remark_form(**change)).status_code == 422


def test_patients_are_named_to_nobody(pat, editor, nurse):
    remarked(pat, text="I read this three times.")
    for client, name, words in (
        (nurse, "passage", [PRESSURE]),
        (editor, "passage", [PRESSURE]),
        (editor, "remarks", []),
        (editor, "remark", [Remark.objects.get().pk]),
    ):
        text = read(client, name, *words)
        assert "I read this three times." in text
        assert "A patient" in text
        assert "Marsh" not in text


def test_staff_stand_by_their_remarks_with_name_and_role(bob, editor):
    remarked(bob)
    assert "B. Okafor, nurse" in read(editor, "passage", PRESSURE)


def answer(alice, remark, text="Thank you.", state="open"):
    actions.answer(as_actor(alice), remark=remark, text=text, state=state, now=NOW)


def test_other_patients_see_a_remark_once_an_editor_has_answered_and_never_amounts(
    alice, bob, patient_reader
):
    plain = remarked(bob, text="Say when it comes down.")
    dose = remarked(bob, text="It was so after 40 mg.")
    assert "Say when" not in read(patient_reader, "passage", PRESSURE)
    answer(alice, plain)
    answer(alice, dose)
    text = read(patient_reader, "passage", PRESSURE)
    assert "Say when it comes down." in text
    assert "40 mg" not in text


def test_an_experience_waits_for_an_editor_and_then_stands_apart_without_a_name(
    pat, alice, nurse, patient_reader, editor
):
    remark = remarked(pat, kind="experience", text="It felt like floating.")
    assert "floating" not in read(nurse, "passage", PRESSURE)
    assert "floating" in read(patient_reader, "passage", PRESSURE), "the writer sees it"
    assert "floating" in read(editor, "remarks")
    answer(alice, remark, state="accepted")
    for name, words in (("chapter", "safety"), ("passage", PRESSURE)):
        text = read(nurse, name, words)
        apart = text[text.index("Experiences, not evidence", text.index("Blood pressure") + 1) :]
        assert "It felt like floating. A patient, November 2026" in apart
        assert "Marsh" not in text


def test_an_editor_declines_in_public(editor, nurse, bob):
    remark = remarked(bob)
    page = f"/handbook/remarks/{remark.pk}/"
    assert editor.post(page, {"text": "", "state": "declined"}).status_code == 422
    assert editor.post(page, {"text": "It reads well.", "state": "declined"}).status_code == 302
    text = read(nurse, "passage", PRESSURE)
    assert "Declined" in text
    assert "It reads well. A. Lindqvist" in text


def test_only_editors_find_the_way_to_change_a_text(nurse, editor, patient_reader):
    for client, status in ((editor, 200), (nurse, 403), (patient_reader, 403)):
        read(client, "passage_edit", PRESSURE, status=status)
        read(client, "remarks", status=status)
    assert "Edit the text" not in read(nurse, "passage", PRESSURE)


def edit_form(**more):
    now = standing()
    texts = {name: getattr(now, name) for name in ("title", "both", "clinician", "patient")}
    return {**texts, "why": "Plainer.", "opened_digest": digest(now), **more}


EDIT = f"/handbook/passages/{PRESSURE}/edit/"


def test_accepting_leads_from_the_remark_to_a_version_in_the_list_of_changes(
    bob, editor, patient_reader
):
    remark = remarked(bob, text="Too long.")
    assert f"?remark={remark.pk}" in editor.get(f"/handbook/remarks/{remark.pk}/").content.decode()
    assert "Too long." in read(editor, "passage_edit", PRESSURE, query=f"?remark={remark.pk}")
    sent = edit_form(patient="Your blood pressure rises for a while {S2.41}.\r\n\r\nThen it falls.")
    assert editor.post(f"{EDIT}?remark={remark.pk}", sent).status_code == 302
    published(second_editor(), Draft.objects.get())
    remark.refresh_from_db()
    assert remark.state == "accepted"
    assert Revision.objects.get().new.patient.endswith("{S2.41}.\n\nThen it falls.")
    assert "version 1" in read(patient_reader, "passage", PRESSURE)
    told = patient_reader.get("/handbook/changes/").content.decode()
    assert "Plainer." in told
    assert "<ins>" in told
    assert "{S2.41}" not in told
    assert "A. Lindqvist" in told


def test_what_an_editor_wrote_is_kept_when_it_is_refused(editor):
    sent = edit_form(patient="It rises by 99 {S2.41}.")
    refused = editor.post(EDIT, sent)
    assert refused.status_code == 422
    assert "carries 99" in text_of(refused)
    assert "It rises by 99 {S2.41}." in refused.content.decode()


def test_the_second_editor_sees_both_texts_and_may_then_save(olga, editor):
    sent = edit_form(patient="It climbs for a while {S2.41}.")
    revised(olga, patient="It rises for a while {S2.41}.")
    told = editor.post(EDIT, sent)
    assert told.status_code == 422
    assert "changed after you opened it" in text_of(told)
    assert "The text that stands now" in text_of(told)
    assert Revision.objects.count() == 1
    opened = re.search(r'name="opened_digest" value="(\w+)"', told.content.decode())[1]
    assert editor.post(EDIT, {**sent, "opened_digest": opened}).status_code == 302
    published(olga, Draft.objects.get(state="waiting"))
    assert standing().patient == "It climbs for a while {S2.41}."


def test_a_passage_can_be_divided_into_a_text_for_each_reader(editor):
    now = standing(DRIVING)
    sent = {
        "title": now.title,
        "both": "",
        "clinician": "An adult escorts.",
        "patient": "Somebody takes you home.",
        "why": "Two readers.",
        "opened_digest": digest(now),
    }
    page = f"/handbook/passages/{DRIVING}/edit/"
    assert "Keep one text" in text_of(editor.post(page, {**sent, "both": now.both}))
    assert editor.post(page, sent).status_code == 302
    published(second_editor(), Draft.objects.get())
    assert standing(DRIVING).clinician == "An adult escorts."


def test_patients_read_of_no_change_to_what_they_do_not_read(alice, patient_reader, nurse):
    revised(alice, clinician="Pressure climbs {S2.41}.", why="Not only at 40 mg.")
    assert "40 mg" in read(nurse, "handbook_changes")
    assert "40 mg" not in read(patient_reader, "handbook_changes")
    assert "climbs" not in read(patient_reader, "passage", PRESSURE)


def test_html_in_a_text_or_remark_stays_text(alice, nurse):
    revised(alice, passage=DRIVING, both="Somebody <script>x</script> takes you home.")
    remarked(alice, passage=DRIVING, text="<b>bold</b>")
    page = nurse.get(f"/handbook/passages/{DRIVING}/").content.decode()
    assert "&lt;script&gt;x" in page
    assert "&lt;b&gt;bold" in page


@pytest.mark.parametrize("path", ["read/nothing", "passages/nothing.here", "passages/nothing/edit"])
def test_what_is_not_there_is_not_found(editor, path):
    assert editor.get(f"/handbook/{path}/").status_code == 404


@pytest.mark.parametrize("named", ["x", "0190a000-0000-7000-8000-00000000dead"])
def test_a_remark_that_is_not_there_is_not_found(editor, named):
    assert editor.get(f"{EDIT}?remark={named}").status_code == 404
