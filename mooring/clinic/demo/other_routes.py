"""Four courses that no pump gives: a ladder of nasal sprays, esketamine, into a muscle, a group.

Told back from now, so that esketamine is in its third week with a session planned today, and the
ladder has its last step before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from mooring.clinic.courses import actions as courses
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.courses.orders import weight_of
from mooring.clinic.demo import doses
from mooring.clinic.demo.asked_again import asked_again
from mooring.clinic.demo.beginning import Chosen, begun
from mooring.clinic.demo.cast import Person
from mooring.clinic.demo.clockwork import Story
from mooring.clinic.demo.followup import answer_due
from mooring.clinic.demo.life import Life
from mooring.clinic.demo.opening import Staff
from mooring.clinic.demo.spray_ladder import sprays_in_steps
from mooring.clinic.demo.story import book, visit, written
from mooring.clinic.people.actions import add_coded
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.suicidality.actions import enter_tier
from mooring.clinic.vials.actions import check_vial
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.drugs.order import InjectionOrder
from mooring.core.drugs.products import ByMouth, NasalDevice, product
from mooring.core.quantities import Milligrams, MilligramsPerKilogram, MilligramsPerMillilitre

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DEVICE = "50458-028-02"
TEN, HUNDRED = "42023-113-10", "0409-2051-05"
"""Codes of racemic vials of 10 and of 100 mg/mL."""
LIST = (
    ("diazepam", "8.5 mg daily"),
    ("lamotrigine", "100 mg daily"),
    ("clarithromycin", "500 mg twice a day"),
    ("evening drops from a market stall", ""),
)
"""A medication list worth reading by route; nobody can say what the last one is."""


def stories(people: Sequence[Person], staff: Staff, now: datetime) -> list[Story]:
    """One story each, in the order of the four."""
    told: tuple[Callable[[Person, Staff, datetime], Story], ...] = (
        sprays_in_steps, esketamine, injections, group,
    )  # fmt: skip
    return [story(person, staff, now) for story, person in zip(told, people, strict=False)]


def esketamine(person: Person, staff: Staff, now: datetime) -> Iterator[datetime]:
    """Two devices at first, then three; twice a week, the fifth session planned for today."""
    first = now + timedelta(minutes=70) - 14 * DAY
    chosen = Chosen(
        "medicine", "Two antidepressants without response; the approved product, here.",
        "esketamine_label", Drug.ESKETAMINE, Route.INTRANASAL,
    )  # fmt: skip
    life, course = yield from begun(person, staff, first - 8 * DAY, chosen, "standard")
    for number, days in enumerate((0, 3, 7, 10, 14)):
        if number in (0, 2):
            yield (signed_at := first + days * DAY - 20 * HOUR)
            order = sign(life, course, devices(life, 2 if number == 0 else 3), signed_at)
        session = book(life, order, first + days * DAY, signed_at)
        yield from treated(life, session, [DEVICE])


def devices(life: Life, count: int) -> DrugOrder:
    """So many devices of 28 mg, five minutes apart."""
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)  # noqa: S101 - the one device there is
    return NasalDeviceOrder(device, count, weight_of(life.patient))


def injections(person: Person, staff: Staff, now: datetime) -> Iterator[datetime]:
    """Once a week into a muscle; the first vial that was taken out was not the one ordered."""
    first = now - 9 * DAY
    chosen = Chosen(
        "ketamine_assisted_psychotherapy", "Wants to be accompanied, and fears a line in the arm.",
        courses.NO_PLAN, Drug.RACEMIC_KETAMINE, Route.INTRAMUSCULAR,
    )  # fmt: skip
    life, course = yield from begun(person, staff, first - 10 * DAY, chosen, "early")
    yield from visit(life, course, "preparation", first - 2 * DAY)
    yield (signed_at := first - DAY)
    injection = InjectionOrder(
        Drug.RACEMIC_KETAMINE, Route.INTRAMUSCULAR, MilligramsPerKilogram("0.5"),
        weight_of(life.patient), MilligramsPerMillilitre(100),
    )  # fmt: skip
    order = sign(life, course, injection, signed_at)
    for number in range(3):
        session = book(life, order, first + 7 * number * DAY, signed_at)
        yield from treated(life, session, [TEN, HUNDRED] if number == 0 else [HUNDRED])


def group(person: Person, staff: Staff, now: datetime) -> Iterator[datetime]:
    """Troches under the tongue in a group that meets weekly; a list of medicines to read."""
    first = now - 15 * DAY
    chosen = Chosen(
        "group", "Asked for the group; talks there more easily than alone.",
        "sublingual_group", Drug.RACEMIC_KETAMINE, Route.SUBLINGUAL,
    )  # fmt: skip
    life, course = yield from begun(person, staff, first - 9 * DAY, chosen, "late")
    for text, dose in LIST:
        add_coded(
            staff.nurses[1], patient=life.patient, kind="medication", text=text, dose=dose,
            status="active", now=first - 7 * DAY,
        )  # fmt: skip
    yield (signed_at := first - DAY)
    troche = product("ketamine_troche")
    assert isinstance(troche, ByMouth)  # noqa: S101 - the one troche there is
    troches = ByMouthOrder(
        troche, Route.SUBLINGUAL, Milligrams(50), 2, "hydrochloride", weight_of(life.patient)
    )
    order = sign(life, course, troches, signed_at, group_of=5)
    for number in range(4):
        session = book(life, order, first + 7 * number * DAY, signed_at, room="Group room")
        yield from treated(life, session, [], in_group=True)


def sign(
    life: Life, course: Course, order: DrugOrder, now: datetime, group_of: int | None = None
) -> Order:
    """An order that no line carries."""
    asked_again(life, now)
    return courses.sign_order(
        life.staff.prescriber, course=course, order=order, group_of=group_of,
        reason="Agreed with the patient; read beside the claims.", now=now,
    )  # fmt: skip


def treated(
    life: Life, session: TreatmentSession, codes: Sequence[str], in_group: bool = False
) -> Iterator[datetime]:
    """The scales before it, the vials that were held against the order, the session.

    Before a group each patient is asked about suicidal thoughts: an unknown tier holds it.
    """
    yield from answer_due(life, session.scheduled_at)
    if in_group:
        yield (asked := session.scheduled_at - timedelta(minutes=15))
        enter_tier(
            life.staff.nurses[0], patient=life.patient, tier="low",
            reasons="Asked on arrival: tired of it all at times, no thoughts of suicide.",
            now=asked,
        )  # fmt: skip
    for place, code in enumerate(codes):
        yield (looked := session.scheduled_at + timedelta(minutes=place - 5))
        check_vial(life.staff.nurses[0], order=session.order, code=code, now=looked)
    lines = doses.whole(life.plot.person, session, life.random)
    yield from written(life, session, lines)
