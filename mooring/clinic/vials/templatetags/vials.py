"""The panel that checks a vial, for any page that shows an order."""

from __future__ import annotations

from typing import Any

from django import template

from mooring.clinic.courses.models import Order
from mooring.clinic.vials.forms import VialForm
from mooring.clinic.vials.reading import panel
from mooring.clinic.web import now

register = template.Library()


@register.inclusion_tag("vials/panel.html", takes_context=True)
def vial_check(context: template.RequestContext, order: Order, refusal: str = "") -> dict[str, Any]:
    """The newest answer of today, the checks before it, and a field for who may check.

    `refusal` is set in the answer to a code: the field then takes the next code at once.
    """
    answers = "refusal" in context
    form = VialForm()
    if answers:
        form.fields["code"].widget.attrs["autofocus"] = True
    return {
        "panel": panel(order, now()),
        "order": order,
        "form": form,
        "refusal": refusal,
        "may_check": "vial.check" in context["may"],
        "csrf_token": context.get("csrf_token"),
    }
