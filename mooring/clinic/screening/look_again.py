"""The tasks of looking again: opened when the chart and a decision part, closed by the next.

The chart outgrows a decision when it holds what was not looked at. It falls behind one when an
entry that the decision rests on turns out never to have been so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor
from mooring.clinic.people.changes import ended, how_withdrawn, withdrawn_now
from mooring.clinic.people.models import (
    Allergy,
    BloodPressure,
    Condition,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)
from mooring.clinic.people.record import record_of
from mooring.clinic.screening.decided import Standing, in_words, standing
from mooring.clinic.tasks.actions import add_to_task, close_task, open_task
from mooring.core.protocols.screening import Screening, evaluate, looked_at

KIND = "screening_look_again"
RESTED = "screening_rested_on"
RECORDED = (Condition, Medication, Allergy, Measurement, BloodPressure)
IN_THE_RECORD = frozenset({"condition", "medication", "allergy", "measurement"})


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """Give the prescriber who decided the task of looking again, once for what is new."""
    stands = standing(patient, clinic_day(now))
    if stands.decision is None:
        return
    if stands.suspended:
        _look_again(by, stands, now)
        return
    gone = [row for model in RECORDED for row in withdrawn_now(model, patient, now)]
    if gone:
        _settle(by, patient, now)
        _say_what_it_rested_on(by, stands, gone, now)


def after_decision(by: Actor, patient: Patient, outcome: str, now: datetime) -> None:
    """Close the tasks: a prescriber has looked."""
    for task in patient.tasks.filter(kind__in=(KIND, RESTED), closed_at=None):
        close_task(by, task=task, outcome=outcome, now=now)


def source(stands: Standing) -> str:
    """One task for one decision and what is new to it."""
    assert stands.decision is not None  # noqa: S101
    new = "|".join(in_words(each) for each in stands.new)
    return f"{stands.decision.pk}:{hashlib.sha256(new.encode()).hexdigest()[:32]}"


def _look_again(by: Actor, stands: Standing, now: datetime) -> None:
    assert stands.decision is not None  # noqa: S101
    patient = stands.patient
    detail = "New in the chart: " + "; ".join(in_words(each) for each in stands.new)
    task = patient.tasks.filter(kind=KIND, closed_at=None).first()
    if task is not None:
        add_to_task(by, task=task, detail=detail, now=now)
        return
    open_task(
        by,
        patient=patient,
        kind=KIND,
        title="Screening: look again",
        detail=detail,
        owner=stands.decision.decided_by,
        source=source(stands),
        due_at=now,
        now=now,
    )


def _settle(by: Actor, patient: Patient, now: datetime) -> None:
    """What was new is gone: the decision holds, and nobody needs to look."""
    for task in patient.tasks.filter(kind=KIND, closed_at=None):
        outcome = "What was new no longer stands in the chart: struck, corrected or ended."
        close_task(by, task=task, outcome=outcome, now=now)


def _say_what_it_rested_on(
    by: Actor, stands: Standing, gone: list[RecordRow], now: datetime
) -> None:
    """Tell who decided, where a fact of the decision is withdrawn.

    One that ended was true when it was decided on: it is told only where the decision was not to
    go on, since it may be what was waited for.
    """
    decision = stands.decision
    assert decision is not None  # noqa: S101
    lines = [
        f"{rested}: {how_withdrawn(row)}"
        for row in gone
        if not (stands.proceeds and ended(row))
        for rested in _rested_on(stands, row)
    ]
    if not lines:
        return
    said = f"The newest decision, “{decision.get_decision_display()}”, rests on it."
    open_task(
        by,
        patient=stands.patient,
        kind=RESTED,
        title="Screening: an entry behind the decision no longer stands",
        detail="\n".join([*dict.fromkeys(lines), said]),
        owner=decision.decided_by,
        source=f"{decision.pk}:{gone[0].pk}",
        due_at=now,
        now=now,
    )


def _rested_on(stands: Standing, row: RecordRow) -> Iterator[str]:
    """Each finding of the decision that this row made, unless another row still makes it."""
    assert stands.decision is not None  # noqa: S101
    alone = evaluate(stands.policy, record_of(stands.patient, [row], stands.screening.as_of))
    known = {
        (each.rule, trigger.fact)
        for each in looked_at(stands.decision.findings)
        for trigger in each.triggers
    }
    still = _facts(stands.screening)
    titles = {finding.rule: finding.title for finding in alone.findings}
    for rule, fact in _facts(alone):
        if (rule, fact) in known and (rule, fact) not in still:
            yield f"{titles[rule]} ({fact})"


def _facts(screening: Screening) -> dict[tuple[str, str], None]:
    """What the record's own rows made the rules say, in their order."""
    return dict.fromkeys(
        (finding.rule, trigger.fact)
        for finding in screening.findings
        for trigger in finding.triggers
        if trigger.source in IN_THE_RECORD
    )
