"""The pages of the models. They write nothing, and nothing on them leads to an order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.order_views import order_or_404
from mooring.clinic.doors import allow
from mooring.clinic.people.templatetags.elapsed import years_between
from mooring.clinic.pharmacology import fitting
from mooring.clinic.pharmacology.drawing import picture
from mooring.clinic.pharmacology.forms import START, WhatIfForm
from mooring.clinic.pharmacology.question import question
from mooring.clinic.pharmacology.words import asked
from mooring.clinic.sessions.log import entries_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.web import now
from mooring.core.drugs.dosed import WeightMissingError
from mooring.core.pharmacology import fit
from mooring.core.pharmacology.regimen import Regimen
from mooring.core.pharmacology.what_if import (
    PEOPLE,
    SENTENCE,
    Noted,
    Person,
    noted,
    regimen_of,
    what_if,
)

ADULT = 18
"""Years from which the models speak."""


@allow("pharmacology.view")
@require_safe
def model_fit(request: HttpRequest) -> HttpResponse:
    """Every measured number beside what each model says of it."""
    ways = fitting.ways()
    held = fitting.lines(ways)
    facts = {
        "ways": ways,
        "sentence": SENTENCE,
        "count": len(held),
        "met": sum(line.row.within for line in held),
        "missed": sum(not line.row.within for line in held),
        "not_run": fit.not_run(),
        "arithmetic": fit.arithmetic_rows(),
        "models": fitting.provenance(),
    }
    return render(request, "pharmacology/fit.html", facts)


@allow("pharmacology.view")
@require_safe
def what_if_page(request: HttpRequest) -> HttpResponse:
    """What the models expect of a dose that is typed here; for htmx the drawing alone."""
    form = WhatIfForm(request.GET if "way" in request.GET else START)
    facts: dict[str, Any] = {"form": form, "sentence": SENTENCE}
    if form.is_valid():
        facts |= answer(form.regimen(), form.person())
    alone = request.headers.get("HX-Request") == "true"
    return render(request, f"pharmacology/{'answer' if alone else 'what_if'}.html", facts)


@allow("course.view")
@require_safe
def what_if_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The drawing beside a signed order: a part of its page."""
    order = order_or_404(order_id)
    facts: dict[str, Any] = {"order": order, "sentence": SENTENCE}
    person = person_of(order)
    if person.age is not None and person.age < ADULT:
        facts["minor"] = True
        return render(request, "pharmacology/of_order.html", facts)
    try:
        regimen = regimen_of(order.as_written)
        facts |= answer(regimen, person, notes_of(order))
        facts["question"] = question(regimen, person)
    except WeightMissingError:
        facts["no_weight"] = True
    return render(request, "pharmacology/of_order.html", facts)


def answer(regimen: Regimen, person: Person, notes: tuple[Noted, ...] = ()) -> dict[str, Any]:
    """What the drawing shows."""
    found = what_if(regimen, person)
    return {
        "asked": asked(regimen, person),
        "found": found,
        "picture": picture(found, notes),
        "people": PEOPLE,
        "spray": regimen.events[0].given_as == "nasal_spray",
    }


def person_of(order: Order) -> Person:
    """The weight of the order and the age on the day it was signed; None where not known."""
    weight, born = order.as_written.weight, order.course.patient.birth_date
    day = clinic_day(order.signed_at)
    age = None if born is None else float(years_between(born, day))
    return Person(None if weight is None else float(weight.value.value), age)


def notes_of(order: Order) -> tuple[Noted, ...]:
    """What was noted in the newest session under the order that was started."""
    held = TreatmentSession.objects.filter(order=order, started_at__isnull=False)
    newest = held.order_by("-started_at").first()
    if newest is None or newest.started_at is None:
        return ()
    return noted(entries_of(newest), newest.started_at, now())
