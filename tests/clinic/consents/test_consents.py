"""Touch consent and intention: kept as rows, taken back at any time, and read at the bedside."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.consents import actions
from mooring.clinic.consents.models import TouchConsent
from mooring.clinic.consents.reading import standing_intention, standing_touch
from mooring.clinic.courses.models import TherapyVisit
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.tasks.models import Task
from tests.clinic.sessions.steps import START, acting, minute, planned, signed_order, wrote

pytestmark = pytest.mark.django_db
HELD = {"kind": "intervention", "intervention": "hand_holding"}
NO = {"kind": "touch_consent", "touch": "none"}


@pytest.fixture
def session(patient: Patient, alice: User, bob: User) -> TreatmentSession:
    return planned(signed_order(patient, alice), bob)


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mooring.clinic.sessions.views.now", lambda: minute(10))
    monkeypatch.setattr("mooring.clinic.consents.views.now", lambda: minute(10))


def says(by: User, patient: Patient, touch: str, at: float = -60, agreed: str = "") -> TouchConsent:
    return actions.record_touch(
        acting(by), patient=patient, touch=touch, agreed=agreed, now=minute(at)
    )


def bedside(client: Client, by: User, session: TreatmentSession) -> str:
    client.force_login(by)
    return client.get(f"/sessions/{session.pk}/").content.decode()


def stands(page: str, name: str) -> str:
    """What stands beside a name at the head of the bedside, without its markup."""
    found = re.search(rf'<span class="muted">{name}</span>(.*?)</li>', page, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_not_asked_stands_at_the_bedside_as_not_asked(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    shown = bedside(client, bob, session)
    assert 'data-touch="not_asked"' in shown
    assert stands(shown, "Allergies") == "none"
    assert stands(shown, "Suicidality") == "none"


def test_what_was_said_stands_at_the_bedside_with_allergies_and_intention(
    client: Client, session: TreatmentSession, patient: Patient, bob: User, tara: User
) -> None:
    says(tara, patient, "hand_only")
    actions.record_intention(acting(tara), course=session.course, text="Less hard", now=minute(-50))
    for text, status in (("penicillin", "active"), ("latex", "entered-in-error")):
        patient.allergies.create(text=text, status=status, origin="by hand", recorded_at=START)
    shown = bedside(client, bob, session)
    assert 'data-touch="hand_only"' in shown
    assert "“Less hard”" in shown
    assert "<strong>penicillin</strong>" in shown


def test_a_no_during_the_session_counts_from_then_on(
    session: TreatmentSession, patient: Patient, bob: User
) -> None:
    says(bob, patient, "hand_only")
    wrote(bob, session, minute(5), NO)
    before, after = (standing_touch(patient, minute(at)) for at in (4, 6))
    assert before is not None
    assert after is not None
    assert (before.touch, after.touch) == ("hand_only", "none")


def test_a_struck_no_leaves_what_stood_before(
    session: TreatmentSession, patient: Patient, bob: User
) -> None:
    says(bob, patient, "hand_only")
    row = wrote(bob, session, minute(5), NO)
    wrote(bob, session, minute(6),
          {"kind": "correction", "corrects": str(row.pk), "reason": "Other patient"})  # fmt: skip
    standing = standing_touch(patient, minute(7))
    assert standing is not None
    assert standing.touch == "hand_only"


@pytest.mark.parametrize(
    ("answer", "mark"),
    [
        ("none", "the patient said no to touch"),
        (None, "the patient was not asked about touch"),
    ],
)
def test_a_hand_held_against_it_is_kept_marked_and_reviewed(
    client: Client, session: TreatmentSession, patient: Patient, alice: User, bob: User,
    answer: str | None, mark: str,
) -> None:  # fmt: skip
    if answer:
        says(bob, patient, answer)
    row = wrote(bob, session, minute(5), HELD)
    task = Task.objects.get(kind="touch_review")
    assert (task.owner, task.source) == (alice, f"sessions.SessionEntry:{row.pk}")
    assert task.due_at - minute(5) == timedelta(days=1)
    assert mark in task.detail
    assert mark in bedside(client, bob, session)
    assert mark in client.get(f"/sessions/{session.pk}/record/").content.decode()


def test_a_hand_held_as_agreed_opens_nothing(
    client: Client, session: TreatmentSession, patient: Patient, bob: User
) -> None:
    says(bob, patient, "as_agreed", agreed="a hand on the shoulder, if I ask")
    wrote(bob, session, minute(5), HELD)
    assert not Task.objects.exists()
    assert "said no" not in bedside(client, bob, session)


def test_a_note_corrected_into_hand_holding_is_reviewed_too(
    session: TreatmentSession, patient: Patient, bob: User
) -> None:
    says(bob, patient, "none")
    music = {"kind": "intervention", "intervention": "music"}
    row = wrote(bob, session, minute(5), music)
    wrote(bob, session, minute(6),
          {"kind": "correction", "corrects": str(row.pk), "reason": "Slip", "replacement": HELD},
          )  # fmt: skip
    assert Task.objects.filter(kind="touch_review").count() == 1


def test_the_page_keeps_both_and_shows_what_stood_before(
    client: Client, session: TreatmentSession, patient: Patient, tara: User
) -> None:
    client.force_login(tara)
    url = f"/consents/{session.course_id}/"
    for touch in ("hand_only", "none"):
        answer = client.post(url, {"asked": "touch", "touch": touch, "agreed": ""})
        assert answer.status_code == 302
    client.post(url, {"asked": "intention", "text": "To grieve"})
    shown = client.get(url).content.decode()
    assert "<strong>No touch</strong>" in shown
    assert "Earlier answers: 1" in shown
    assert "“To grieve”" in shown
    assert TouchConsent.objects.filter(patient=patient).count() == 2


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"asked": "touch", "touch": "as_agreed", "agreed": " "}, "in the patient&#x27;s words"),
        ({"asked": "touch", "touch": "anything"}, "Select a valid choice"),
        ({"asked": "intention", "text": ""}, "in the patient&#x27;s words"),
    ],
)
def test_what_cannot_be_kept_says_what_would_be_right(
    client: Client, session: TreatmentSession, tara: User, sent: dict[str, str], says: str
) -> None:
    client.force_login(tara)
    answer = client.post(f"/consents/{session.course_id}/", sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not TouchConsent.objects.exists()


def test_the_newest_intention_counts_also_one_of_a_visit(
    session: TreatmentSession, tara: User
) -> None:
    assert standing_intention(session.course) is None
    actions.record_intention(acting(tara), course=session.course, text="First", now=minute(-90))
    facts: dict[str, Any] = {"purpose": "preparation", "summary": "Went through it."}
    TherapyVisit.objects.create(
        course=session.course, therapist=tara, visited_at=minute(-60), intention="Second", **facts
    )
    found = standing_intention(session.course)
    assert found is not None
    assert found.text == "Second"


def test_the_rows_cannot_be_changed(session: TreatmentSession, patient: Patient, bob: User) -> None:
    row = says(bob, patient, "none")
    with pytest.raises(DatabaseError), transaction.atomic():
        TouchConsent.objects.filter(pk=row.pk).update(touch="hand_only")


def test_only_known_answers_are_taken(patient: Patient, bob: User) -> None:
    with pytest.raises(RefusedError, match="one of the answers"):
        says(bob, patient, "maybe")


def test_the_course_leads_to_the_page(client: Client, session: TreatmentSession, bob: User) -> None:
    client.force_login(bob)
    shown = client.get(f"/courses/{session.course_id}/").content.decode()
    assert f"/consents/{session.course_id}/" in shown
