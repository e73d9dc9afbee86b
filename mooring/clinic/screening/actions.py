"""Writes of screening: interview answers and the prescriber's decision."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.people.models import Patient
from mooring.clinic.people.text import forbidden
from mooring.clinic.screening.models import Decision, InterviewAnswer, ScreeningDecision
from mooring.clinic.screening.standing import fingerprint, screen, snapshot, the_policy
from mooring.core.protocols.screening import (
    Answer,
    Record,
    Screening,
    Tier,
    why_not_usable,
)

LONGEST_DETAIL = 2000


@action("screening.answer")
def answer(
    by: Actor, *, patient: Patient, question: str, value: str, detail: str = "", now: datetime
) -> InterviewAnswer:
    """Record one answer. It never replaces the one before: the newest counts."""
    _check_answer(question, value, detail, now)
    return InterviewAnswer.objects.create(
        patient=patient,
        question=question,
        value=value,
        detail=detail.strip(),
        answered_at=now,
        answered_by=by.name,
    )


def _check_answer(question_id: str, value: str, detail: str, now: datetime) -> None:
    """Refuse what would leave the question unanswered."""
    questions = {question.id: question for question in the_policy().questions}
    question = questions.get(question_id)
    if question is None or question.option(value) is None:
        raise RefusedError("Choose one of the answers.", field=question_id)
    if len(detail) > LONGEST_DETAIL or forbidden(detail):
        raise RefusedError(
            f"At most {LONGEST_DETAIL} characters without control characters.", field=question_id
        )
    today = clinic_day(now)
    given = Answer(question_id, value, detail, today)
    reason = why_not_usable(question, given, Record(as_of=today, birth_date=None, sex=None))
    if reason is not None:
        raise RefusedError(f"{reason}.", field=question_id)


@action("screening.decide")
def decide(
    by: Actor, *, patient: Patient, decision: str, reason: str, seen: str, now: datetime
) -> ScreeningDecision:
    """Sign a decision about the findings that were shown; `seen` is their fingerprint.

    Refused when the findings changed since, when there is no reason, and for going on while
    anything is missing. A decision against the findings, either way, is kept as an override.
    """
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and decide there.")
    if decision not in Decision.values:
        raise RefusedError("Choose one of the decisions.", field="decision")
    if not reason.strip():
        raise RefusedError("Say why, for whoever reads this next.", field="reason")
    screening = screen(patient, clinic_day(now))
    if fingerprint(screening) != seen:
        raise RefusedError(
            "The findings changed since this page was opened. Here they are as they stand now."
        )
    if decision == Decision.PROCEED and screening.of(Tier.MISSING):
        raise RefusedError(
            "Going on has to wait: something is not answered or not measured. Answer it, or say in"
            " the interview why it could not be obtained.",
            field="decision",
        )
    return ScreeningDecision.objects.create(
        patient=patient,
        policy=screening.policy,
        policy_version=screening.version,
        findings=snapshot(screening),
        verdict=screening.verdict,
        decision=decision,
        reason=reason.strip(),
        override=goes_against(decision, screening),
        decided_by=by.user,
        decided_at=now,
    )


def goes_against(decision: str, screening: Screening) -> bool:
    """True for going on although something holds, and for declining although nothing does."""
    if decision == Decision.PROCEED:
        return screening.holds
    return decision == Decision.DECLINE and not screening.holds
