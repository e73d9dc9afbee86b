"""Responses and assignments as staff read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.schedule import opens_at
from mooring.clinic.measures.self_harm import alerts_of
from mooring.clinic.measures.standing import Standing, response_to, standing
from mooring.clinic.people.models import Patient
from mooring.core.measures import MEASURES, Alert, Item, Option, Score


@dataclass(frozen=True)
class Line:
    """One assignment as a line of a list."""

    assignment: Assignment
    standing: Standing

    @property
    def title(self) -> str:
        """The scale and the occasion, for example "PHQ-9, week 1 after session 2"."""
        measure = MEASURES[self.assignment.measure]
        return f"{measure.short_title}, {self.assignment.occasion_in_words}"

    @property
    def response(self) -> Response | None:
        """The answers; None while there are none."""
        return response_to(self.assignment)

    @property
    def opens_at(self) -> datetime:
        """When it can first be begun."""
        return opens_at(self.assignment.occasion, self.assignment.due_at)

    @property
    def maximum(self) -> int:
        """The highest total of the scale."""
        return MEASURES[self.assignment.measure].maximum

    @property
    def calls_someone(self) -> bool:
        """True when an answer calls for an assessment of suicidality."""
        return bool(self.alerts)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The answers that call for it."""
        return () if self.response is None else alerts_of(self.response)

    @property
    def said(self) -> str:
        """Why it does, in two or three words for a list."""
        answered = any(alert.value is not None for alert in self.alerts)
        return "thoughts of self-harm" if answered else "self-harm question declined"

    @property
    def score(self) -> Score | None:
        """The score, with the least it can be where an item was left out."""
        return None if self.response is None else score_of(self.response)


@dataclass(frozen=True)
class Answered:
    """One item with its answer; None is left out on purpose."""

    number: int
    item: Item
    option: Option | None
    alert: str
    """What an answer that calls someone asks for; empty otherwise."""
    watched: bool
    """True for an item that can call someone: left out, it is unknown and not a no."""


def lines(patient: Patient, now: datetime) -> list[Line]:
    """All of a patient's assignments, newest due first."""
    asked = patient.assignments.select_related("response", "session").order_by("-due_at")
    return [Line(assignment, standing(assignment, now)) for assignment in asked]


def of(found: Iterable[Line], *states: Standing) -> list[Line]:
    """The lines that stand so."""
    return [line for line in found if line.standing in states]


def item_by_item(response: Response) -> list[Answered]:
    """Every item of the scale with its answer, in the order of the scale."""
    measure = MEASURES[response.assignment.measure]
    options = {option.value: option for option in measure.options}
    calling = {alert.item: alert.text for alert in alerts_of(response)}
    return [
        Answered(
            number=number,
            item=item,
            option=options.get(response.answers.get(item.id, -1)),
            alert=calling.get(item.id, ""),
            watched=item.id in measure.watched,
        )
        for number, item in enumerate(measure.items, 1)
    ]


def score_of(response: Response) -> Score:
    """The score with what is missing from it."""
    return MEASURES[response.assignment.measure].score(response.answers)
