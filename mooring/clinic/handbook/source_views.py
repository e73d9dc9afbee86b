"""Sources: what each is, who paid for it, how much of it was read, and all its claims."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import reads_as_patient
from mooring.core import evidence
from mooring.core.evidence import Claim, Source
from mooring.core.evidence.coverage import By, coverage
from mooring.core.evidence.coverage_page import in_words
from mooring.core.handbook.guard import fit_as_evidence
from mooring.core.handbook.readers import named_to_patients, readable_by_patients


@allow("handbook.read")
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """All sources by kind, the newest first."""
    by_kind = sorted(evidence.load().sources.values(), key=lambda one: (one.kind, -(one.year or 0)))
    kinds = [(kind, list(members)) for kind, members in groupby(by_kind, lambda one: one.kind)]
    shown = {"kinds": kinds, "total": len(by_kind)}
    if not reads_as_patient(request):
        shown["statements"] = statements_carried()
    return render(request, "handbook/sources.html", shown)


@cache
def statements_carried() -> str:
    """How many of the founding documents' statements a rule, a screen or a passage carries."""
    found = coverage(evidence.load())
    first, *others = (f"by {in_words(by)}" for by in (*By, None))
    counts = [found.count(by) for by in (*By, None)]
    rest = ", ".join(f"{n} {by}" for n, by in zip(counts[1:], others, strict=True))
    return f"Of their {len(found.carriers)} statements {counts[0]} are carried {first}, {rest}."


@allow("handbook.read")
@require_safe
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source; patients see the claims that their chapters rest on, and no amounts."""
    try:
        found = evidence.load().source(source_id)
    except KeyError as unknown:
        raise Http404 from unknown
    claims = [claim for claim in evidence.load().claims.values() if claim.source == source_id]
    told, as_patient = facts(found), reads_as_patient(request)
    if as_patient:
        named = named_to_patients(current().handbook)
        claims = [one for one in claims if one.id in named and readable_by_patients(one)]
        told = [(name, text) for name, text in told if fit_as_evidence(text)]
    shown = {
        "source": found,
        "facts": told,
        "claims": sorted(claims, key=_order),
        "as_patient": as_patient,
    }
    return render(request, "handbook/source.html", shown)


def facts(source: Source) -> list[tuple[str, str]]:
    """What is known of it, as name and text. What is not on file is said to be so."""
    n = "" if source.n is None else str(source.n)
    told = (
        ("Year", "" if source.year is None else str(source.year)),
        ("Type", source.kind),
        ("Design", source.design or ""),
        ("Population", source.population),
        ("People studied", n),
        ("Route", source.route),
        ("Drug", source.drug),
        ("Compared with", source.comparator),
        ("What was read", source.read),
    )
    always = (
        ("Identifier", source.found_by or "None is on file"),
        ("Funding", source.funding or "Not on file"),
        ("Conflict of interest", source.conflict_of_interest or "None on file"),
    )
    return [(name, text) for name, text in told if text] + list(always)


def _order(claim: Claim) -> tuple[str, str]:
    return (claim.topic, claim.id)
