"""What stands at the head of the bedside: touch, intention, allergies, suicidality."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from mooring.clinic.consents.reading import NOT_ASKED, standing_intention, standing_touch
from mooring.clinic.consents.review import against
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.protocols.screening.evaluate import NOT_A_FACT, PAST
from mooring.core.session.entries import Correction, Entry, Intervention

register = template.Library()


@register.inclusion_tag("consents/head.html", takes_context=True)
def bedside_head(
    context: template.RequestContext, session: TreatmentSession, now: datetime
) -> dict[str, Any]:
    """One short line, the same at every width; what nobody asked says so."""
    touch = standing_touch(session.course.patient, now)
    return {
        "touch": touch,
        "touch_code": touch.touch if touch else NOT_ASKED,
        "intention": standing_intention(session.course),
        "allergies": allergies(session.course.patient),
        "course": session.course,
        "may_record": context.get("may_record", False),
    }


def allergies(patient: Patient) -> list[str]:
    """The allergies of the record that are not over, by their words."""
    rows = patient.allergies.all()
    return [row.text for row in rows if row.status.casefold() not in PAST | NOT_A_FACT]


@register.simple_tag
def touch_mark(session: TreatmentSession, entry: Entry, now: datetime) -> str:
    """Why a hand that was held is marked; empty for every other line of the log."""
    content = entry.content
    said = content.replacement if isinstance(content, Correction) else content
    if not isinstance(said, Intervention) or said.intervention != "hand_holding":
        return ""
    return against(session.course.patient, entry.effective_at, max(now, entry.effective_at))
