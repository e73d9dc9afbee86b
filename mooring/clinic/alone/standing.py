"""Whether somebody is alone on duty now, and what nobody opens alone even then."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.alone.models import AloneStatement
from mooring.clinic.courses import care
from mooring.clinic.courses.models import Course
from mooring.clinic.suicidality.settings import GROUP_REGIMENS
from mooring.clinic.suicidality.tiers import tier_of
from mooring.core.protocols.suicidality import Tier

FOR_HOME = "What goes home needs a second person, also where nobody else is on duty."
IN_A_GROUP = (
    "In a group, where the suicidality tier is high or unknown, a second person is needed, also"
    " where nobody else is on duty."
)


def standing(user: User, now: datetime) -> AloneStatement | None:
    """What an owner stated for this moment; None where somebody else is on duty.

    The one who would look at it afterwards is not alone with themselves.
    """
    here = now.astimezone(ZoneInfo(the_clinic().time_zone))
    rows = AloneStatement.objects.filter(
        first_day__lte=here.date(),
        last_day__gte=here.date(),
        weekdays__contains=str(here.weekday()),
        from_time__lte=here.time(),
        until_time__gt=here.time(),
        ended_at=None,
        stated_at__lte=now,
        reviewer__is_active=True,
    )
    return rows.exclude(reviewer=user).select_related("reviewer", "stated_by").first()


def never(course: Course, group_of: int | None, now: datetime) -> str:
    """Why this is not opened by one person alone, as a sentence; empty where it can be."""
    if course.model_of_care == care.HOME:
        return FOR_HOME
    together = course.model_of_care == care.GROUP or course.regimen in GROUP_REGIMENS
    if (together or (group_of or 1) > 1) and tier_of(course.patient, now).tier in HELD:
        return IN_A_GROUP
    return ""


def require_alone_may(course: Course, group_of: int | None, now: datetime) -> None:
    """Refuse what nobody opens alone."""
    why = never(course, group_of, now)
    if why:
        raise RefusedError(why, field="second_username")


HELD = (Tier.HIGH, Tier.UNKNOWN)
"""What is not known is not taken for low."""
