"""What stood when a form was opened, so that a later change of somebody else is never undone.

A page that changes what is there carries a mark of it (`{% stood … %}`). The action that writes
holds the mark against what stands by then, under its own lock, with `still`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from mooring.clinic.once import submission


@dataclass(frozen=True)
class Stands:
    """What one form changes, in words."""

    subject: str
    """What it is of, for example "roles of 0190…"."""
    said: dict[str, str]
    """As it stands: by label, in the words of the page."""
    version: str = ""
    """The digest of the row behind it, where the words do not say all."""
    instead: str = ""
    """The address to go on at, where what was typed can no longer be saved at its own."""

    @property
    def mark(self) -> str:
        """What the form carries."""
        text = json.dumps([self.said, self.version], sort_keys=True)
        return f"{self.subject}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


class ChangedError(Exception):
    """Somebody else changed it since the form was opened. Nothing is written."""

    def __init__(self, stands: Stands) -> None:
        super().__init__(stands.subject)
        self.stands = stands


def still(stands: Stands) -> None:
    """Raise ChangedError where the running form was opened on something else than this.

    A form without a mark, or with one of something else, is not held: a page of an older version,
    or a write that is only a consequence of another.
    """
    sent = submission.current.get()
    if sent is None:
        return
    for mark in sent.stood:
        if mark.rpartition(":")[0] == stands.subject and mark != stands.mark:
            raise ChangedError(stands)


def shown(value: Any) -> str:
    """A value in words; what is not there is "nothing"."""
    return str(value) if value not in (None, "", []) else "nothing"
