"""Drafts that wait for a second editor, and who that may be."""

from __future__ import annotations

from mooring.clinic.accounts.models import User
from mooring.clinic.handbook.models import Draft, DraftState
from mooring.clinic.permissions import PERMISSIONS


def waiting(passage: str, held: bool = False) -> Draft | None:
    """The draft that waits for this passage; `held` keeps it from being changed meanwhile."""
    rows = Draft.objects.select_for_update() if held else Draft.objects.all()
    return rows.filter(passage=passage, state=DraftState.WAITING).first()


def may_publish(draft: Draft) -> list[User]:
    """Everybody who may look at a draft: all editors but the one who wrote it, by name."""
    return second_editors(draft.editor)


def second_editors(editor: User) -> list[User]:
    """Everybody who may publish what this editor wrote, by name."""
    may = User.objects.filter(
        is_active=True, assignments__role__in=PERMISSIONS["handbook.edit"]
    ).exclude(pk=editor.pk)
    return sorted(may.distinct(), key=str)
