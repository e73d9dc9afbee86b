"""A tier that is answered in the screening interview calls somebody, like one entered here."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.calling import call
from mooring.clinic.suicidality.tiers import QUESTION
from mooring.core.protocols.suicidality import Tier, load

KIND = "suicidality_tier"


def title(tier: str) -> str:
    """What the task is called."""
    return f"Suicidality tier {tier}: see or call today"


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """Open the task that an answer of this moment asks for; an entry with reasons opens its own."""
    told = patient.answers.filter(question=QUESTION, answered_at=now).order_by("-pk").first()
    if told is None or told.value not in set(Tier):
        return
    if patient.tier_entries.filter(entered_at=now).exists():
        return
    path = load().path(Tier(told.value))
    if path.called_within is None:
        return
    call(
        by,
        patient,
        kind=KIND,
        title=title(told.value),
        detail=f"{path.text}\nAnswered in the screening interview by {told.answered_by}, "
        "without reasons: enter the tier with what it rests on.",
        source=f"{told._meta.label}:{told.pk}",
        within=path.called_within,
        now=now,
    )
