"""Who is given a task that a person has to decide on, and who comes after them."""

from __future__ import annotations

from django.db.models import QuerySet

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import CARE, Role

WHO_IS_ASKED = (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.OWNER)
"""Where a course has no prescriber who still works here, the first of these is the owner."""


def who_is_asked(course: Course | None) -> User | None:
    """The course's prescriber, or else the first active person of the roles in WHO_IS_ASKED."""
    return next(iter(in_turn(course)), None)


def in_turn(course: Course | None) -> list[User]:
    """Everybody who can be asked, in order: the course's prescriber, then role by role."""
    people = User.objects.filter(is_active=True).order_by("date_joined")
    asked = [course.prescriber] if course is not None and course.prescriber.is_active else []
    for role in WHO_IS_ASKED:
        asked += people.filter(assignments__role=role)
    return list(dict.fromkeys(asked))


def may_hold() -> QuerySet[User]:
    """The people in care who work here now, by name: a task can be given to each of them."""
    people = User.objects.filter(is_active=True, assignments__role__in=CARE)
    return people.distinct().order_by("display_name")


def newest_course(patient: Patient) -> Course | None:
    """The course whose prescriber is asked first."""
    return patient.courses.select_related("prescriber").first()
