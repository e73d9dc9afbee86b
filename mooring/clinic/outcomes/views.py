"""The outcome of one patient, and of the program."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from mooring.clinic.backups.standing import backups_for
from mooring.clinic.doors import allow
from mooring.clinic.measures.schedule import MEASURE
from mooring.clinic.outcomes import program as figures
from mooring.clinic.outcomes.cells import cell
from mooring.clinic.outcomes.chart import curve, line_of, rows
from mooring.clinic.outcomes.reading import outcome_of
from mooring.clinic.people.models import Patient
from mooring.clinic.web import now
from mooring.core import evidence
from mooring.core.measures import MEASURES
from mooring.core.outcomes.definitions import LOSS, RESPONDERS


@allow("outcome.view")
@require_http_methods(["GET", "HEAD"])
def outcome(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """One chart, the sentence that says what it shows, and what it rests on."""
    patient = get_object_or_404(Patient, pk=patient_id)
    found = outcome_of(patient, now())
    facts = {
        "patient": patient,
        "measure": MEASURES[MEASURE],
        "outcome": found,
        "summary": found.summary,
        "curve": curve(found),
        "rows": rows(found),
        "definitions": [(r, line_of(found, r.id)) for r in found.summary.results],
        "loss": LOSS,
        "responders": RESPONDERS,
        "sides": [evidence.load().disagreement(name) for name in RESPONDERS.disagreements],
    }
    return render(request, "outcomes/outcome.html", facts)


@allow("program.view")
@require_http_methods(["GET", "HEAD"])
def program(request: HttpRequest) -> HttpResponse:
    """Aggregates only: nothing here leads to a person."""
    outcomes = figures.treated(now())
    summaries = [found.summary for found in outcomes]
    people = figures.followed(summaries)
    lasting = figures.lasting(people)
    facts = {
        "measure": MEASURES[MEASURE],
        "treated": cell(len(outcomes)),
        "completeness": figures.completeness(outcomes),
        "definitions": figures.by_definition(summaries),
        "types": figures.responder_types(summaries),
        "responders": RESPONDERS,
        "loss": LOSS,
        "followed": cell(len(people)),
        "lasting": lasting,
        "readings": figures.readings(people, lasting) if lasting else [],
        "steps": figures.steps(people, lasting) if lasting else None,
        "backups": backups_for(request, now()),
    }
    return render(request, "outcomes/program.html", facts)
