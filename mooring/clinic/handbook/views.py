"""The handbook: every policy with its cases, every claim with its source and its other side."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.handbook.cards import card
from mooring.clinic.handbook.models import Draft, DraftState, Remark, State
from mooring.clinic.handbook.policies import (
    KINDS,
    every_policy,
    policy_page,
    versions,
    within,
)
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import (
    may_read_claim,
    may_read_disagreement,
    reads_as_patient,
)
from mooring.clinic.handbook.review.attention import attention
from mooring.core import evidence
from mooring.core.handbook import Face


@allow("handbook.read")
@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """Chapters; for staff also policies by kind, disagreements and claims by topic."""
    as_patient, book = reads_as_patient(request), current().handbook
    for_patients = book.for_reader(Face.PATIENT).chapters
    told = {
        "for_patients": for_patients,
        "patient_ids": {chapter.id for chapter in for_patients},
        "for_clinicians": () if as_patient else book.for_reader(Face.CLINICIAN).chapters,
        "as_patient": as_patient,
        **({} if as_patient else for_staff()),
    }
    return render(request, "handbook/index.html", told)


def for_staff() -> dict[str, Any]:
    """What the first page shows to staff alone."""
    base = evidence.load()
    claims = sorted(base.claims.values(), key=lambda claim: (claim.topic, claim.id))
    policies = groupby(every_policy(), key=lambda page: page.kind)
    topics = groupby(claims, key=lambda claim: claim.topic)
    return {
        "kinds": [(KINDS[kind], list(pages)) for kind, pages in policies],
        "disagreements": base.disagreements.values(),
        "claims": claims,
        "topics": [(topic, list(members)) for topic, members in topics],
        "waiting": Remark.objects.filter(state=State.OPEN).count()
        + Draft.objects.filter(state=DraftState.WAITING).count(),
        "behind": len(list(attention())),
    }


def over_a_page(request: HttpRequest) -> bool:
    """True where the script asks for a card that it shows over the page that a person is on."""
    return "HX-Request" in request.headers


@allow("handbook.read")
@require_safe
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """One claim card: a page, or only the card for the script that shows it over another page."""
    template = "handbook/card.html" if over_a_page(request) else "handbook/claim.html"
    try:
        if not may_read_claim(request, claim_id):
            raise Http404
        as_patient = reads_as_patient(request)
        shown = card(claim_id, current().handbook, Face.PATIENT if as_patient else Face.CLINICIAN)
        answer = render(request, template, {"card": shown, "as_patient": as_patient})
    except KeyError as unknown:
        raise Http404 from unknown
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@allow("handbook.read")
@require_safe
def disagreement(request: HttpRequest, disagreement_id: str) -> HttpResponse:
    """All sides of one disagreement, with equal weight."""
    try:
        if not may_read_disagreement(request, disagreement_id):
            raise Http404
        found = evidence.load().disagreement(disagreement_id)
    except KeyError as unknown:
        raise Http404 from unknown
    as_patient = reads_as_patient(request)
    policies = () if as_patient else within(disagreement_id)
    shown = {"disagreement": found, "policies": policies, "as_patient": as_patient}
    return render(request, "handbook/disagreement.html", shown)


@allow("handbook.view")
@require_safe
def policy(request: HttpRequest, kind: str, name: str, version: int | None = None) -> HttpResponse:
    """One policy: its rules with claims, and its cases; in its newest version or the one named.

    An id that the policy had before leads to it too: what was signed names it so.
    """
    try:
        page = policy_page(kind, name, None if version is None else str(version))
    except KeyError as unknown:
        raise Http404 from unknown
    released = versions(kind, name)
    told = {
        "page": page,
        "kind": KINDS[kind],
        "versions": released,
        "newest": released[-1],
        "called_before": name if name != page.name else "",
    }
    template = "handbook/policy_card.html" if over_a_page(request) else "handbook/policy.html"
    answer = render(request, template, {**told, "page_url": request.path})
    patch_vary_headers(answer, ["HX-Request"])
    return answer
