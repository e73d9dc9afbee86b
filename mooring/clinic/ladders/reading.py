"""The steps of a ladder as the record tells them: sessions of its course, and their reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mooring.clinic.accounts.clinic import clinic_day, the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import standing as standing_orders
from mooring.clinic.ladders.models import Ladder, StepReview
from mooring.clinic.sessions.log import view_if_judged
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.protocols.ladders.policy import FOLDER, LadderPolicy, load
from mooring.core.protocols.ladders.standing import Decision, Standing, Taken, Trouble, standing
from mooring.core.protocols.loading import policy_versions
from mooring.core.quantities import Milligrams

POLICY = load("intranasal_steps")


def policy_of(ladder: Ladder) -> LadderPolicy:
    """The policy in the version under which the ladder was started.

    A ladder of a version from before each was kept is read by the newest; its page says so.
    DataFileError where there is no such policy at all.
    """
    kept = policy_versions(FOLDER, ladder.policy)
    version = ladder.policy_version if ladder.policy_version in kept else None
    return load(ladder.policy, version)


@dataclass(frozen=True)
class StepTaken:
    """One session that gave a dose of the ladder."""

    session: TreatmentSession
    taken: Taken
    review: StepReview | None

    @property
    def answers(self) -> list[tuple[str, str | None]]:
        """The checklist in the policy's order, which not every database keeps for us."""
        if self.review is None:
            return []
        asked = policy_of(self.review.ladder).checklist.items
        return [(item, self.review.answers.get(item)) for item in asked]


def steps_taken(ladder: Ladder, now: datetime) -> tuple[StepTaken, ...]:
    """The sessions while the ladder goes on whose order is one of its steps, oldest first."""
    return tuple(_taken(policy_of(ladder), ladder, now))


def others_given(ladder: Ladder, now: datetime) -> tuple[TreatmentSession, ...]:
    """Every other session that gave the patient a dose, from the day on which the ladder began."""
    policy, until = policy_of(ladder), ladder.ended_at or now
    zone = ZoneInfo(the_clinic().time_zone)
    since = datetime.combine(clinic_day(ladder.started_at), time(), zone)
    rows = TreatmentSession.objects.filter(
        course__patient=ladder.course.patient_id,
        started_at__range=(since, until),
        cancelled_at__isnull=True,
    )
    own = {
        session.pk for session in _sessions(ladder) if step_of(policy, session.order) is not None
    }
    return tuple(rows.exclude(pk__in=own).select_related("order").order_by("started_at"))


def where(
    ladder: Ladder,
    steps: tuple[StepTaken, ...],
    others: tuple[TreatmentSession, ...],
    now: datetime,
) -> Standing:
    """Where the ladder stands. ValueError says so when the record skips a step."""
    taken = [step.taken for step in steps]
    days = [clinic_day(other.started_at) for other in others if other.started_at is not None]
    return standing(policy_of(ladder), taken, now, clinic_day(now), days)


def ordered(ladder: Ladder, step: int, today: date) -> Order | None:
    """The newest order of that step that can be used; None where none was signed."""
    policy = policy_of(ladder)
    found = (one for one in standing_orders(ladder.course, today) if step_of(policy, one) == step)
    return next(found, None)


def step_of(policy: LadderPolicy, order: Order) -> int | None:
    """Which step an order is, counted from 1; None for any other order.

    Drug, the sprays and their minutes decide, and that each holds what the policy's spray does.
    """
    written = order.as_written
    if not isinstance(written, NasalSprayOrder) or written.drug is not policy.drug:
        return None
    if written.product.in_one != policy.spray.amount:
        return None
    own = tuple(at.value for at in written.at)
    same = (n for n, step in enumerate(policy.steps, start=1) if step.sprays_at_minutes == own)
    return next(same, None)


def _sessions(ladder: Ladder) -> QuerySet[TreatmentSession]:
    """The sessions of the course that began to give something while the ladder went on."""
    began = ladder.course.sessions.filter(
        started_at__gte=ladder.started_at, cancelled_at__isnull=True
    )
    if ladder.ended_at is not None:
        began = began.filter(started_at__lte=ladder.ended_at)
    return began.select_related("order").order_by("started_at")


def _taken(policy: LadderPolicy, ladder: Ladder, now: datetime) -> Iterator[StepTaken]:
    reviews = {review.session_id: review for review in ladder.reviews.select_related("reviewed_by")}
    for session in _sessions(ladder).filter(started_at__lte=now):
        step = step_of(policy, session.order)
        if step is not None and session.started_at is not None:
            review = reviews.get(session.pk)
            view = view_if_judged(session, now)
            given = None if view is None else Milligrams(view.given_mg)
            taken = _as_core(step, session, session.started_at, given)
            yield StepTaken(session, _looked_back(taken, review), review)


def _as_core(
    step: int, session: TreatmentSession, started_at: datetime, given: Milligrams | None
) -> Taken:
    """The patient was watched until somebody signed that they may leave."""
    return Taken(
        step, started_at, clinic_day(started_at), session.ended_at, given, session.signed_at
    )


def _looked_back(taken: Taken, review: StepReview | None) -> Taken:
    """The step with its newest review."""
    if review is None:
        return taken
    answers = {item: said and Trouble(said) for item, said in review.answers.items()}
    decision = Decision(review.decision)
    return replace(taken, checklist=answers, reviewed_at=review.reviewed_at, decision=decision)
