"""Two people stand behind every text: one drafts it, another publishes it or sends it back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from mooring.clinic.accounts.models import RoleAssignment
from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.handbook import publishing
from mooring.clinic.handbook.models import Draft, Revision
from mooring.clinic.handbook.reading.current import digest
from mooring.clinic.handbook.review.waiting import may_publish, waiting
from mooring.core.handbook import Passage
from tests.clinic.handbook.reading import text_of
from tests.clinic.handbook.review.steps import (
    CHAPTERS,
    NOW,
    PRESSURE,
    as_actor,
    proposed,
    published,
    remarked,
    standing,
)
from tests.support.behind import save_behind

pytestmark = pytest.mark.django_db
TEXT = "It rises for a while {S2.41}."
EDIT = f"/handbook/passages/{PRESSURE}/edit/"


@pytest.fixture
def draft(alice):
    return proposed(alice, patient=TEXT)


def set_aside(user, draft, said="It reads worse."):
    return publishing.set_aside(as_actor(user), draft=draft, said=said, now=NOW)


def test_nobody_reads_a_draft_before_another_editor_publishes_it(draft, alice, olga):
    assert standing().patient != TEXT
    made = published(olga, draft)
    assert standing().patient == TEXT
    assert (made.editor, made.published_by, made.made_at) == (alice, olga, NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.looked_by, draft.looked_at) == ("published", olga, NOW)


def test_who_wrote_a_draft_cannot_publish_it_in_any_role(draft, alice):
    RoleAssignment.objects.create(user=alice, role="owner")
    with pytest.raises(RefusedError, match="You wrote this draft"):
        published(alice, draft)
    assert not Revision.objects.exists()
    draft.refresh_from_db()
    assert draft.state == "waiting"


@pytest.mark.parametrize("name", ["bob", "charlie", "tara", "pat", "audrey", "ray"])
def test_only_an_editor_is_a_second_editor(draft, request, name):
    user = request.getfixturevalue(name)
    for write in (lambda: published(user, draft), lambda: set_aside(user, draft)):
        with pytest.raises(PermissionDenied):
            write()
    assert user not in may_publish(draft)


def test_the_table_itself_takes_no_version_that_one_person_made_alone(draft, alice, olga):
    made = published(olga, draft)
    made.published_by = alice
    with pytest.raises(IntegrityError):
        save_behind(made)


def test_whoever_may_look_is_named_without_the_one_who_wrote_it(draft, alice, olga, bob):
    assert may_publish(draft) == [olga]
    alice.is_active = False
    olga.is_active = False
    olga.save()
    assert may_publish(draft) == []


def test_a_draft_goes_back_with_a_reason_and_changes_nothing(draft, olga):
    with pytest.raises(RefusedError, match="Say why"):
        set_aside(olga, draft, said=" ")
    back = set_aside(olga, draft)
    assert (back.state, back.said, back.looked_by) == ("sent back", "It reads worse.", olga)
    assert waiting(PRESSURE) is None
    with pytest.raises(RefusedError, match="sent back meanwhile"):
        published(olga, draft)


def test_who_wrote_it_takes_it_back_without_a_reason(draft, alice):
    assert set_aside(alice, draft, said="").state == "taken back"
    assert waiting(PRESSURE) is None


def test_another_editor_may_change_a_draft_and_then_is_the_one_who_wrote_it(draft, alice, olga):
    opened = {"opened_digest": digest(draft.new)}
    second = proposed(olga, patient="It climbs for a while {S2.41}.", **opened)
    draft.refresh_from_db()
    assert (draft.state, waiting(PRESSURE)) == ("replaced", second)
    with pytest.raises(RefusedError, match="You wrote this draft"):
        published(olga, second)
    assert published(alice, second).editor == olga


def test_a_draft_over_another_ones_draft_is_not_written_unseen(draft, olga):
    with pytest.raises(RefusedError, match="changed after you opened it"):
        proposed(olga, patient="It climbs {S2.41}.")
    assert waiting(PRESSURE) == draft


def test_the_remark_that_asked_is_accepted_when_the_draft_is_published(alice, olga, bob):
    remark = remarked(bob)
    draft = proposed(alice, patient=TEXT, remark=remark)
    remark.refresh_from_db()
    assert remark.state == "open"
    again = proposed(
        alice, patient="It climbs {S2.41}.", opened_digest=digest(draft.new), why="Shorter."
    )
    published(olga, again)
    remark.refresh_from_db()
    assert remark.state == "accepted"
    assert [(one.text, one.editor) for one in remark.answers.all()] == [("Shorter.", alice)]


def test_a_draft_under_which_a_release_changed_the_text_is_not_published(draft, olga, chapters):
    from mooring.core.handbook import book

    path = chapters / "safety.toml"
    path.write_text(CHAPTERS["safety"].replace("by itself", "again"), encoding="utf-8")
    book.load.cache_clear()
    with pytest.raises(RefusedError, match="by a release"):
        published(olga, draft)
    path.write_text(CHAPTERS["safety"].replace(PRESSURE, "safety.other"), encoding="utf-8")
    book.load.cache_clear()
    with pytest.raises(RefusedError, match="by a release"):
        published(olga, draft)


def test_a_draft_that_the_guard_refuses_by_now_is_not_published(draft, olga):
    draft.after = {**draft.after, "patient": "You can drive home {S2.41}."}
    save_behind(draft)
    with pytest.raises(RefusedError, match="never that driving is fine"):
        published(olga, draft)


def test_each_of_the_two_writes_has_its_row_in_the_audit(draft, alice, olga):
    published(olga, draft)
    rows = AuditRow.objects.order_by("sequence").values_list("action", "actor_name")
    assert list(rows)[-2:] == [
        ("handbook.propose", str(alice)),
        ("handbook.publish", str(olga)),
    ]


# --- through the screens ---


@pytest.fixture
def editor(alice, signed_in):
    return signed_in(alice)


@pytest.fixture
def second(olga, signed_in):
    return signed_in(olga)


def sent(passage: Passage, **more):
    texts = {name: getattr(passage, name) for name in ("title", "both", "clinician", "patient")}
    return {**texts, "why": "Plainer.", "opened_digest": digest(passage), **more}


def page_of(draft: Draft) -> str:
    return f"/handbook/drafts/{draft.pk}/"


def test_from_a_draft_to_the_text_that_patients_read(editor, second, pat, signed_in, olga, alice):
    assert f"Another editor publishes it: {olga}." in text_of(editor.get(EDIT))
    answer = editor.post(EDIT, sent(standing(), patient=TEXT))
    draft = Draft.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(draft))
    mine = text_of(editor.get(page_of(draft)))
    assert f"You wrote it, so another one looks: {olga}." in mine
    assert "Publish it" not in mine
    patient = signed_in(pat)
    assert "for a while" in text_of(patient.get("/handbook/read/safety/"))
    assert "You are the second editor" in text_of(second.get(page_of(draft)))
    assert "you may publish it" in text_of(second.get("/handbook/remarks/"))
    assert second.post(page_of(draft), {"publish": "on"}).status_code == 302
    assert "It rises for a while" in text_of(patient.get("/handbook/read/safety/"))
    told = text_of(patient.get("/handbook/changes/"))
    assert f"{alice}, published by {olga}" in told


def test_who_wrote_a_draft_is_refused_on_the_screen_too(editor, draft):
    refused = editor.post(page_of(draft), {"publish": "on"})
    assert refused.status_code == 422
    assert "You wrote this draft. Another editor looks at it" in text_of(refused)


def test_a_nurse_and_a_patient_see_no_draft(draft, bob, pat, signed_in):
    for user in (bob, pat):
        client = signed_in(user)
        assert client.get(page_of(draft)).status_code == 403
        assert "A draft waits" not in text_of(client.get(f"/handbook/passages/{PRESSURE}/"))


def test_an_editor_who_is_alone_is_told_that_a_second_one_is_missing(editor):
    assert "Nobody else here may publish" in text_of(editor.get(EDIT))
    editor.post(EDIT, sent(standing(), patient=TEXT))
    told = text_of(editor.get(page_of(Draft.objects.get())))
    assert "nobody else here may" in told


def test_sent_back_with_a_reason_it_can_be_gone_on_from(editor, second, draft):
    assert "Say why" in text_of(second.post(page_of(draft), {"said": ""}))
    assert second.post(page_of(draft), {"said": "Say that it falls."}).status_code == 302
    told = text_of(editor.get(page_of(draft)))
    assert "Sent back" in told and "Say that it falls." in told
    again = editor.get(f"{EDIT}?draft={draft.pk}")
    assert TEXT in again.content.decode()
    assert editor.get(f"{EDIT}?draft=x").status_code == 404


def test_the_edit_page_opens_the_draft_that_waits(second, draft, alice):
    page = second.get(EDIT)
    assert f"A draft of {alice} waits" in text_of(page)
    assert TEXT in page.content.decode()
    shown = text_of(second.get(f"/handbook/passages/{PRESSURE}/"))
    assert "A draft waits" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("There is no medical reason not to take the full dose the first time.", "take the full"),
        ("Half a tablet is enough.", "Half a tablet"),
        ("Skip your lamotrigine that day.", "Skip your lamotrigine"),
        ("You can drive home after two hours.", "You can drive"),
    ],
)
def test_what_one_editor_could_publish_alone_is_not_even_a_draft(editor, text, said):
    refused = editor.post(EDIT, sent(standing(), patient=text))
    assert refused.status_code == 422
    assert said in text_of(refused)
    assert text in refused.content.decode()
    assert not Draft.objects.exists()


def test_a_title_is_guarded_as_the_text_is(editor):
    refused = editor.post(EDIT, sent(standing(), title="Take 30 mg"))
    assert refused.status_code == 422
    assert "patients are shown no amounts to take: “30 mg”" in text_of(refused)
