"""What stands at the head of the bedside: touch, intention, allergies, suicidality."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from mooring.clinic.consents.reading import NOT_ASKED, standing_intention, standing_touch
from mooring.clinic.consents.review import against
from mooring.clinic.people.lists import asked_list
from mooring.clinic.people.models import ListName
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.suicidality.tiers import tier_of
from mooring.core.session.entries import Correction, Entry, Intervention

register = template.Library()


@register.inclusion_tag("consents/head.html", takes_context=True)
def bedside_head(
    context: template.RequestContext, session: TreatmentSession, now: datetime
) -> dict[str, Any]:
    """One short line, the same at every width; what nobody asked says so."""
    touch = standing_touch(session.course.patient, now)
    return {
        "session": session,
        "touch": touch,
        "touch_code": touch.touch if touch else NOT_ASKED,
        "intention": standing_intention(session.course),
        "allergies": asked_list(session.course.patient, ListName.ALLERGIES),
        "tier": tier_of(session.course.patient, now),
        "patient": session.course.patient,
        "course": session.course,
        "may_record": context.get("may_record", False),
    }


@register.simple_tag
def touch_mark(session: TreatmentSession, entry: Entry, now: datetime) -> str:
    """Why a hand that was held is marked; empty for every other line of the log."""
    content = entry.content
    said = content.replacement if isinstance(content, Correction) else content
    if not isinstance(said, Intervention) or said.intervention != "hand_holding":
        return ""
    return against(session.course.patient, entry.effective_at, max(now, entry.effective_at))
