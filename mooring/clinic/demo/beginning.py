"""How a course by another route begins: arrival, screening, decision, the course with its plan."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from mooring.clinic.courses import actions as courses
from mooring.clinic.courses.models import Course
from mooring.clinic.demo.cast import Person
from mooring.clinic.demo.followup import answer
from mooring.clinic.demo.illness import Outlook
from mooring.clinic.demo.intake import arrive, decide, interview, plan
from mooring.clinic.demo.life import Life
from mooring.clinic.demo.opening import Staff
from mooring.clinic.demo.plots import Plot
from mooring.core.drugs.drug import Drug, Route

FIRST_SCORE, HOLDS_DAYS = 19, 90.0


class Chosen(NamedTuple):
    """What the prescriber chose for the course, and why."""

    model: str
    reason: str
    regimen: str
    drug: Drug
    route: Route


def begun(
    person: Person, staff: Staff, begins: datetime, chosen: Chosen, kind: str
) -> Generator[datetime, None, tuple[Life, Course]]:
    """The first two days of a course; `kind` says how the patient will fare."""
    plot = Plot(person, Outlook(kind, FIRST_SCORE, HOLDS_DAYS), (), begins)
    random = Random(f"route {person.number}")  # noqa: S311 - a made-up story
    yield begins
    life = Life(plot, staff, random, arrive(plot, staff, begins))
    yield (asked := begins + timedelta(minutes=40))
    plan(life.patient, staff, chosen.drug, chosen.route, chosen.model, asked)
    interview(life.patient, plot, staff, asked)
    yield (decided := begins + timedelta(days=1))
    decide(life.patient, plot, staff, decided)
    yield (started := decided + timedelta(hours=1))
    course = courses.start_course(
        staff.prescriber,
        patient=life.patient,
        indication="depression",
        model_of_care=chosen.model,
        model_reason=chosen.reason,
        regimen=chosen.regimen,
        now=started,
    )
    (baseline,) = course.assignments.all()
    yield (filled_in := started + timedelta(minutes=25))
    answer(life, baseline, filled_in)
    return life, course
