"""What pages say of it: before something is opened alone, and beside what was."""

from __future__ import annotations

from uuid import UUID

from django import template

from mooring.clinic.accounts.models import User
from mooring.clinic.alone.models import AloneOpening
from mooring.clinic.alone.standing import standing
from mooring.clinic.tasks.models import ALONE_REVIEW, Task
from mooring.clinic.web import now

register = template.Library()


@register.inclusion_tag("alone/standing.html")
def alone_standing(user: User) -> dict[str, object]:
    """That this person is alone on duty now, by whose word, and who looks at it afterwards."""
    return {"statement": standing(user, now())}


@register.inclusion_tag("alone/opened.html")
def opened_alone(what: str, what_id: UUID) -> dict[str, object]:
    """Who opened it alone, why, and what came of the look at it; nothing where nobody did."""
    row = AloneOpening.objects.filter(what=what, what_id=what_id).first()
    if row is None:
        return {"row": None}
    task = Task.objects.filter(kind=ALONE_REVIEW, source=f"alone.AloneOpening:{row.pk}").first()
    return {"row": row, "task": task}
