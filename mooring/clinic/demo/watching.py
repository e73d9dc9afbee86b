"""How the demonstration's patients are watched: what a nurse asks, what a prescriber reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.demo.life import Life
from mooring.clinic.exposure.actions import record_look, record_review
from mooring.core.protocols.watch import Organ, Result

FORGOTTEN = 0.3
"""The share of patients whom nobody looked at: they stay overdue."""
HIGH = 0.08
"""The share of liver tests that come back high."""
AFTER_DOSES = frozenset({1, 6})
"""Looked at after these infusions of the series, and after every booster."""
QUIET = {
    "urinary_symptoms": "No pain, no urge at night",
    "urine_test": "Dipstick without blood or protein",
    "liver_tests": "ALT 24 U/L, AST 21 U/L",
    "memory_attention": "No trouble at work; months backwards without a slip",
}


def looked_after(life: Life, end: datetime) -> Iterator[datetime]:
    """The looks after a session, for those who are not forgotten."""
    # Chances of its own, so that the watch does not change the rest of the story.
    chances = Random(f"watch {life.patient.identifier}")  # noqa: S311 - a made-up story
    if chances.random() < FORGOTTEN or not _asked(len(life.sessions)):
        return
    yield (now := end + timedelta(minutes=10))
    high = chances.random() < HIGH
    for item, words in QUIET.items():
        found = high and item == "liver_tests"
        result = Result.FOUND if found else Result.NOTHING
        said = "ALT 96 U/L, AST 71 U/L" if found else words
        record_look(
            life.staff.nurses[0], patient=life.patient, item=item, result=result, words=said,
            taken_on=clinic_day(now), now=now,
        )  # fmt: skip
    if high:
        yield (later := now + timedelta(minutes=40))
        record_review(
            life.staff.prescriber, patient=life.patient, organ=Organ.LIVER,
            words="Twice the upper limit, no symptoms; again in two weeks.",
            taken_on=clinic_day(later), now=later,
        )  # fmt: skip


def _asked(infusions: int) -> bool:
    return infusions in AFTER_DOSES or infusions > max(AFTER_DOSES)
