"""Writes of the handbook's review: a remark, and an answer to it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.handbook.models import About, Answer, Kind, Remark, State
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import for_patients, not_for_patients, only_patient
from mooring.clinic.handbook.review import drafts
from mooring.clinic.permissions import Role
from mooring.core.handbook import Face


@action("handbook.remark")
def remark(
    by: Actor,
    *,
    passage: str,
    face: Face,
    text_digest: str = "",
    kind: str,
    text: str,
    about: str = About.PASSAGE,
    now: datetime,
) -> Remark:
    """Say something about a passage as it was read, about its chapter, or about all of it.

    `passage` is the id of the passage, or of the chapter, or empty, as `about` says;
    `text_digest` is that of the passage that was read, and asked of passages alone.
    """
    reader = person(by)
    as_patient = only_patient(by.roles)
    if as_patient and face is not Face.PATIENT:
        raise RefusedError("This remark is about a text for clinicians. Choose one of your own.")
    if not text.strip():
        raise RefusedError("Write what you would like to say.", field="text")
    whole = About(about) is not About.PASSAGE
    return Remark.objects.create(
        about=about,
        passage=passage,
        face=face,
        version=None if whole else version_read(passage, face, text_digest),
        text_digest=digest_read(passage, face) if whole else text_digest,
        kind=Kind(kind),
        text=text.strip(),
        author=reader,
        role=Role.PATIENT if as_patient else staff_role(by),
        patient_id=by.patient,
        written_at=now,
    )


@action("handbook.edit")
def answer(by: Actor, *, remark: Remark, text: str, state: str, now: datetime) -> Answer:
    """Answer a remark in public: leave it open, decline it, or show an experience.

    One on a chapter or the whole is accepted with what was done. One on a passage is accepted
    with the change that it asks for: see publishing.publish().
    """
    editor, remark = person(by), Remark.objects.select_for_update().get(pk=remark.pk)
    if not text.strip():
        raise RefusedError("Write an answer: the reader and others see it.", field="text")
    if remark.face == Face.PATIENT and not for_patients(text):
        raise RefusedError("Patients read this answer.", *not_for_patients(text), field="text")
    require_open_decision(remark, State(state))
    remark.state = State(state)
    remark.save(update_fields=["state"])
    return Answer.objects.create(
        remark=remark, text=text.strip(), state=state, editor=editor, given_at=now
    )


def require_open_decision(remark: Remark, state: State) -> None:
    """Raise RefusedError where a remark cannot come to stand so. Experiences may go and come."""
    if remark.kind == Kind.EXPERIENCE or state == remark.state:
        return
    if remark.state != State.OPEN:
        raise RefusedError(f"It was {remark.state} meanwhile. Read that first, then answer.")
    if state == State.ACCEPTED and remark.about == About.PASSAGE:
        raise RefusedError("Accept it by changing the text: then a new version says why.")


def person(by: Actor) -> User:
    """Who writes. A remark and an answer carry somebody's name."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and write it there.")
    return by.user


def staff_role(by: Actor) -> str:
    """The role in which a member of staff writes."""
    return next(role for role in Role if role in by.roles and role is not Role.PATIENT)


def digest_read(chapter: str, face: Face) -> str:
    """SHA-256 of the chapter, or of all chapters, as this face reads them now."""
    book = current().handbook.for_reader(face)
    chapters = [one for one in book.chapters if chapter in ("", one.id)]
    if not chapters:
        raise RefusedError("This chapter is no longer in the handbook. Choose another one.")
    return hashlib.sha256("".join(one.model_dump_json() for one in chapters).encode()).hexdigest()


def version_read(passage: str, face: Face, text_digest: str) -> int:
    """The number of the version that a reader had open."""
    known = drafts.known_versions(passage)
    if text_digest not in known or not known[text_digest].passage.text(face):
        raise RefusedError(
            "This text is no longer in the handbook. What you wrote is kept below: "
            "open the passage again and send it there."
        )
    return known[text_digest].number
