"""The only writers of tiers, safety plans and openings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.second import SecondPerson, require_may_confirm
from mooring.clinic.once.standing import Stands, shown, still
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.actions import answer as answer_screening
from mooring.clinic.suicidality.answered import KIND, title
from mooring.clinic.suicidality.calling import call
from mooring.clinic.suicidality.models import Basis, SafetyPlan, Setting, TierEntry, TierOpening
from mooring.clinic.suicidality.tiers import QUESTION, policy_words, tier_of
from mooring.core.protocols.suicidality import GRADED, Tier, load, triage

FROM_SCREENER = "From the screener's answers."


@action("suicidality.enter")
def enter_tier(by: Actor, *, patient: Patient, tier: str, reasons: str, now: datetime) -> TierEntry:
    """Keep a clinician's tier with its reasons; moderate and high open a task for the same day.

    Unknown can be entered: asked, and it could not be told.
    """
    if tier not in set(Tier):
        raise RefusedError("Choose a tier, or unknown.", field="tier")
    if not reasons.strip():
        raise RefusedError("Say what the tier rests on.", field="reasons")
    return keep(by, patient, Tier(tier), reasons.strip(), now)


@action("suicidality.enter")
def screen(
    by: Actor,
    *,
    patient: Patient,
    answers: Mapping[str, bool | None],
    reasons: str = "",
    now: datetime,
) -> TierEntry:
    """Keep the screener's answers and the tier they lead to.

    RefusedError, naming the question, when they do not follow its skip logic.
    """
    try:
        found = triage(load(), answers)
    except ValueError as problem:
        raise RefusedError(f"{problem}.", field="answers") from None
    words = reasons.strip() or (found.rule.text if found.rule else FROM_SCREENER)
    return keep(by, patient, found.tier, words, now, dict(answers), found.at_least)


def keep(
    by: Actor,
    patient: Patient,
    tier: Tier,
    reasons: str,
    now: datetime,
    answers: Mapping[str, bool | None] | None = None,
    at_least: bool = False,
) -> TierEntry:
    """The row, the screening answer it settles, and the task it opens."""
    entry = TierEntry.objects.create(
        patient=patient,
        tier=tier,
        basis=Basis.JUDGEMENT if answers is None else Basis.SCREENER,
        answers=dict(answers or {}),
        at_least=at_least,
        reasons=reasons,
        policy=policy_words(load()),
        entered_by=person(by),
        entered_at=now,
    )
    if tier in GRADED:
        answer_screening(by, patient=patient, question=QUESTION, value=tier.value, now=now)
    follow(by, entry, now)
    return entry


def follow(by: Actor, entry: TierEntry, now: datetime) -> None:
    """Open the task that a moderate or high tier asks for."""
    path = load().path(Tier(entry.tier))
    if path.called_within is None:
        return
    call(
        by,
        entry.patient,
        kind=KIND,
        title=title(entry.tier),
        detail=f"{path.text}\n{entry.reasons}",
        source=f"{entry._meta.label}:{entry.pk}",
        within=path.called_within,
        now=now,
    )


def safety_plan_stands(patient: Patient) -> Stands:
    """The newest safety plan, in its own words."""
    plan = patient.safety_plans.first()
    said = {"Safety plan": "none is written"}
    if plan is not None:
        said = {
            "Warning signs": plan.warning_signs,
            "By oneself": shown(plan.by_oneself),
            "People and places": shown(plan.people_and_places),
            "Whom to call": plan.whom_to_call,
            "Surroundings": shown(plan.surroundings),
            "Written by": str(plan.written_by),
        }
    version = "" if plan is None else str(plan.pk)
    return Stands(f"safety plan of {patient.pk}", said, version)


@action("suicidality.enter")
def write_plan(
    by: Actor,
    *,
    patient: Patient,
    warning_signs: str,
    whom_to_call: str,
    review_on: date,
    by_oneself: str = "",
    people_and_places: str = "",
    surroundings: str = "",
    now: datetime,
) -> SafetyPlan:
    """Write a safety plan with the day on which it is looked at again; older ones stay readable."""
    require("warning_signs", warning_signs, "Say how a crisis announces itself.")
    require("whom_to_call", whom_to_call, "Say whom to call, with the numbers.")
    if review_on <= clinic_day(now):
        raise RefusedError("The plan is looked at again on a later day.", field="review_on")
    Patient.objects.select_for_update().get(pk=patient.pk)
    still(safety_plan_stands(patient))
    return SafetyPlan.objects.create(
        patient=patient,
        warning_signs=warning_signs.strip(),
        by_oneself=by_oneself.strip(),
        people_and_places=people_and_places.strip(),
        whom_to_call=whom_to_call.strip(),
        surroundings=surroundings.strip(),
        review_on=review_on,
        written_by=person(by),
        written_at=now,
    )


@action("suicidality.open")
def open_setting(
    by: Actor,
    *,
    patient: Patient,
    setting: str,
    reason: str,
    second: SecondPerson | None = None,
    now: datetime,
) -> TierOpening:
    """Open what a moderate or high tier holds: a prescriber with a reason, and for a group or a
    supply for home a second, distinct person with theirs. An unknown tier opens nothing.
    """
    if setting not in Setting.values:
        raise RefusedError("Choose what is opened.", field="setting")
    tier = tier_of(patient, now)
    entry = tier.entry
    if entry is None or tier.tier is Tier.UNKNOWN:
        raise RefusedError("The tier is unknown: enter it first. A reason does not stand for it.")
    if tier.standing.newest is None or tier.standing.newest.at != entry.entered_at:
        raise RefusedError("The tier was answered in screening, without reasons. Enter it here.")
    require("reason", reason, "Say why it may go on.")
    opener = person(by)
    if setting != Setting.START:
        require_second(opener, second)
    confirmed = None if setting == Setting.START else second
    return TierOpening.objects.create(
        patient=patient,
        tier=entry,
        setting=setting,
        reason=reason.strip(),
        opened_by=opener,
        second_person=confirmed.user if confirmed else None,
        second_reason=confirmed.reason.strip() if confirmed else "",
        opened_at=now,
    )


def require_second(opener: User, second: SecondPerson | None) -> None:
    """Refuse without a second, distinct person who gives a reason."""
    if second is None:
        raise RefusedError("A second person has to confirm.", field="second_username")
    if second.user == opener:
        raise RefusedError("Someone other than you has to confirm.", field="second_username")
    require("second_reason", second.reason, "The second person says why.")
    require_may_confirm(second.user)


def person(by: Actor) -> User:
    """Who writes. A tier carries somebody's name."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    return by.user


def require(field: str, text: str, instead: str) -> None:
    """Refuse an empty text, and say what belongs there."""
    if not text.strip():
        raise RefusedError(instead, field=field)
