"""Which suicidality tier counts for a patient now, from everything on the chart that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.measures.models import Response, WatchedAnswer
from mooring.clinic.measures.self_harm import alerts_of
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.models import InterviewAnswer
from mooring.clinic.sessions.models import SessionEntry
from mooring.clinic.suicidality.models import TierEntry
from mooring.core.protocols.suicidality import (
    Entered,
    SuicidalityPolicy,
    Tier,
    TierPath,
    TierStanding,
    load,
    standing,
)

QUESTION = "suicidality"
"""The screening question that asks for the tier as well."""


@dataclass(frozen=True)
class PatientTier:
    """The tier of one patient at one moment, and what it sets in motion."""

    standing: TierStanding
    path: TierPath
    entry: TierEntry | None
    """The newest entry with reasons; None where there is none."""

    @property
    def tier(self) -> Tier:
        """The tier that counts."""
        return self.standing.tier

    @property
    def in_words(self) -> str:
        """For example "high", "at least moderate" or "unknown: no tier was entered yet"."""
        if self.tier is Tier.UNKNOWN:
            return f"unknown: {self.standing.why}" if self.standing.why else "unknown"
        counts = self.entry is not None and self.entry.entered_at == at(self.standing)
        at_least = counts and self.entry is not None and self.entry.at_least
        return f"at least {self.tier}" if at_least else str(self.tier)

    @property
    def without_reasons(self) -> bool:
        """True where the tier that counts was answered in the interview: it opens nothing."""
        newest = self.standing.newest
        if newest is None or self.tier is Tier.UNKNOWN:
            return False
        return self.entry is None or self.entry.entered_at != newest.at

    @property
    def mark(self) -> str:
        """The state mark of its word."""
        marks = {"high": "stop", "moderate": "due", "low": "caution", "none": "met"}
        return marks.get(self.tier, "unknown")


def at(found: TierStanding) -> datetime | None:
    """When the newest tier was entered."""
    return None if found.newest is None else found.newest.at


def tier_of(patient: Patient, now: datetime) -> PatientTier:
    """The tier that counts at `now`."""
    policy = load()
    entry = next((row for row in patient.tier_entries.all() if row.entered_at <= now), None)
    entered = list(entries(patient, entry, now))
    newest = max((one.at for one in entered), default=None)
    called = list(signals(patient, newest, now)) if newest is not None else []
    found = standing(policy, entered, called, now)
    return PatientTier(found, policy.path(found.tier), entry)


def entries(patient: Patient, entry: TierEntry | None, now: datetime) -> Iterator[Entered]:
    """The newest tier entered here, and the newest answer of the screening interview."""
    if entry is not None:
        yield Entered(Tier(entry.tier), entry.entered_at)
    told = next((row for row in patient.answers.all() if answers(row, now)), None)
    if told is None or told.value not in set(Tier):
        return
    if entry is None or told.answered_at > entry.entered_at:
        yield Entered(Tier(told.value), told.answered_at)


def answers(row: InterviewAnswer, now: datetime) -> bool:
    """True for an answer to the question of the tier, given by `now`."""
    return row.question == QUESTION and row.answered_at <= now


def signals(patient: Patient, since: datetime, now: datetime) -> Iterator[datetime]:
    """Answers after `since` that were positive or declined: on a scale, or before leaving."""
    given = WatchedAnswer.objects.filter(
        assignment__patient=patient, given_at__gt=since, given_at__lte=now
    )
    yield from given.exclude(value=0).values_list("given_at", flat=True)
    sent = Response.objects.filter(
        assignment__patient=patient, completed_at__gt=since, completed_at__lte=now
    )
    for response in sent.select_related("assignment"):
        if alerts_of(response):
            yield response.completed_at
    asked = SessionEntry.objects.filter(
        session__course__patient=patient,
        kind__in=("readiness", "correction"),
        recorded_at__gt=since,
        recorded_at__lte=now,
    )
    for row in asked:
        said = row.detail.get("replacement") or row.detail
        if said.get("ideation") not in (None, "no"):
            yield row.recorded_at


def policy_words(policy: SuicidalityPolicy) -> str:
    """What an entry keeps of the policy that read it."""
    return f"{policy.id} {policy.version}"
