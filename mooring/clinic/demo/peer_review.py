"""What readers said about the handbook, the change that followed, and a draft that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.demo.opening import Staff
from mooring.clinic.handbook import actions, publishing
from mooring.clinic.handbook.models import Draft, Kind, Remark, State
from mooring.clinic.handbook.reading.current import current, digest
from mooring.core.handbook import Face, Passage

EVENING, DRIVING = "treatment-day.evening", "treatment-day.driving"
BEFORE = "treatment-day.before"
ADDED = "Have the clinic's telephone number where you can see it."


def peer_review(staff: Staff, until: datetime) -> Iterator[datetime]:
    """Remarks of the last three weeks: one accepted, one experience shown, one still open."""
    yield (said := until - timedelta(days=20))
    asked = remark(
        staff.nurses[0],
        EVENING,
        Kind.ADDITION,
        "People call the wrong number in the evening. Say that they need ours at hand.",
        said,
    )
    yield (changed := until - timedelta(days=18))
    publishing.publish(staff.owner, draft=drafted(staff.prescriber, asked, changed), now=changed)
    yield (told := until - timedelta(days=6))
    for reader in alice():
        lived = remark(reader, EVENING, Kind.EXPERIENCE, "I slept badly the first night.", told)
        actions.answer(
            staff.prescriber, remark=lived, text="Thank you.", state=State.ACCEPTED, now=told
        )
    yield (waiting := until - timedelta(days=1))
    question = "Patients ask whether this holds for an e-scooter too. Name it?"
    remark(staff.therapist, DRIVING, Kind.ADDITION, question, waiting)
    why = "Sleeves that roll up save time with the cuff."
    changed_by(staff.owner, BEFORE, "Wear sleeves that roll up.", why, waiting)


def remark(by: Actor, passage: str, kind: Kind, text: str, now: datetime) -> Remark:
    """Something said about the patients' text as it stands."""
    read = digest(standing(passage))
    return actions.remark(
        by, passage=passage, face=Face.PATIENT, text_digest=read, kind=kind, text=text, now=now
    )


def drafted(editor: Actor, asked: Remark, now: datetime) -> Draft:
    """The sentence that was asked for."""
    why = "Says which number to have at hand in the evening."
    return changed_by(editor, asked.passage, ADDED, why, now, asked)


def changed_by(
    editor: Actor, passage: str, added: str, why: str, now: datetime, asked: Remark | None = None
) -> Draft:
    """A draft with one more sentence at the end of the patients' text."""
    before = standing(passage)
    return publishing.propose(
        editor,
        draft=before.model_copy(update={"patient": f"{before.patient.rstrip()} {added}\n"}),
        opened_digest=digest(before),
        why=why,
        remark=asked,
        now=now,
    )


def standing(passage: str) -> Passage:
    """The passage as everyone reads it."""
    return current().handbook.passages[passage]


def alice() -> Iterator[Actor]:
    """The patient who has an account, where her story is told."""
    for user in User.objects.filter(username="alice"):
        yield Actor(str(user), user.roles, user=user, patient=user.patient.pk)
