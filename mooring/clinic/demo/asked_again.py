"""What keeps a decision standing in the demonstration: asked again in time, looked at again."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.demo.life import Life
from mooring.clinic.people.lists import asked_list, say_of_list
from mooring.clinic.people.models import ListName
from mooring.clinic.screening import actions as screening
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.models import Decision
from mooring.clinic.screening.standing import fingerprint


def asked_again(life: Life, now: datetime) -> None:
    """A nurse asks what is too old; the prescriber looks again where something new was charted."""
    stands = standing(life.patient, clinic_day(now))
    for finding in stands.open:
        ask(life, finding.asks or "", now)
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


def ask(life: Life, name: str, now: datetime) -> None:
    """The same answer again, or the same list."""
    nurse = life.staff.nurses[0]
    if name in ListName.values:
        none = not asked_list(life.patient, ListName(name)).current
        say_of_list(nurse, patient=life.patient, name=name, none=none, now=now)
        return
    last = life.patient.answers.filter(question=name).order_by("-answered_at", "-pk").first()
    assert last is not None  # noqa: S101 - the interview left nothing out that is decided on
    screening.answer(
        nurse,
        patient=life.patient,
        question=name,
        value=last.value,
        detail=last.detail,
        now=now,
    )
