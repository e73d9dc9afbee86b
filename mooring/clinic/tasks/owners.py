"""Who is given a task that a person has to decide on."""

from __future__ import annotations

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Course
from mooring.clinic.permissions import Role

WHO_IS_ASKED = (Role.PRESCRIBER, Role.NURSE, Role.THERAPIST, Role.OWNER)
"""Where a course has no prescriber who still works here, the first of these is the owner."""


def who_is_asked(course: Course | None) -> User | None:
    """The course's prescriber, or else the first active person of the roles in WHO_IS_ASKED."""
    if course is not None and course.prescriber.is_active:
        return course.prescriber
    for role in WHO_IS_ASKED:
        people = User.objects.filter(is_active=True, assignments__role=role)
        found = people.order_by("date_joined").first()
        if found is not None:
            return found
    return None
