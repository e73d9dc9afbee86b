"""Two doses of one drug by one route side by side, before anything is ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Course
from mooring.clinic.courses.order_forms import OrderForm, order_form
from mooring.clinic.courses.order_views import drafted, form_of, still_open
from mooring.clinic.courses.sheet import Draft
from mooring.clinic.courses.views import course_or_404
from mooring.clinic.doors import allow
from mooring.clinic.people.templatetags.elapsed import years_between
from mooring.clinic.pharmacology.question import question
from mooring.clinic.web import now
from mooring.core.drugs.dosed import BY_WEIGHT_STEP, Dosed, WeightMissingError, shown
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.written import AnyOrder
from mooring.core.pharmacology.what_if import SENTENCE, Person, regimen_of

OTHER = "other"
"""The prefix of the second dose's fields."""
ADULT = 18
"""Years from which the models speak."""
UNKNOWN = "not known: no weight"


@dataclass(frozen=True)
class Side:
    """One of the two doses as typed."""

    title: str
    form: OrderForm
    draft: Draft | None
    """None while a field is open."""
    still: list[tuple[str, str]]
    curves: str
    """The query that the page of what-if answers; empty where no model is asked."""

    @property
    def typed(self) -> str:
        """What follows the question mark in the address that opens the order form with it."""
        said = {name: self.form[name].value() for name in self.form.fields}
        filled = {name: text for name, text in said.items() if text}
        return urlencode({"way": self.form.way.id, **filled})


@allow("order.sign")
@require_http_methods(["GET", "POST"])
def two_doses(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Amount, dose by weight, volume, bounds and curves of both. Nothing is kept or ordered."""
    course, moment = course_or_404(course_id), now()
    first = form_of(request)
    sides = [
        side("First dose", first, course, moment),
        side("Second dose", _second(request, first), course, moment),
    ]
    facts: dict[str, Any] = {
        "course": course,
        "patient": course.patient,
        "way": first.way,
        "weight": orders.weight_of(course.patient),
        "sides": sides,
        "rows": rows([each.draft for each in sides]),
        "sentence": SENTENCE,
    }
    return render(request, "pharmacology/two_doses.html", facts)


def _second(request: HttpRequest, first: OrderForm) -> OrderForm:
    """The second dose as typed; before it was, filled in like the first."""
    came = any(name.startswith(f"{OTHER}-") for name in request.POST)
    data = request.POST if came else None
    alike = {name: first[name].value() or "" for name in first.fields}
    form = order_form(first.way, data, alike)
    form.prefix = OTHER
    return form


def side(title: str, form: OrderForm, course: Course, moment: datetime) -> Side:
    """What is typed on one side, held against the bounds of today."""
    if not form.is_bound or not form.is_valid():
        return Side(title, form, None, still_open(form) if form.is_bound else [], "")
    draft = drafted(form, orders.weight_of(course.patient), course, moment)
    return Side(title, form, draft, [], _curves(draft, course, clinic_day(moment)))


def _curves(draft: Draft, course: Course, today: date) -> str:
    weight, born = draft.order.weight, course.patient.birth_date
    age = None if born is None else float(years_between(born, today))
    if age is not None and age < ADULT:
        return ""
    person = Person(None if weight is None else float(weight.value.value), age)
    try:
        return question(regimen_of(draft.order), person)
    except WeightMissingError:
        return ""


def rows(drafts: list[Draft | None]) -> list[tuple[str, list[str]]]:
    """What is compared, line by line; a line that says nothing of either is left out."""
    if None in drafts:
        return []
    found = [said(draft) for draft in drafts if draft is not None]
    labels = [label for label in found[0] if any(each[label] for each in found)]
    return [(label, [each[label] for each in found]) for label in labels]


def said(draft: Draft) -> dict[str, str]:
    """The lines of one dose; empty where there is nothing to say."""
    order = draft.order
    try:
        total = order.total().text()
    except WeightMissingError:
        return {**dict.fromkeys(LABELS, ""), AMOUNT: UNKNOWN, BY_WEIGHT: by_weight(draft)}
    return {
        AMOUNT: total,
        BY_WEIGHT: by_weight(draft),
        RATE: _rate(order),
        VOLUME: _volume(order),
        LINE: draft.sheet.line,
        STEPS: "" if isinstance(order, Dosed) else order.arithmetic()[0],
    }


LABELS = AMOUNT, BY_WEIGHT, RATE, VOLUME, LINE, STEPS = (
    "Amount", "By body weight", "Rate", "Drawn up", "In the line", "Given as",
)  # fmt: skip


def by_weight(draft: Draft) -> str:
    """The dose by body weight."""
    per_kilogram = draft.order.per_kilogram()
    return UNKNOWN if per_kilogram is None else shown(per_kilogram, BY_WEIGHT_STEP)


def _rate(order: Any) -> str:
    return shown(order.rate_mg_per_minute(), "0.001") if isinstance(order, InfusionOrder) else ""


def _volume(order: AnyOrder | Any) -> str:
    strength = getattr(order, "strength", None)
    if not isinstance(order, Dosed):
        return ""
    if strength is not None:
        return order.syringe(strength).text()
    return "; ".join(volume.text() for volume in order.volumes())
