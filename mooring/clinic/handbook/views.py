"""The handbook: every policy with its cases, every claim with its source and its other side."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.handbook.cards import card
from mooring.clinic.handbook.policies import KINDS, every_policy, policy_page
from mooring.core import evidence


@allow("handbook.view")
@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """Policies by kind, claims by topic, disagreements."""
    base = evidence.load()
    claims = sorted(base.claims.values(), key=lambda claim: (claim.topic, claim.id))
    return render(
        request,
        "handbook/index.html",
        {
            "kinds": [(KINDS[kind], list(pages)) for kind, pages in every_policy()],
            "topics": [
                (topic, list(members))
                for topic, members in groupby(claims, key=lambda claim: claim.topic)
            ],
            "disagreements": base.disagreements.values(),
        },
    )


@allow("handbook.view")
@require_safe
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """One claim card."""
    try:
        return render(request, "handbook/claim.html", {"card": card(claim_id)})
    except KeyError as unknown:
        raise Http404 from unknown


@allow("handbook.view")
@require_safe
def disagreement(request: HttpRequest, disagreement_id: str) -> HttpResponse:
    """All sides of one disagreement, with equal weight."""
    try:
        found = evidence.load().disagreement(disagreement_id)
    except KeyError as unknown:
        raise Http404 from unknown
    return render(request, "handbook/disagreement.html", {"disagreement": found})


@allow("handbook.view")
@require_safe
def policy(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """One policy: its numbers with their claims, and its table of cases."""
    try:
        return render(request, "handbook/policy.html", {"page": policy_page(kind, name)})
    except KeyError as unknown:
        raise Http404 from unknown
