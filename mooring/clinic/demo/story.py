"""One patient's story, from the first visit on, through the same actions as real use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from mooring.clinic.consents.actions import record_intention, record_touch
from mooring.clinic.courses import actions as courses
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.orders import weight_of
from mooring.clinic.demo import bedside
from mooring.clinic.demo.asked_again import asked_again
from mooring.clinic.demo.followup import answer_due
from mooring.clinic.demo.intake import arrive, decide, interview, plan, weigh
from mooring.clinic.demo.life import Life
from mooring.clinic.demo.opening import Staff
from mooring.clinic.demo.plots import Plot
from mooring.clinic.demo.watching import looked_after
from mooring.clinic.measures.actions import plan_baseline
from mooring.clinic.rows import new_id
from mooring.clinic.sessions import actions as sessions
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.planning import Slot, at_the_same_time, clashes
from mooring.clinic.sessions.requirements import require_sitter
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.quantities import MilligramsPerKilogram, MilligramsPerMillilitre, Minutes

CONCENTRATION = MilligramsPerMillilitre(10)
VEIN = (Drug.RACEMIC_KETAMINE, Route.INTRAVENOUS_INFUSION)
ROOMS = ("Room 1", "Room 2", "Room 3")


def story(plot: Plot, staff: Staff, random: Random) -> Iterator[datetime]:
    """Arrival, screening, decision, and for those who are treated the course."""
    yield plot.begins
    life = Life(plot, staff, random, arrive(plot, staff, plot.begins))
    yield (asked := plot.begins + timedelta(minutes=40))
    plan(life.patient, staff, *VEIN, "infusion_and_therapy", asked)
    interview(life.patient, plot, staff, asked)
    if plot.unanswered or not (plot.sessions or plot.declined):
        return
    yield (decided := plot.begins + timedelta(days=1))
    decide(life.patient, plot, staff, decided)
    if plot.sessions:
        yield from treatment(life)


def treatment(life: Life) -> Iterator[datetime]:
    """Course, preparation, order, the series, integration, and boosters where they come."""
    yield (started := life.plot.begins + timedelta(days=1, hours=1))
    course = start(life, started)
    yield from visit(life, course, "preparation", life.plot.begins + timedelta(days=5))
    yield (ordered := life.plot.begins + timedelta(days=6))
    order = sign(life, course, ordered)
    booked = [book(life, order, arrival, ordered) for arrival in life.plot.sessions]
    for number, session in enumerate(booked, start=1):
        yield from answer_due(life, session.scheduled_at)
        yield from held(life, session, stops=life.plot.stops_in == number)
        if number in (2, 5):
            after = session.scheduled_at + timedelta(days=1, hours=2)
            yield from visit(life, course, "integration", after)
    yield from afterwards(life, course, booked[-1].scheduled_at)


def start(life: Life, now: datetime) -> Course:
    """The course, and its first scale."""
    course = courses.start_course(
        life.staff.prescriber,
        patient=life.patient,
        indication="depression",
        model_of_care="infusion_and_therapy",
        model_reason="Sees a therapist here every week already; wants both kept together.",
        now=now,
    )
    plan_baseline(life.staff.prescriber, course=course, now=now)
    return course


def visit(life: Life, course: Course, purpose: str, now: datetime) -> Iterator[datetime]:
    """One visit with the therapist."""
    yield now
    courses.record_therapy_visit(
        life.staff.therapist,
        course=course,
        purpose=purpose,
        visited_at=now,
        summary="Went through the plan, the day itself, and who is at home that evening.",
        now=now,
    )
    if purpose == "preparation":
        asked(life, course, now)


def asked(life: Life, course: Course, now: datetime) -> None:
    """What the patient says about touch, and what they want to bring."""
    record_touch(
        life.staff.therapist, patient=life.patient, touch="as_agreed",
        agreed="A hand on the shoulder, if I ask", now=now,
    )  # fmt: skip
    record_intention(life.staff.therapist, course=course, text="To be less hard on myself", now=now)


def sign(life: Life, course: Course, now: datetime) -> Order:
    """0.5 mg/kg over 40 minutes by the newest weight."""
    asked_again(life, now)
    order = InfusionOrder(
        drug=Drug.RACEMIC_KETAMINE,
        route=Route.INTRAVENOUS_INFUSION,
        dose=MilligramsPerKilogram("0.5"),
        weight=weight_of(life.patient),
        over=Minutes(40),
    )
    return courses.sign_order(
        life.staff.prescriber, course=course, order=order, concentration=CONCENTRATION, now=now
    )


def book(
    life: Life, order: Order, arrival: datetime, now: datetime, room: str = ""
) -> TreatmentSession:
    """One session in the book."""
    nurse = life.random.choice(life.staff.nurses)
    place = Slot(order, arrival, room or life.random.choice(ROOMS), require_sitter(nurse.user))
    free = next((slot for slot in others(life, place, room) if not taken(slot)), place)
    return sessions.schedule(
        next(each for each in life.staff.nurses if each.user == free.sitter),
        order=order,
        scheduled_at=arrival,
        room=free.room,
        sitter=free.sitter,
        now=now,
        clash_reason="The door between the rooms stands open, and a colleague is in call.",
    )


def others(life: Life, place: Slot, room: str) -> Iterator[Slot]:
    """The place itself, then every other room and nurse."""
    yield place
    for each in (room,) if room else ROOMS:
        for nurse in life.staff.nurses:
            yield replace(place, room=each, sitter=require_sitter(nurse.user))


def taken(slot: Slot) -> bool:
    """True where the room or the nurse is taken at that time."""
    return any(clashes(slot, at_the_same_time(slot)))


def held(life: Life, session: TreatmentSession, *, stops: bool = False) -> Iterator[datetime]:
    """The infusion itself, entry by entry."""
    return written(life, session, script(life, session, stops=stops))


def written(
    life: Life, session: TreatmentSession, lines: Iterable[bedside.Line]
) -> Iterator[datetime]:
    """A whole session, each line at its moment, and the looks after it."""
    nurse = next(n for n in life.staff.nurses if n.user == session.sitter)
    yield (moment := session.scheduled_at)
    asked_again(life, moment)
    for after, content in lines:
        yield (moment := session.scheduled_at + after)
        sessions.write_entry(
            nurse,
            session=session,
            entry_id=new_id(),
            effective_at=moment,
            content=content,
            now=moment,
        )
    life.sessions.append(session.scheduled_at)
    yield from looked_after(life, moment)


def script(life: Life, session: TreatmentSession, *, stops: bool) -> Iterable[bedside.Line]:
    """What is written down, in order."""
    person, random, order = life.plot.person, life.random, session.order
    assert order.over_minutes is not None  # noqa: S101 - the demo orders infusions alone
    assert order.concentration_mg_per_ml is not None  # noqa: S101
    course = bedside.Course(order.total_mg, order.over_minutes, order.concentration_mg_per_ml)
    middle = bedside.stopped if stops else bedside.infusion
    yield from bedside.arrival(person, random)
    yield from middle(person, course, random)
    yield from bedside.recovery(person, random)
    assert session.sitter is not None  # noqa: S101 - schedule refuses a session without one
    yield bedside.signature(session.sitter.display_name, session.sitter.credential)


def afterwards(life: Life, course: Course, last: datetime) -> Iterator[datetime]:
    """Weekly scales; boosters for some who lost the response; an end for who never had one."""
    if life.plot.outlook.kind == "none":
        yield from answer_due(life, last + timedelta(days=29))
        yield (now := last + timedelta(days=30))
        courses.end_course(
            life.staff.prescriber,
            course=course,
            reason="No response after six infusions; other treatments talked through.",
            now=now,
        )
        return
    for booster in life.plot.boosters:
        yield from boosted(life, course, booster)
    yield from answer_due(life, max(life.sessions) + timedelta(days=100))


def boosted(life: Life, course: Course, arrival: datetime) -> Iterator[datetime]:
    """One booster under an order of its own, by a new weight."""
    yield from answer_due(life, arrival)
    yield (now := arrival - timedelta(hours=20))
    weigh(life.patient, life.plot.person, life.staff, now)
    yield from held(life, book(life, sign(life, course, now), arrival, now))
