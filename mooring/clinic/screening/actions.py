"""Writes of screening: interview answers and the prescriber's decision."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses import care
from mooring.clinic.courses.ways import way
from mooring.clinic.once.standing import still
from mooring.clinic.people.changes import chart_changed
from mooring.clinic.people.models import Patient
from mooring.clinic.people.text import forbidden
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.clinic.screening.look_again import after_decision
from mooring.clinic.screening.models import (
    Decision,
    InterviewAnswer,
    ScreeningDecision,
    ScreeningPlan,
    SideTaken,
)
from mooring.clinic.screening.sides import choices, side_stands
from mooring.clinic.screening.standing import (
    chosen_plan,
    fingerprint,
    plan_stands,
    screen,
    snapshot,
    the_policy,
)
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.screening import (
    Answer,
    Policy,
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
    _check_answer(the_policy(chosen_plan(patient)), question, value, detail, now)
    row = InterviewAnswer.objects.create(
        patient=patient,
        question=question,
        value=value,
        detail=detail.strip(),
        answered_at=now,
        answered_by=by.name,
    )
    chart_changed(by, patient, now)
    return row


def _check_answer(policy: Policy, question_id: str, value: str, detail: str, now: datetime) -> None:
    """Refuse what would leave the question unanswered."""
    questions = {question.id: question for question in policy.questions}
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
    made = ScreeningDecision.objects.create(
        patient=patient,
        policy=screening.policy,
        policy_version=screening.version,
        plan=chosen_plan(patient),
        sides=dict(screening.sides),
        findings=snapshot(screening),
        verdict=screening.verdict,
        decision=decision,
        reason=reason.strip(),
        override=goes_against(decision, screening),
        decided_by=by.user,
        decided_at=now,
    )
    after_decision(by, patient, f"Decided: {made.get_decision_display()}. {made.reason}", now)
    return made


def goes_against(decision: str, screening: Screening) -> bool:
    """True for going on although something holds, and for declining although nothing does."""
    if decision == Decision.PROCEED:
        return screening.holds
    return decision == Decision.DECLINE and not screening.holds


@action("screening.answer")
def choose_plan(
    by: Actor,
    *,
    patient: Patient,
    drug: str,
    route: str,
    indication: str,
    model_of_care: str,
    now: datetime,
) -> ScreeningPlan:
    """Say what the patient is screened for: it chooses the policy, and decides nothing.

    Refused for a drug and route that no product is made for, and for what is never given at home.
    """
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and choose there.")
    Patient.objects.select_for_update().get(pk=patient.pk)
    still(plan_stands(patient))
    if way(f"{drug}.{route}") is None:
        raise RefusedError("No product is made for this drug by this route.", field="way")
    _require_known("indication", indication, [each.id for each in care.care().indications])
    _require_known("model_of_care", model_of_care, [each.id for each in care.care().models])
    if model_of_care == care.HOME and not take_home_switched_on():
        raise RefusedError(
            "This clinic gives nothing to take home: the switch is off.", field="model_of_care"
        )
    if drug == Drug.ESKETAMINE and model_of_care == care.HOME:
        raise RefusedError(
            "Esketamine is never handed out for use at home. Choose another model of care.",
            field="model_of_care",
        )
    return ScreeningPlan.objects.create(
        patient=patient,
        drug=Drug(drug),
        route=Route(route),
        indication=indication,
        model_of_care=model_of_care,
        chosen_by=by.user,
        chosen_at=now,
    )


def _require_known(field: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise RefusedError("Choose one of those listed.", field=field)


@action("clinic.change")
def take_side(by: Actor, *, disagreement: str, side: str, reason: str, now: datetime) -> SideTaken:
    """Follow a side where the sources differ. Decisions that stood are looked at again by it."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and choose there.")
    choice = choices().get(disagreement)
    if choice is None or side not in {each.id for each in choice.sides}:
        raise RefusedError("Choose one of the sides.", field="side")
    if not reason.strip():
        raise RefusedError("Say why the clinic follows this side.", field="reason")
    Clinic.objects.select_for_update().first()
    still(side_stands(disagreement))
    return SideTaken.objects.create(
        disagreement=disagreement, side=side, reason=reason.strip(), taken_by=by.user, taken_at=now
    )
