"""The answer to a code that was typed or scanned."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.order_views import order_or_404
from mooring.clinic.doors import allow
from mooring.clinic.vials import actions
from mooring.clinic.vials.forms import VialForm
from mooring.clinic.web import actor, now


@allow("vial.check")
@require_POST
def vial_check(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Check a code against the order; for htmx the panel anew, else the order's page."""
    order, form = order_or_404(order_id), VialForm(request.POST)
    refusal = checked(request, order, form)
    if request.headers.get("HX-Request") != "true":
        if refusal:
            messages.warning(request, refusal)
        return redirect("order", order.pk)
    return render(request, "vials/answer.html", {"order": order, "refusal": refusal})


def checked(request: HttpRequest, order: Order, form: VialForm) -> str:
    """Do the check. What stood against it, in words; empty where it was done."""
    if not form.is_valid():
        return str(form.errors["code"][0])
    try:
        actions.check_vial(actor(request), order=order, now=now(), **form.cleaned_data)
    except RefusedError as refused:
        return str(refused)
    return ""
