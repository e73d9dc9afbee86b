"""Pages of restricted charts: the way in with a reason, who belongs to one, looking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from mooring.clinic.accounts.models import User
from mooring.clinic.acting import own_chart
from mooring.clinic.actions import OWN_CHART, RefusedError
from mooring.clinic.courses.forms import put_refusal
from mooring.clinic.doors import allow
from mooring.clinic.openings import opened
from mooring.clinic.people.models import Patient
from mooring.clinic.restricted import actions, reading
from mooring.clinic.restricted.forms import (
    EMERGENCIES,
    BreakGlassForm,
    ByNumberForm,
    RestrictForm,
    ReviewForm,
    TeamForm,
)
from mooring.clinic.restricted.models import Notice
from mooring.clinic.web import actor, listed, now


@allow("chart.break_glass")
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: HttpRequest, chart_id: UUID) -> HttpResponse:
    """The one page between a restricted chart and who needs it now: a reason, and in."""
    patient = get_object_or_404(Patient, pk=chart_id)
    if own_chart(request) == chart_id:
        raise PermissionDenied(OWN_CHART)
    if chart_id not in reading.closed_to(request.user, now()):
        return redirect(leads_to(request, chart_id))
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.break_glass(actor(request), patient=patient, now=now(), **form.cleaned_data)
            return redirect(leads_to(request, chart_id))
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {
        "form": form,
        "emergencies": EMERGENCIES,
        "to": leads_to(request, chart_id),
        "minutes": int(actions.OPEN_FOR.total_seconds() // 60),
    }
    status = 422 if form.errors else 200
    return render(request, "restricted/break_glass.html", facts, status=status)


def leads_to(request: HttpRequest, chart_id: UUID) -> str:
    """The page that was wanted, where it is one of ours; else the chart."""
    wanted = request.POST.get("to") or request.GET.get("to") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("patient", args=[chart_id])


@allow("chart.restrict")
@require_http_methods(["GET", "HEAD", "POST"])
def restriction(request: HttpRequest, chart_id: UUID) -> HttpResponse:
    """Whether a chart is restricted, by whom and why, and who belongs to its team; no name."""
    patient = get_object_or_404(Patient, pk=chart_id)
    if own_chart(request) == chart_id:
        raise PermissionDenied(OWN_CHART)
    opened(request, chart_id)
    on, sent = reading.is_restricted(chart_id), request.POST.get("form", "")
    form = RestrictForm(request.POST if sent == "restrict" else None)
    team = TeamForm(request.POST if sent == "team" else None)
    about: dict[str, Any] = {"patient": patient, "now": now()}
    try:
        if form.is_bound and form.is_valid():
            actions.restrict(actor(request), on=not on, **form.cleaned_data, **about)
            return redirect("restriction", chart_id)
        if team.is_bound and team.is_valid():
            actions.set_team(actor(request), on=True, **team.cleaned_data, **about)
            return redirect("restriction", chart_id)
        if sent == "out":
            person = get_object_or_404(User, pk=request.POST.get("person"))
            actions.set_team(actor(request), person=person, on=False, **about)
            return redirect("restriction", chart_id)
    except RefusedError as refused:
        put_refusal(form if form.is_bound else team, refused)
    facts = {
        "number": patient.identifier,
        "chart_id": chart_id,
        "on": on,
        "form": form,
        "team_form": team,
        "team": reading.named(chart_id),
        "said": patient.restrictions.select_related("set_by"),
    }
    status = 422 if form.errors or team.errors else 200
    return render(request, "restricted/restriction.html", facts, status=status)


@allow("chart.review")
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What waits for the owner to look back on; the restricted charts, by record number."""
    form = ByNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        patient, reason = form.cleaned_data["number"], form.cleaned_data["reason"]
        try:
            actions.restrict(actor(request), patient=patient, on=True, reason=reason, now=now())
            messages.success(request, "The chart is restricted.", extra_tags="met")
            return redirect("notices")
        except RefusedError as refused:
            put_refusal(form, refused)
    facts: dict[str, Any] = {
        "form": form,
        "waiting": [(each, ReviewForm()) for each in reading.to_review()],
        "reviewed": Notice.objects.exclude(review=None).select_related(
            "person", "patient", "review__reviewed_by"
        )[:20],
        "charts": reading.restricted().order_by("identifier"),
    }
    listed(request, "restricted charts", facts["charts"].count())
    return render(request, "restricted/notices.html", facts, status=422 if form.errors else 200)


@allow("chart.review")
@require_http_methods(["GET", "HEAD", "POST"])
def notice_review(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Look back on one notice."""
    notice = get_object_or_404(Notice.objects.select_related("person", "patient"), pk=notice_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review(actor(request), notice=notice, now=now(), **form.cleaned_data)
            return redirect("notices")
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {"notice": notice, "form": form}
    return render(request, "restricted/review.html", facts, status=422 if form.errors else 200)
