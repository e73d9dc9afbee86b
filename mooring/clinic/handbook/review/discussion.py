"""Who is shown which remark, and under which name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mooring.clinic.actions import Actor
from mooring.clinic.handbook.models import Kind, Remark, State
from mooring.clinic.handbook.reading.faces import for_patients, only_patient
from mooring.clinic.permissions import Role, allowed
from mooring.core.handbook import Face


@dataclass(frozen=True)
class Experience:
    """What one person told, without a name."""

    text: str
    who: str
    written_at: datetime


@dataclass(frozen=True)
class Said:
    """A remark as this reader is shown it."""

    remark: Remark
    who: str
    mine: bool


def remarks(passages: Iterable[str] | None = None) -> QuerySet[Remark]:
    """All remarks, or those on some passages, with their answers."""
    rows = Remark.objects.select_related("author").prefetch_related("answers__editor")
    return rows if passages is None else rows.filter(passage__in=list(passages))


def discussion(reader: Actor, passages: Iterable[str]) -> Iterator[Said]:
    """What is discussed of these passages; experiences stand apart."""
    for remark in remarks(passages):
        if remark.kind == Kind.EXPERIENCE and remark.state == State.ACCEPTED:
            continue
        if mine(reader, remark) or public(reader, remark):
            yield said(reader, remark)


def experiences(as_patient: bool, passages: Iterable[str]) -> Iterator[Experience]:
    """The experiences that an editor let stand, without anybody's name."""
    for remark in remarks(passages).filter(kind=Kind.EXPERIENCE, state=State.ACCEPTED):
        if not as_patient or shown_to_patients(remark):
            yield Experience(remark.text, in_role(remark.role), remark.written_at)


def public(reader: Actor, remark: Remark) -> bool:
    """True where a reader who did not write it is shown a remark that is no shown experience."""
    if only_patient(reader.roles):
        return remark.kind != Kind.EXPERIENCE and shown_to_patients(remark)
    return remark.kind != Kind.EXPERIENCE or allowed(reader.roles, "handbook.edit")


def shown_to_patients(remark: Remark) -> bool:
    """Patients see what an editor has looked at, about their own text, and without amounts."""
    answers = list(remark.answers.all())
    return (
        remark.face == Face.PATIENT
        and bool(answers)
        and all(for_patients(text) for text in (remark.text, *(one.text for one in answers)))
    )


def said(reader: Actor, remark: Remark) -> Said:
    """The remark with the name that others read."""
    own = mine(reader, remark)
    return Said(remark, "You" if own else by_line(remark), own)


def mine(reader: Actor, remark: Remark) -> bool:
    """True for the one who wrote it."""
    return reader.user is not None and remark.author_id == reader.user.pk


def by_line(remark: Remark) -> str:
    """Who wrote it, for others: patients and those who tell an experience by role alone."""
    if remark.role == Role.PATIENT or remark.kind == Kind.EXPERIENCE:
        return in_role(remark.role)
    return f"{remark.author}, {remark.role}"


def in_role(role: str) -> str:
    """For example "A nurse", "An owner"."""
    return f"An {role}" if role[0] in "aeio" else f"A {role}"
