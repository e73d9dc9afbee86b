"""The chart in a few lines, for the head of an order and of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.people.lists import AskedList, asked_list
from mooring.clinic.people.models import ListName, Measurement, Patient
from mooring.clinic.people.weights import newest_first
from mooring.clinic.screening.decided import Standing, standing
from mooring.core.protocols.screening import Finding, Tier

SHOWN = (Tier.BLOCK, Tier.EVALUATE, Tier.MISSING, Tier.CAUTION)
MARKS = {
    Tier.BLOCK: "block",
    Tier.EVALUATE: "due",
    Tier.MISSING: "unknown",
    Tier.CAUTION: "caution",
}


@dataclass(frozen=True)
class Glance:
    """Allergies, medicines, weight with its age, and what stands against the patient now."""

    allergies: AskedList
    medicines: AskedList
    weight: Measurement | None
    weight_days: int | None
    """How many days ago it was taken; None without one."""
    stands: Standing

    @property
    def findings(self) -> list[tuple[str, Finding]]:
        """The findings with their mark, the gravest first."""
        found = self.stands.screening
        return [(MARKS[tier], finding) for tier in SHOWN for finding in found.of(tier)]


def glance(patient: Patient, today: date) -> Glance:
    """The chart as it is on that day."""
    weight = next(iter(newest_first(patient, "weight", "kg")), None)
    return Glance(
        asked_list(patient, ListName.ALLERGIES),
        asked_list(patient, ListName.MEDICATIONS),
        weight,
        None if weight is None else (today - clinic_day(weight.taken_at)).days,
        standing(patient, today),
    )
