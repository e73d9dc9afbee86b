"""A small handbook of its own to review, and the steps that tests share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import Actor
from mooring.clinic.handbook import actions, publishing
from mooring.clinic.handbook.models import Draft, Remark, Revision
from mooring.clinic.handbook.reading.current import current, digest
from mooring.core.handbook import Face, Passage

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PRESSURE = "safety.blood-pressure"
DRIVING = "safety.driving"
LOZENGE = "safety.lozenges"
CHAPTERS = {
    "safety": '''
id = "safety"
title = "What to watch"
order = 10
[[passages]]
id = "safety.blood-pressure"
title = "Blood pressure"
clinician = """Pressure rises while the drug runs {S2.41}.

It falls again afterwards."""
patient = """Your blood pressure goes up for a while {S2.41}. It comes down by itself."""
[[passages]]
id = "safety.driving"
title = "Going home"
both = """Somebody takes you home."""
[[passages]]
id = "safety.lozenges"
title = "Lozenges"
clinician = """One document lists lozenge strengths {S2.44}."""
''',
    "unknown": '''
id = "unknown"
title = "What nobody knows"
order = 20
[[passages]]
id = "unknown.years"
patient = """Nobody knows what many years of treatment do."""
clinician = """Long courses are unstudied."""
''',
    "staffing": '''
id = "staffing"
title = "Staffing a room"
order = 30
[[passages]]
id = "staffing.people"
clinician = """For those who plan a clinic."""
''',
}


def as_actor(user: Any) -> Actor:
    """The person as the program knows them once signed in."""
    patient = getattr(user, "patient", None)
    return Actor(str(user), user.roles, user=user, patient=patient.pk if patient else None)


def standing(passage: str = PRESSURE) -> Passage:
    """The passage as everyone reads it now."""
    return current().handbook.passages[passage]


def remarked(user: Any, passage: str = PRESSURE, face: Face = Face.PATIENT, **more: Any) -> Remark:
    """A remark by this person on the text that stands."""
    filled = {"kind": "typo", "text": "There is a letter missing.", **more}
    read = digest(standing(passage))
    return actions.remark(
        as_actor(user), passage=passage, face=face, text_digest=read, now=NOW, **filled
    )


def proposed(user: Any, passage: str = PRESSURE, why: str = "Plainer.", **more: Any) -> Draft:
    """A draft by this editor; `more` holds the texts that change, and now or remark."""
    texts = {name: more.pop(name) for name in ("both", "clinician", "patient") if name in more}
    now = standing(passage)
    draft = Passage.model_validate({**now.model_dump(), **texts})
    kept = {"opened_digest": digest(now), "now": NOW, **more}
    return publishing.propose(as_actor(user), draft=draft, why=why, **kept)


def published(user: Any, draft: Draft) -> Revision:
    """The draft as this editor publishes it."""
    return publishing.publish(as_actor(user), draft=draft, now=NOW)


def revised(user: Any, passage: str = PRESSURE, why: str = "Plainer.", **more: Any) -> Revision:
    """A new version that this editor wrote and another published; for `more` see proposed()."""
    return published(second_editor(), proposed(user, passage, why, **more))


def second_editor() -> User:
    """An owner who publishes what others write."""
    user, made = User.objects.get_or_create(username="second", display_name="S. Second")
    if made:
        RoleAssignment.objects.create(user=user, role="owner")
    return user
