"""The steps of a ladder as the record tells them: sessions of its course, and their reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.ladders.models import Ladder, StepReview
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.protocols.ladders.policy import LadderPolicy, load
from mooring.core.protocols.ladders.standing import Decision, Standing, Taken, Trouble, standing

POLICY = load("intranasal_steps")


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
        asked = load(self.review.ladder.policy).checklist.items
        return [(item, self.review.answers.get(item)) for item in asked]


def steps_taken(ladder: Ladder) -> tuple[StepTaken, ...]:
    """The sessions since the ladder began whose order is one of its steps, oldest first."""
    return tuple(_taken(load(ladder.policy), ladder))


def where(ladder: Ladder, steps: tuple[StepTaken, ...], now: datetime) -> Standing:
    """Where the ladder stands. ValueError says so when the record skips a step."""
    taken = [step.taken for step in steps]
    return standing(load(ladder.policy), taken, now, clinic_day(now))


def step_of(policy: LadderPolicy, session: TreatmentSession) -> int | None:
    """Which step the session's order is, counted from 1; None for any other order.

    Drug, route and the number of sprays decide, and that each holds what the policy's spray does.
    """
    written = session.order.as_written
    if not isinstance(written, NasalSprayOrder) or written.drug is not policy.drug:
        return None
    if written.product.in_one != policy.spray.amount:
        return None
    counts = [step.sprays for step in policy.steps]
    return counts.index(len(written.at)) + 1 if len(written.at) in counts else None


def _taken(policy: LadderPolicy, ladder: Ladder) -> Iterator[StepTaken]:
    reviews = {review.session_id: review for review in ladder.reviews.select_related("reviewed_by")}
    began = ladder.course.sessions.filter(
        started_at__gte=ladder.started_at, cancelled_at__isnull=True
    )
    for session in began.select_related("order").order_by("started_at"):
        step = step_of(policy, session)
        if step is not None and session.started_at is not None:
            review = reviews.get(session.pk)
            yield StepTaken(session, _as_core(step, session, session.started_at, review), review)


def _as_core(
    step: int, session: TreatmentSession, started_at: datetime, review: StepReview | None
) -> Taken:
    """The patient was watched until somebody signed that they may leave."""
    day = clinic_day(started_at)
    if review is None:
        return Taken(step, started_at, day, session.signed_at)
    answers = {item: said and Trouble(said) for item, said in review.answers.items()}
    decision = Decision(review.decision)
    return Taken(step, started_at, day, session.signed_at, answers, review.reviewed_at, decision)
