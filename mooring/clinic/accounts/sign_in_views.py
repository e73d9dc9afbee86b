"""The page of one's own sign-ins, and of what an owner did to them."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mooring.clinic.accounts import actions, resets, sign_ins
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.doors import allow
from mooring.clinic.web import actor, now


def oneself(request: HttpRequest) -> Actor:
    """Who acts on their own account: it is no chart, a patient's neither."""
    return replace(actor(request), patient=None)


@allow("home.view")
@require_safe
def own_sign_ins(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    user = cast(User, request.user)
    facts = {
        "here": request.session.get(sign_ins.KEY),
        "sign_ins": [(str(row.pk), row) for row in sign_ins.open_ones(user.pk, timezone.now())],
        "resets": resets.of(user),
    }
    return render(request, "accounts/sign_ins.html", facts)


@allow("home.view")
@require_POST
def end_sign_in(request: HttpRequest, sign_in_id: UUID) -> HttpResponse:
    """End one of one's own; another person's is left alone."""
    actions.end_sign_ins(oneself(request), only=sign_in_id, now=now())
    messages.success(request, "Ended: it is signed out there.", extra_tags="met")
    return redirect("own_sign_ins")


@allow("home.view")
@require_POST
def end_other_sign_ins(request: HttpRequest) -> HttpResponse:
    """End all of one's own but this."""
    here = request.session.get(sign_ins.KEY)
    actions.end_sign_ins(oneself(request), but=here, now=now())
    messages.success(request, "Ended: you are signed in here only.", extra_tags="met")
    return redirect("own_sign_ins")


@allow("home.view")
@require_POST
def read_resets(request: HttpRequest) -> HttpResponse:
    """Say that one has read who reset one's sign-in."""
    actions.read_resets(oneself(request), now=now())
    request.session.pop(resets.KEY, None)
    return redirect("home")
