"""The review by peers: what readers say, what editors answer, which versions follow."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.models import Draft, Kind, Remark, Revision
from mooring.clinic.handbook.reading.current import current, digest
from mooring.clinic.handbook.review.attention import CHANGED_BELOW, GONE, NOT_CARRIED, attention
from mooring.core.handbook import Face
from tests.clinic.handbook.review.steps import (
    CHAPTERS,
    DRIVING,
    LOZENGE,
    NOW,
    PRESSURE,
    as_actor,
    remarked,
    revised,
    standing,
)
from tests.support.behind import save_behind

pytestmark = pytest.mark.django_db
CAST = ("alice", "bob", "charlie", "tara", "pat", "olga", "audrey", "ray")
EDITORS = {"alice", "olga"}


@pytest.mark.parametrize("name", CAST)
def test_everyone_with_a_role_may_remark_and_only_prescriber_and_owner_may_edit(
    request, alice, name
):
    user = request.getfixturevalue(name)
    waiting = remarked(alice)
    for allowed, write in (
        (name != "charlie", lambda: remarked(user)),
        (name in EDITORS, lambda: revised(user, patient="It rises for a while {S2.41}.")),
        (name in EDITORS, lambda: answered(user, waiting, "declined")),
    ):
        if allowed:
            assert write().pk
        else:
            with pytest.raises(PermissionDenied):
                write()


def answered(user, remark, state="open", text="Thank you, we looked."):
    return actions.answer(as_actor(user), remark=remark, text=text, state=state, now=NOW)


@pytest.mark.parametrize("kind", Kind.values)
def test_a_remark_keeps_what_was_read_by_whom_and_when(bob, kind):
    remark = remarked(bob, face=Face.CLINICIAN, kind=kind)
    assert (remark.kind, remark.passage, remark.face) == (kind, PRESSURE, "clinician")
    assert (remark.version, remark.text_digest) == (0, digest(standing()))
    assert (remark.author, remark.role, remark.written_at) == (bob, "nurse", NOW)
    assert remark.state == "open"


def test_every_write_has_its_row_in_the_audit(alice, pat):
    remark = remarked(pat)
    answered(alice, remark)
    revised(alice, patient="It rises for a while {S2.41}.", remark=remark)
    rows = list(AuditRow.objects.order_by("sequence").values_list("action", "patient"))
    assert rows[-4:] == [
        ("handbook.remark", pat.patient.pk),
        ("handbook.answer", None),
        ("handbook.propose", None),
        ("handbook.publish", None),
    ]


def test_a_patient_speaks_about_the_patients_text_only(pat):
    with pytest.raises(RefusedError, match="text for clinicians"):
        remarked(pat, face=Face.CLINICIAN)
    with pytest.raises(RefusedError, match="no longer in the handbook"):
        remarked(pat, passage=LOZENGE)
    assert not Remark.objects.exists()


def test_a_remark_on_a_text_that_nobody_was_shown_is_refused(bob):
    with pytest.raises(RefusedError, match="open the passage again"):
        actions.remark(
            as_actor(bob),
            passage=PRESSURE,
            face=Face.PATIENT,
            text_digest="0" * 64,
            kind="typo",
            text="x",
            now=NOW,
        )


def test_a_remark_on_an_older_version_is_kept_with_that_version(alice, bob):
    old = digest(standing())
    revised(alice, patient="It rises for a while {S2.41}.")
    revised(alice, patient="It rises, then falls {S2.41}.")
    late = actions.remark(
        as_actor(bob),
        passage=PRESSURE,
        face=Face.PATIENT,
        text_digest=old,
        kind="typo",
        text="x",
        now=NOW,
    )
    assert (late.version, remarked(bob).version) == (0, 2)


def test_accepting_a_remark_makes_a_version_that_says_what_changed_and_why(alice, bob):
    remark, before = remarked(bob), standing()
    revision = revised(
        alice, patient="It rises for a while {S2.41}.", why="Shorter.", remark=remark
    )
    assert (revision.number, revision.old, revision.new) == (1, before, standing())
    assert standing().patient == "It rises for a while {S2.41}."
    assert standing().clinician == before.clinician
    remark.refresh_from_db()
    assert remark.state == "accepted"
    assert [(a.text, a.editor, a.state) for a in remark.answers.all()] == [
        ("Shorter.", alice, "accepted")
    ]


def test_versions_stack(alice, olga):
    for number, text in enumerate(("It rises {S2.41}.", "It climbs {S2.41}."), start=1):
        assert revised(olga if number == 1 else alice, patient=text).number == number
    first, second = Revision.objects.order_by("number")
    assert second.before == first.after
    assert current().version(PRESSURE).number == 2


def test_an_editor_may_change_a_text_unasked_but_says_why(alice):
    with pytest.raises(RefusedError, match="what changed and why"):
        revised(alice, both="Somebody comes with you.", passage=DRIVING, why=" ")
    revised(alice, both="Somebody comes with you.", passage=DRIVING)
    assert standing(DRIVING).text(Face.PATIENT) == "Somebody comes with you."


def test_of_two_editors_at_once_the_second_is_told_and_overwrites_nothing(alice, olga):
    opened = digest(standing())
    revised(olga, patient="It rises {S2.41}.")
    with pytest.raises(RefusedError, match="changed after you opened it"):
        revised(alice, patient="It climbs {S2.41}.", opened_digest=opened)
    assert standing().patient == "It rises {S2.41}."
    assert Revision.objects.count() == 1
    assert not Draft.objects.filter(state="waiting").exists()


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"patient": "It rises by 99 {S2.41}."}, "carries 99: “It rises by 99"),
        ({"patient": "It rises {S9.99}."}, "nothing has the id S9.99"),
        ({"patient": "You take 30 mg."}, "patients are shown no amounts to take: “30 mg”"),
        ({"patient": "It rises {S2.41}. It comes down by itself."}, None),
    ],
)
def test_a_text_that_its_claims_do_not_carry_is_refused_sentence_by_sentence(alice, texts, said):
    if said is None:
        revised(alice, **texts)
        return
    with pytest.raises(RefusedError) as refused:
        revised(alice, **texts)
    assert said in " ".join(refused.value.reasons)
    assert PRESSURE in refused.value.reasons[0]
    assert not Revision.objects.exists()


def test_saving_the_same_text_makes_no_version(alice):
    with pytest.raises(RefusedError, match="as it was"):
        revised(alice)


def test_amounts_stay_out_of_what_patients_read_about_their_text(alice, bob):
    with pytest.raises(RefusedError, match="no amounts to take: “40 mg”"):
        revised(alice, patient="It rises {S2.41}.", why="Not only at 40 mg.")
    with pytest.raises(RefusedError, match="no amounts to take: “40 mg”"):
        answered(alice, remarked(bob), text="It was 40 mg.")
    assert revised(alice, clinician="It rises {S2.41}.", why="Not only at 40 mg.").pk


def test_advice_stays_out_of_an_answer_that_patients_read(alice, bob):
    with pytest.raises(RefusedError, match=r"any change is planned with the prescriber.*Stop your"):
        answered(alice, remarked(bob), text="Stop your antidepressant before.")
    assert answered(alice, remarked(bob, face=Face.CLINICIAN), text="Stop your antidepressant.").pk


def test_a_remark_is_accepted_with_a_change_and_not_without(alice, bob):
    with pytest.raises(RefusedError, match="by changing the text"):
        answered(alice, remarked(bob), "accepted")


def test_an_answer_may_leave_a_remark_open_and_another_may_decline_it(alice, olga, bob):
    remark = remarked(bob)
    answered(alice, remark)
    answered(olga, remark, "declined")
    assert list(remark.answers.values_list("state", flat=True)) == ["open", "declined"]
    with pytest.raises(RefusedError, match="declined meanwhile"):
        answered(alice, remark, "open")


def test_an_experience_is_shown_and_hidden_again_by_an_editor(alice, pat):
    remark = remarked(pat, kind="experience", text="It felt like floating.")
    for state in ("accepted", "declined"):
        answered(alice, remark, state)
        remark.refresh_from_db()
        assert remark.state == state


def release(folder, name, old, new):
    """The next release brings another text."""
    from mooring.core.handbook import book

    (folder / f"{name}.toml").write_text(CHAPTERS[name].replace(old, new), encoding="utf-8")
    book.load.cache_clear()


def test_when_a_release_changes_the_text_below_editors_are_told_and_ours_stays(alice, chapters):
    revised(alice, patient="It rises {S2.41}.")
    assert list(attention()) == []
    release(chapters, "safety", "It comes down by itself.", "It comes down again.")
    assert [one.why for one in attention()] == [CHANGED_BELOW]
    assert standing().patient == "It rises {S2.41}."
    revised(alice, why="Ours says the same.")
    assert list(attention()) == []


def test_when_a_release_drops_a_passage_its_text_is_kept_for_editors(alice, chapters):
    revised(alice, passage=DRIVING, both="Somebody comes with you.")
    release(chapters, "safety", 'id = "safety.driving"', 'id = "safety.home"')
    (one,) = attention()
    assert (one.why, one.editable, one.revision.new.both) == (
        GONE,
        False,
        "Somebody comes with you.",
    )


def test_a_text_that_the_evidence_no_longer_carries_gives_way_to_the_shipped_one(alice):
    shipped = standing().patient
    made = revised(alice, patient="It rises {S2.41}.")
    made.after = {**made.after, "patient": "It rises {S9.99}."}
    save_behind(made)
    assert standing().patient == shipped
    (one,) = attention()
    assert one.why == NOT_CARRIED
    assert "S9.99" in one.details[0]
