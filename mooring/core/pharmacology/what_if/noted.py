"""What was noted in a session, by the minute: marks beside a curve, and no more than that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mooring.core.session.entries import Entry, Sedation, Symptom
from mooring.core.session.labels import SYMPTOM_WORDS
from mooring.core.session.standing import of, resolve

ALERT = 5
"""MOAA/S of a person who is awake."""


@dataclass(frozen=True)
class Noted:
    """One thing that was noted."""

    minute: float
    """From the start of giving."""
    words: str


def noted(entries: Sequence[Entry], started: datetime, now: datetime) -> tuple[Noted, ...]:
    """Symptoms that were there and sedation, from the start on, corrections applied."""
    log = resolve(entries, now).log
    found = [
        (one.at, f"{SYMPTOM_WORDS[one.content.symptom]}, {one.content.severity}")
        for one in of(log, Symptom)
        if one.content.severity != "none"
    ]
    found += [
        (one.at, f"MOAA/S {one.content.moaas}")
        for one in of(log, Sedation)
        if one.content.moaas < ALERT
    ]
    return tuple(
        Noted((at - started).total_seconds() / 60, words)
        for at, words in sorted(found)
        if at >= started
    )
