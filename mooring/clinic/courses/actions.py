"""Writes of a course: its start and end, its orders, its therapy visits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.alone.actions import note_opening
from mooring.clinic.alone.standing import require_alone_may
from mooring.clinic.courses import care, orders
from mooring.clinic.courses.holds import order_holds, screened_for
from mooring.clinic.courses.models import Course, Order, TherapyVisit
from mooring.clinic.courses.running import while_running
from mooring.clinic.courses.second import SecondPerson, require_may_confirm
from mooring.clinic.holds import Hold
from mooring.clinic.measures.actions import plan_baseline
from mooring.clinic.people.models import Patient
from mooring.clinic.people.record_state import record_holds
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.settings import GROUP_REGIMENS, setting_holds
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.protocols import bounds, regimens
from mooring.core.protocols.screening.choosing import Plan
from mooring.core.quantities import MilligramsPerMillilitre

REGIMEN = "iv_series"
NO_PLAN = "none"
"""The regimen of a course that no plan counts."""


@action("course.start")
def start_course(
    by: Actor,
    *,
    patient: Patient,
    indication: str,
    indication_detail: str = "",
    model_of_care: str,
    model_reason: str,
    regimen: str = REGIMEN,
    now: datetime,
) -> Course:
    """Open a course on the newest screening decision, which has to be "proceed".

    The scale before the first session is asked for at once. `indication` and `model_of_care` are
    ids of care.toml; the model is a choice with a reason. `regimen` is the plan that the course
    is held against, or NO_PLAN.
    """
    prescriber = signer(by)
    _require_none(record_holds(patient))
    decision = require_proceed(patient, now)
    require_no_open_course(patient)
    _require_choice("indication", indication, {entry.id for entry in care.care().indications})
    _require_choice("model_of_care", model_of_care, {entry.id for entry in care.care().models})
    _require_choice("regimen", regimen, {*regimens.names(), NO_PLAN})
    _require_screened_for(decision, indication, model_of_care)
    if model_of_care == care.HOME and not take_home_switched_on():
        raise RefusedError(
            "This clinic gives nothing to take home: the switch is off.", field="model_of_care"
        )
    if model_of_care == care.HOME:
        _require_none(setting_holds(patient, Setting.HOME, now))
    if regimen in GROUP_REGIMENS or model_of_care == care.GROUP:
        _require_none(setting_holds(patient, Setting.GROUP, now))
    if indication == care.OTHER:
        require_words("indication_detail", indication_detail, "Say in words what the course is for")
    require_words("model_reason", model_reason, "Say why this model of care, for this patient")
    course = Course.objects.create(
        patient=patient,
        screening=decision,
        indication=indication,
        indication_detail=indication_detail.strip(),
        model_of_care=model_of_care,
        model_reason=model_reason.strip(),
        regimen=regimen,
        regimen_version="" if regimen == NO_PLAN else regimens.load(regimen).version,
        prescriber=prescriber,
        started_at=now,
    )
    plan_baseline(by, course=course, now=now)
    return course


@action("course.end")
def end_course(by: Actor, *, course: Course, reason: str, now: datetime) -> Course:  # noqa: ARG001
    """Close a course, with the reason. Its orders can no longer be used."""
    course = _locked(course)
    require_open(course)
    require_words("reason", reason, "Say why the course ends")
    course.ended_at, course.end_reason = now, reason.strip()
    course.save(update_fields=["ended_at", "end_reason"])
    return course


@action("order.sign")
def sign_order(
    by: Actor,
    *,
    course: Course,
    order: DrugOrder,
    concentration: MilligramsPerMillilitre | None = None,
    group_of: int | None = None,
    reason: str = "",
    second: SecondPerson | None = None,
    standing: Collection[UUID] | None = None,
    now: datetime,
) -> Order:
    """Sign an order as written, with what the bounds of its drug and route said about it.

    The weight has to be the newest of the record (`orders.weight_of`): nobody signs an amount
    other than the one they looked at. `concentration` is what goes into the line, where there is
    one; `group_of` how many are in the group, 1 for one person alone. `reason` is needed for an
    order outside what is usual, `second` for a hard stop. `standing` are the orders that stood
    when this one was read: another since then, of a colleague or of a second press of the button,
    refuses. None asks nothing.
    """
    require_open(_locked(course))
    _require_no_hold(course, order, now)
    prescriber = signer(by)
    _require_newest_weight(course.patient, order)
    on = clinic_day(now)
    if standing is not None:
        _require_same_standing(course, standing, on)
    before, doubts = doses_given(course.patient, now), orders.weight_doubts(course.patient)
    setting, beside = orders.setting(course, group_of), while_running(course.patient, now)
    bounded = orders.findings(order, concentration, on, before, doubts, setting)
    found = (*bounded, *beside)
    _require_acceptable(found, prescriber, second)
    if second is not None and second.alone is not None:
        require_alone_may(course, group_of, now)
    hard = any(f.level is bounds.Level.HARD for f in found)
    soft = not hard and any(f.level is bounds.Level.SOFT for f in found)
    if soft:
        require_words("reason", reason, "Say why it may go outside what is usual")
    alone = hard and second is not None and second.alone is not None
    opened = second if hard and not alone else None
    signed = Order.objects.create(
        course=course,
        **_columns(order, concentration),
        group_of=group_of,
        findings=orders.snapshot(order, found, on, setting),
        reason=reason.strip() if soft else "",
        second_person=opened.user if opened else None,
        second_reason=opened.reason.strip() if opened else "",
        signed_by=prescriber,
        signed_at=now,
    )
    if alone and second is not None:
        note_opening(
            by, second, patient=course.patient, what="courses.Order", what_id=signed.pk,
            in_words=f"An order beyond its bounds: {signed.in_brief}", now=now,
        )  # fmt: skip
    return signed


@action("order.withdraw")
def withdraw_order(by: Actor, *, order: Order, reason: str, now: datetime) -> Order:  # noqa: ARG001
    """Take a signed order back, with the reason. It stays readable and is never used again."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.withdrawn_at is not None:
        raise RefusedError("This order is withdrawn already.")
    require_words("reason", reason, "Say why the order is withdrawn")
    order.withdrawn_at, order.withdrawn_reason = now, reason.strip()
    order.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    return order


@action("therapy_visit.record")
def record_therapy_visit(
    by: Actor,
    *,
    course: Course,
    purpose: str,
    visited_at: datetime,
    summary: str,
    intention: str = "",
    touch_consent: str = "",
    now: datetime,
) -> TherapyVisit:
    """Keep a preparation, integration or therapy visit. The actor is its therapist.

    `touch_consent` holds the patient's own words; empty is not asked.
    """
    require_open(_locked(course))
    _require_choice("purpose", purpose, {"preparation", "integration", "therapy"})
    if visited_at > now:
        raise RefusedError("The visit lies ahead: record it once it was held.", field="visited_at")
    require_words("summary", summary, "Say what the visit was about")
    return TherapyVisit.objects.create(
        course=course,
        purpose=purpose,
        visited_at=visited_at,
        therapist=signer(by),
        summary=summary.strip(),
        intention=intention.strip(),
        touch_consent=touch_consent.strip(),
    )


def signer(by: Actor) -> User:
    """The person who signs. A command has no hand to sign with."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    return by.user


def require_proceed(patient: Patient, now: datetime) -> ScreeningDecision:
    """The newest screening decision. Refused unless it says to go on and covers the chart."""
    stands = standing(patient, clinic_day(now))
    if stands.holds or stands.decision is None:
        raise RefusedError(*(hold.text for hold in stands.holds))
    return stands.decision


def _require_screened_for(decision: ScreeningDecision, indication: str, model: str) -> None:
    """Refuse an indication or a model of care that another policy judges."""
    if decision.plan is None:
        return
    decided = decision.plan.plan
    meant = Plan(decided.drug, decided.route, indication, model)
    held = screened_for.against(decision, meant, "")
    if held:
        raise RefusedError(*(hold.text for hold in held))


def require_no_open_course(patient: Patient) -> None:
    """Refuse a second course beside an open one."""
    if patient.courses.filter(ended_at__isnull=True).exists():
        raise RefusedError("A course is open already. Go on with it, or end it first.")


def require_open(course: Course) -> None:
    """Refuse work on a course that has ended."""
    if course.ended_at is not None:
        raise RefusedError("This course has ended. Start a new one to go on.")


def require_words(field: str, text: str, instead: str) -> None:
    """Refuse an empty text, and say what belongs there."""
    if not text.strip():
        raise RefusedError(f"{instead}.", field=field)


def _require_no_hold(course: Course, order: DrugOrder, now: datetime) -> None:
    """Refuse an order while anything holds it that the typed order itself cannot settle."""
    _require_none(
        [
            *order_holds(course, now),
            *screened_for.holds(course, order.drug.value, order.route.value),
        ]
    )


def _require_none(held: Sequence[Hold]) -> None:
    """Refuse with every hold in words."""
    if held:
        raise RefusedError(*(hold.text for hold in held))


def _locked(course: Course) -> Course:
    """The course as it stands now; others wait until this write is done."""
    return Course.objects.select_for_update().get(pk=course.pk)


def _require_choice(field: str, value: str, known: set[str]) -> None:
    if value not in known:
        raise RefusedError("Choose one of those listed.", field=field)


def _require_newest_weight(patient: Patient, order: DrugOrder) -> None:
    if order.weight != orders.weight_of(patient):
        raise RefusedError(
            "The record holds another weight than this order. Read the order again and sign anew.",
            field="weight",
        )


def _require_same_standing(course: Course, read: Collection[UUID], on: date) -> None:
    if {each.pk for each in orders.standing(course, on)} != set(read):
        raise RefusedError(
            "The orders that stand have changed since you read this page: one was signed or "
            "withdrawn. Read what stands now, then sign if this one is still meant."
        )


def _require_acceptable(
    found: tuple[bounds.BoundFinding, ...], prescriber: User, second: SecondPerson | None
) -> None:
    needed = bounds.acceptable(
        found,
        ordered_by=str(prescriber.pk),
        second_person=_stands_second(second),
        reason=second.reason if second else None,
    )
    if needed:
        raise RefusedError(*(_sentence(text) for text in needed))
    if second is not None:
        require_may_confirm(second.user)


def _stands_second(second: SecondPerson | None) -> str | None:
    """Who confirms. Who is alone by the owner's word stands there by that word, not by name."""
    if second is None:
        return None
    return str(second.user.pk) if second.alone is None else f"alone:{second.alone.pk}"


def _sentence(text: str) -> str:
    words = text.replace("second_person", "second person")
    return words[:1].upper() + words[1:]


def _columns(order: DrugOrder, line: MilligramsPerMillilitre | None) -> dict[str, object]:
    try:
        return orders.columns(order, line)
    except ValueError as unwritable:
        raise RefusedError(_sentence(str(unwritable))) from unwritable
