"""New versions of passages: what a draft has to hold, and the row that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from pydantic import ValidationError as UnfitError

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.handbook.models import Draft, Remark, Revision, State
from mooring.clinic.handbook.reading.current import digest, shipped
from mooring.clinic.handbook.reading.faces import for_patients, not_for_patients
from mooring.core import evidence
from mooring.core.handbook import Face, Passage, problems


@dataclass(frozen=True)
class Known:
    """One version of a passage that readers may have open."""

    number: int
    passage: Passage


def known_versions(passage: str) -> dict[str, Known]:
    """Every version of a passage by its digest, as shipped and as changed here."""
    found = {}
    original = shipped().passages.get(passage)
    if original is not None:
        found[digest(original)] = Known(0, original)
    for one in Revision.objects.filter(passage=passage).order_by("number"):
        found[digest(one.new)] = Known(one.number, one.new)
    return found


def drafted(standing: Passage, **texts: str) -> Passage:
    """The passage with an editor's texts. Raises ValidationError when it fits no reader."""
    tidy = {name: "\n".join(text.strip().splitlines()) for name, text in texts.items()}
    tidy = {name: text for name, text in tidy.items() if text != getattr(standing, name).strip()}
    try:
        return Passage.model_validate({**standing.model_dump(), **tidy})
    except UnfitError:
        raise ValidationError(
            "Keep one text for both readers, or one each: not both ways, and not none."
        ) from None


def require_fit(draft: Passage, standing: Passage, why: str) -> None:
    """Raise RefusedError, sentence by sentence, unless the draft may be shown."""
    if not why.strip():
        raise RefusedError("Say what changed and why: readers see it.", field="why")
    if draft == standing and not shipped_differs(draft.id):
        raise RefusedError("The text is as it was. Change it, or leave the page.")
    if draft.text(Face.PATIENT) != standing.text(Face.PATIENT) and not for_patients(why):
        told = "Patients read why their text changed."
        raise RefusedError(told, *not_for_patients(why), field="why")
    found = problems(draft, evidence.load())
    if found:
        raise RefusedError(*(f"{one}." if one[-1] not in ".”" else one for one in found))


def next_number(passage: str) -> int:
    """The number that the next version of a passage takes."""
    last = Revision.objects.filter(passage=passage).order_by("-number").first()
    return 1 if last is None else last.number + 1


def next_version(number: int, draft: Draft, second: User, now: datetime) -> Revision:
    """The row of a version, not yet written."""
    return Revision(
        passage=draft.passage,
        number=number,
        before=draft.before,
        after=draft.after,
        shipped_digest=digest(shipped().passage(draft.passage)),
        why=draft.why,
        remark=draft.remark,
        editor=draft.editor,
        published_by=second,
        made_at=now,
    )


def still_open(remark: Remark) -> Remark:
    """The remark, held for writing. RefusedError when it was accepted meanwhile."""
    held = Remark.objects.select_for_update().get(pk=remark.pk)
    if held.state == State.ACCEPTED:
        raise RefusedError("This remark was accepted meanwhile. Look at the new version first.")
    return held


def shipped_differs(passage: str) -> bool:
    """True where a release changed the shipped text under the latest version made here."""
    last = Revision.objects.filter(passage=passage).order_by("-number").first()
    original = shipped().passages.get(passage)
    if last is None or original is None:
        return False
    return last.shipped_digest != digest(original)
