"""What keeps a decision standing in the demonstration: asked again in time, looked at again."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.demo.life import Life
from mooring.clinic.screening import actions as screening
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.models import Decision
from mooring.clinic.screening.standing import fingerprint


def asked_again(life: Life, now: datetime) -> None:
    """The prescriber looks again where the chart holds what was not looked at."""
    stands = standing(life.patient, clinic_day(now))
    if stands.suspended:
        screening.decide(
            life.staff.prescriber,
            patient=life.patient,
            decision=Decision.PROCEED,
            reason="Read with the patient; weighed against what it is hoped to do.",
            seen=fingerprint(stands.screening),
            now=now,
        )
