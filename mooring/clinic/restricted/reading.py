"""Which charts are restricted, who belongs to their teams, and what is closed to a reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import STAFF
from mooring.clinic.restricted.models import Notice, Restriction, TeamMember
from mooring.clinic.sessions.models import TreatmentSession


def restricted() -> QuerySet[Patient]:
    """The restricted charts: those of which the newest word says so, and those of staff.

    A chart of staff is restricted as long as nobody has said otherwise of it.
    """
    newest = Restriction.objects.filter(patient=OuterRef("pk")).order_by("-set_at", "-id")
    said = Patient.objects.annotate(said=Subquery(newest.values("on")[:1]))
    of_staff = Q(account__is_active=True, account__assignments__role__in=STAFF)
    return said.filter(Q(said=True) | (Q(said__isnull=True) & of_staff)).distinct()


def is_restricted(patient: UUID) -> bool:
    """True for a chart that is closed to whoever is not of its team."""
    return restricted().filter(pk=patient).exists()


def closed_to(user: Any, now: datetime) -> frozenset[UUID]:
    """The charts that are closed to a person: restricted, not theirs to care for, not opened."""
    charts = frozenset(restricted().values_list("pk", flat=True))
    if not charts:
        return charts
    return charts - in_care_of(user, charts) - opened_by(user, now)


def in_care_of(user: Any, charts: frozenset[UUID]) -> frozenset[UUID]:
    """Those of the charts to whose team a person belongs.

    The prescriber of a course that goes on, the sitter of a session that is not signed, and those
    whom somebody named.
    """
    courses = Course.objects.filter(patient__in=charts, prescriber=user, ended_at=None)
    sits = TreatmentSession.objects.filter(
        course__patient__in=charts, sitter=user, signed_at=None, cancelled_at=None
    )
    return frozenset(
        [
            *courses.values_list("patient", flat=True),
            *sits.values_list("course__patient", flat=True),
            *(chart for chart in charts if user in named(chart)),
        ]
    )


def named(patient: UUID) -> list[User]:
    """The people whom somebody named for a chart's team, in the order of their names."""
    newest: dict[UUID, TeamMember] = {}
    for row in TeamMember.objects.filter(patient=patient).select_related("person"):
        newest.setdefault(row.person_id, row)
    return sorted((row.person for row in newest.values() if row.on), key=str)


def opened_by(user: Any, now: datetime) -> frozenset[UUID]:
    """The restricted charts that a person has opened with a reason and that are open still."""
    rows = Notice.objects.filter(person=user, patient__isnull=False, at__lte=now, until__gt=now)
    return frozenset(key for key in rows.values_list("patient", flat=True) if key is not None)


def to_review() -> QuerySet[Notice]:
    """What nobody has looked back on, the oldest first."""
    return Notice.objects.filter(review=None).select_related("person", "patient").order_by("at")
