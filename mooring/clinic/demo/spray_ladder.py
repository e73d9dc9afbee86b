"""A dose by the nose in steps: 10 and 30 mg taken and reviewed, 50 mg planned for tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from mooring.clinic.accounts.clinic import clinic_day, the_clinic
from mooring.clinic.courses import actions as courses
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.orders import weight_of
from mooring.clinic.demo import doses
from mooring.clinic.demo.asked_again import asked_again
from mooring.clinic.demo.beginning import Chosen, begun
from mooring.clinic.demo.cast import Person
from mooring.clinic.demo.followup import answer_due
from mooring.clinic.demo.life import Life
from mooring.clinic.demo.opening import Staff
from mooring.clinic.demo.story import book, written
from mooring.clinic.ladders import actions as ladders
from mooring.clinic.prescriptions import actions as prescriptions
from mooring.clinic.prescriptions.models import SignedPrescription
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.prescription import Prescription
from mooring.core.drugs.products import NasalSpray, product
from mooring.core.protocols.ladders.standing import Decision, Trouble
from mooring.core.quantities import Minutes

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STEPS = ((0,), (0, 10, 20), (0, 10, 20, 30, 40))
"""The minutes of the sprays of each step (S2.68, S2.71, S2.72)."""
WENT = (
    {"nausea": "none", "feeling strange": "mild", "confusion": "none",
     "unpleasant false perceptions": "none"},
    {"nausea": "mild", "feeling strange": "mild", "confusion": "none",
     "unpleasant false perceptions": "none"},
)  # fmt: skip
WORDS = ("A little light for an hour, nothing else.", "Slight nausea until noon; slept well.")


def sprays_in_steps(person: Person, staff: Staff, now: datetime) -> Iterator[datetime]:
    """The ladder up to the evening before its last step, with a prescription that was redone."""
    first = now - 6 * DAY
    chosen = Chosen(
        "medicine", "Lives two hours away and cannot be driven twice a week.", courses.NO_PLAN,
        Drug.RACEMIC_KETAMINE, Route.INTRANASAL,
    )  # fmt: skip
    life, course = yield from begun(person, staff, first - 7 * DAY, chosen, "late")
    yield (began := first - DAY)
    steps = ladders.start(
        staff.prescriber, course=course, reason="First ketamine ever, and a light body.", now=began
    )
    order = sign(life, course, 0, began)
    for number, answers in enumerate(WENT):
        session = book(life, order, first + 2 * number * DAY, began + 2 * number * DAY)
        yield from answer_due(life, session.scheduled_at)
        yield from written(life, session, doses.whole(person, session, life.random))
        yield (looked := session.scheduled_at + DAY + HOUR)
        session.refresh_from_db()
        ladders.review(
            staff.prescriber,
            ladder=steps,
            session=session,
            answers={item: Trouble(said) for item, said in answers.items()},
            decision=Decision.GO_ON,
            words=WORDS[number],
            now=looked,
        )
        order = sign(life, course, number + 1, looked)
    book(life, order, first + 7 * DAY, looked)
    yield from prescribed(life, order, looked + 2 * HOUR)


def sign(life: Life, course: Course, step: int, now: datetime) -> Order:
    """The sprays of one step, counted from 0."""
    bottle = product("ketamine_nasal_spray_100")
    assert isinstance(bottle, NasalSpray)  # noqa: S101 - the one bottle there is
    at = tuple(Minutes(minute) for minute in STEPS[step])
    asked_again(life, now)
    return courses.sign_order(
        life.staff.prescriber,
        course=course,
        order=NasalSprayOrder(bottle, at, weight_of(life.patient)),
        reason="The next step of the ladder.",
        now=now,
    )


def prescribed(life: Life, order: Order, now: datetime) -> Iterator[datetime]:
    """Signed for the clinic's use, taken back for a word that was wrong, and signed anew."""
    yield now
    wrong = signed(life, order, "base", now)
    yield (noticed := now + timedelta(minutes=25))
    prescriptions.void(
        life.staff.prescriber,
        prescription=wrong,
        reason="The pharmacy counts hydrochloride, not base.",
        now=noticed,
    )
    yield (anew := noticed + timedelta(minutes=6))
    signed(life, order, "hydrochloride", anew)


def signed(life: Life, order: Order, counted: str, now: datetime) -> SignedPrescription:
    """Four doses for sessions here, no more than last until the follow-up."""
    typed = {
        "clinic_address": "1 Made-up Quay, Harbourtown",
        "clinic_telephone": "020 7946 0123",
        "registration": "DEMO-0000",
        "patient_address": "2 Nowhere Lane, Harbourtown",
        "indication": "Depression",
    }
    return prescriptions.sign(
        life.staff.prescriber,
        order=order,
        prescription=asked_of_the_pharmacy(life, order, counted, typed, clinic_day(now)),
        gates={},
        typed=typed,
        now=now,
    )


def asked_of_the_pharmacy(
    life: Life, order: Order, counted: str, typed: dict[str, str], on: date
) -> Prescription:
    """The prescription as it is read before it is signed."""
    by, written_order = life.staff.prescriber.user, order.as_written
    assert by is not None  # noqa: S101 - the prescriber is a person
    assert isinstance(written_order, NasalSprayOrder)  # noqa: S101
    return Prescription(
        order=written_order,
        doses=4,
        per_week=2,
        at_home=False,
        issued_on=on,
        follow_up_on=on + timedelta(days=14),
        clinic=the_clinic().name,
        prescriber=str(by),
        credential=by.credential,
        patient=life.patient.name,
        born_on=life.patient.birth_date,
        counted=counted,
        priming_sprays=5,
        **typed,
    )
