"""A remark may be about a passage, its chapter or the whole handbook, in each of the six kinds."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.models import About, Kind, Remark
from mooring.clinic.handbook.reading.current import digest
from mooring.clinic.tasks.models import Task
from mooring.core.handbook import Face
from tests.clinic.handbook.reading import text_of
from tests.clinic.handbook.review.steps import NOW, PRESSURE, as_actor, remarked, standing
from tests.support.behind import save_behind

pytestmark = pytest.mark.django_db
PASSAGE = f"/handbook/passages/{PRESSURE}/"
CHAPTER, WHOLE = "/handbook/read/safety/remarks/", "/handbook/whole/"


def on_chapter(user, chapter="safety", **more):
    filled = {"face": Face.PATIENT, "kind": "organisation", "text": "Driving first.", **more}
    return actions.remark(as_actor(user), passage=chapter, about=About.CHAPTER, now=NOW, **filled)


def on_the_whole(user, **more):
    filled = {"face": Face.PATIENT, "kind": "formality", "text": "Too stiff.", **more}
    return actions.remark(as_actor(user), passage="", about=About.HANDBOOK, now=NOW, **filled)


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize(("say", "key"), [(on_chapter, "safety"), (on_the_whole, "")])
def test_each_kind_is_kept_with_its_subject_and_its_audit_row(bob, say, key, kind):
    remark = say(bob, kind=kind)
    assert (remark.passage, remark.kind, remark.version) == (key, kind, None)
    assert len(remark.text_digest) == 64
    assert AuditRow.objects.order_by("sequence").last().action == "handbook.remark"


@pytest.mark.parametrize("say", [on_chapter, on_the_whole])
def test_who_may_remark_on_more_than_a_passage(alice, bob, charlie, pat, say):
    assert all(say(user).pk for user in (alice, bob, pat))
    with pytest.raises(PermissionDenied):
        say(charlie)


def test_a_patient_speaks_about_the_patients_chapters_only(pat):
    with pytest.raises(RefusedError, match="text for clinicians"):
        on_chapter(pat, face=Face.CLINICIAN)
    with pytest.raises(RefusedError, match="no longer in the handbook"):
        on_chapter(pat, chapter="staffing")


def test_the_digest_is_that_of_what_this_reader_had_before_them(bob):
    chapter, whole = on_chapter(bob).text_digest, on_the_whole(bob).text_digest
    clinician = on_chapter(bob, face=Face.CLINICIAN).text_digest
    assert len({chapter, whole, clinician}) == 3
    assert on_chapter(bob).text_digest == chapter


@pytest.mark.parametrize("wrong", [{"passage": "safety"}, {"about": "chapter"}, {"version": 1}])
def test_the_table_takes_no_remark_without_its_subject(bob, wrong):
    remark = on_the_whole(bob)
    for name, value in wrong.items():
        setattr(remark, name, value)
    with pytest.raises(IntegrityError):
        save_behind(remark)


def test_one_on_a_chapter_is_accepted_with_what_was_done_and_one_on_a_passage_is_not(alice, bob):
    def accept(remark):
        return actions.answer(
            as_actor(alice), remark=remark, text="Moved up.", state="accepted", now=NOW
        )

    remark = on_chapter(bob)
    accept(remark)
    remark.refresh_from_db()
    assert remark.state == "accepted"
    with pytest.raises(RefusedError, match="by changing the text"):
        accept(remarked(bob))


# --- through the screens ---


@pytest.fixture
def patient(pat, signed_in):
    return signed_in(pat)


@pytest.fixture
def editor(alice, signed_in):
    return signed_in(alice)


def filled(**more):
    return {
        "kind": "organisation",
        "text": "Put driving first.",
        "face": "patient",
        "text_digest": "-",
        **more,
    }


@pytest.mark.parametrize(
    ("page", "about", "found_on"),
    [
        (CHAPTER, "chapter", CHAPTER),
        (CHAPTER, "", CHAPTER),
        (CHAPTER, "handbook", WHOLE),
        (WHOLE, "handbook", WHOLE),
        (PASSAGE, "chapter", CHAPTER),
        (PASSAGE, "handbook", WHOLE),
    ],
)
def test_a_remark_is_found_again_at_what_it_is_about(patient, page, about, found_on):
    answer = patient.post(page, filled(about=about, text_digest=digest(standing())))
    assert (answer.status_code, answer.url) == (302, f"{found_on}#said")
    told = text_of(patient.get(found_on))
    assert "Organisation: order, length, what belongs where · You" in told
    assert "Put driving first." in told
    others = {PASSAGE, CHAPTER, WHOLE} - {found_on}
    assert not any("Put driving first." in text_of(patient.get(one)) for one in others)


def test_the_form_offers_all_kinds_and_what_the_page_is_a_part_of(patient):
    offered = {page: text_of(patient.get(page)) for page in (PASSAGE, CHAPTER, WHOLE)}
    for text in offered.values():
        assert all(kind.label in text for kind in Kind)
    assert "This passage The whole chapter The whole handbook" in offered[PASSAGE]
    assert "This passage" not in offered[CHAPTER]
    assert "The whole chapter The whole handbook" in offered[CHAPTER]


def test_a_chapters_page_cannot_be_used_to_remark_on_a_passage(patient):
    assert patient.post(CHAPTER, filled(about="passage")).status_code == 422
    assert not Remark.objects.exists()


def test_chapter_and_first_page_lead_to_it_and_count_what_was_said(patient, pat):
    assert f'href="{CHAPTER}"' in patient.get("/handbook/read/safety/").content.decode()
    assert f'href="{WHOLE}"' in patient.get("/handbook/").content.decode()
    on_chapter(pat)
    assert "1 remark on the whole chapter" in text_of(patient.get("/handbook/read/safety/"))


def test_editors_find_it_listed_with_its_subject_and_answer_it(editor, pat, patient):
    remark = on_the_whole(pat)
    on_chapter(pat)
    listed = text_of(editor.get("/handbook/remarks/"))
    assert "The whole handbook · A patient" in listed
    assert "Chapter: Safety · A patient" in listed
    page = f"/handbook/remarks/{remark.pk}/"
    assert "Remark on the whole handbook" in text_of(editor.get(page))
    sent = {"text": "We cut the long words.", "state": "accepted"}
    assert editor.post(page, sent).status_code == 302
    told = text_of(patient.get(WHOLE))
    assert "We cut the long words." in told and "Accepted" in told


def test_others_do_not_find_a_patients_name_and_patients_not_an_unanswered_remark(
    pat, bob, signed_in
):
    on_chapter(bob, text="A nurse's remark.")
    on_chapter(pat, text="My remark.")
    nurse = text_of(signed_in(bob).get(f"{CHAPTER}?face=patient"))
    assert "My remark." in nurse and "Pat Marsh" not in nurse
    assert "A nurse's remark." not in text_of(signed_in(pat).get(CHAPTER))


def test_an_experience_with_a_chapter_stands_apart_in_it_once_it_is_shown(alice, pat, patient):
    remark = on_chapter(pat, kind="experience", text="It felt like floating.")
    shown = {"text": "Thank you.", "state": "accepted", "now": NOW}
    actions.answer(as_actor(alice), remark=remark, **shown)
    told = text_of(patient.get("/handbook/read/safety/"))
    assert "It felt like floating. A patient, November 2026" in told


@pytest.mark.parametrize(("page", "named"), [(CHAPTER, "safety"), (WHOLE, "as a whole")])
def test_help_comes_first_here_too(patient, alice, page, named):
    answer = patient.post(page, filled(text="I want to die."))
    assert "you do not have to be alone with that" in text_of(answer)
    assert f"On the handbook, {named}:" in Task.objects.get().detail
    assert Remark.objects.get().text == "I want to die."


@pytest.mark.parametrize("path", ["/handbook/read/nothing/remarks/"])
def test_a_chapter_that_is_not_there_is_not_found(patient, path):
    assert patient.get(path).status_code == 404
    assert patient.get("/handbook/read/staffing/remarks/").status_code == 404
