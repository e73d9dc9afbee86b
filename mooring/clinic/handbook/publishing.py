"""Writes of a new version: one editor drafts it, another one publishes it or sends it back."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.handbook.actions import person
from mooring.clinic.handbook.models import Answer, Draft, DraftState, Remark, Revision, State
from mooring.clinic.handbook.reading.current import current, digest
from mooring.clinic.handbook.review import drafts
from mooring.clinic.handbook.review.waiting import waiting
from mooring.core.handbook import Passage

Made = TypeVar("Made", Draft, Revision)

CHANGED_SINCE = (
    "This text was changed after you opened it. Yours is kept below, and nothing was overwritten: "
    "compare it with the text that stands now, then save again."
)
YOUR_OWN = "You wrote this draft. Another editor looks at it, and publishes it or sends it back."
CHANGED_BELOW = (
    "The text under this draft was changed since, by a release. Open the passage, compare the two "
    "and save the draft again."
)


@action("handbook.edit")
def propose(
    by: Actor,
    *,
    draft: Passage,
    opened_digest: str,
    why: str,
    remark: Remark | None = None,
    now: datetime,
) -> Draft:
    """Write a draft, in place of one that waits for the same passage.

    `opened_digest` is that of the text which the editor opened: the draft that waits, or the text
    that stands. When another one is there by now, nothing is written.
    """
    editor, standing = person(by), current().handbook.passages[draft.id]
    before = waiting(draft.id, held=True)
    if digest(before.new if before else standing) != opened_digest:
        raise RefusedError(CHANGED_SINCE)
    drafts.require_fit(draft, standing, why)
    if before is not None:
        remark = remark or before.remark
        before.state = DraftState.REPLACED
        before.save(update_fields=["state"])
    made = Draft(
        passage=draft.id,
        before=standing.model_dump(mode="json"),
        after=draft.model_dump(mode="json"),
        why=why.strip(),
        remark=None if remark is None else drafts.still_open(remark),
        editor=editor,
        written_at=now,
    )
    return saved(made)


@action("handbook.edit")
def publish(by: Actor, *, draft: Draft, now: datetime) -> Revision:
    """Make a draft the version that everyone reads, accepting the remark that asked for it.

    Refused to the person who wrote it, whatever else they may do.
    """
    # The number before the text: whoever saves in between then takes this number, or shows there.
    second, number = person(by), drafts.next_number(draft.passage)
    held = still_waiting(draft)
    if held.editor_id == second.pk:
        raise RefusedError(YOUR_OWN)
    standing = current().handbook.passages.get(held.passage)
    if standing is None or digest(standing) != digest(held.old):
        raise RefusedError(CHANGED_BELOW)
    drafts.require_fit(held.new, standing, held.why)
    made = drafts.next_version(number, held, second, now)
    if held.remark is not None:
        accept(held.remark, held, now)
    looked_at(held, DraftState.PUBLISHED, second, now)
    return saved(made)


@action("handbook.edit")
def set_aside(by: Actor, *, draft: Draft, said: str, now: datetime) -> Draft:
    """Send a draft back with a reason, or take one's own back. It is kept either way."""
    second, held = person(by), still_waiting(draft)
    if held.editor_id == second.pk:
        held.state = DraftState.TAKEN_BACK
        held.save(update_fields=["state"])
        return held
    if not said.strip():
        raise RefusedError("Say why, to the editor who wrote it.", field="said")
    held.said = said.strip()
    looked_at(held, DraftState.SENT_BACK, second, now)
    return held


def still_waiting(draft: Draft) -> Draft:
    """The draft, held for writing. RefusedError when somebody was quicker."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.state != DraftState.WAITING:
        raise RefusedError(f"It was {held.state} meanwhile. Open the passage to see what stands.")
    return held


def accept(remark: Remark, draft: Draft, now: datetime) -> None:
    """The remark is accepted; why the text changed is the answer, by who wrote the text."""
    held = drafts.still_open(remark)
    held.state = State.ACCEPTED
    held.save(update_fields=["state"])
    Answer.objects.create(
        remark=held, text=draft.why, state=State.ACCEPTED, editor=draft.editor, given_at=now
    )


def looked_at(draft: Draft, state: DraftState, second: User, now: datetime) -> None:
    """Keep who looked at it, when, and what came of it."""
    draft.state, draft.looked_by, draft.looked_at = state, second, now
    draft.save(update_fields=["state", "looked_by", "looked_at", "said"])


def saved(row: Made) -> Made:
    """The row, written. RefusedError where another one took its place in the same moment."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise RefusedError(CHANGED_SINCE) from None
    return row
