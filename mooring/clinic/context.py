"""What every template may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from mooring.clinic import room
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.plain_http import travels_plain
from mooring.clinic.permissions import PERMISSIONS, STAFF, Role, allowed
from mooring.clinic.restricted.reading import to_review


@dataclass(frozen=True)
class Place:
    """One entry of the rail."""

    label: str
    url: str
    permission: str
    shape: str
    """The name of its icon."""


RAIL = (
    Place("Today", "/today/", "today.view", "today"),
    Place("Patients", "/patients/", "patient.view", "patients"),
    Place("Sessions", "/sessions/", "session.view", "sessions"),
    Place("Tasks", "/tasks/", "task.view", "tasks"),
    Place("Handbook", "/handbook/", "handbook.read", "handbook"),
    Place("Program", "/outcomes/", "program.view", "program"),
    Place("Audit", "/audit/", "audit.view", "audit"),
    Place("Staff", "/staff/", "account.manage", "staff"),
    Place("My chart", "/scales/mine/", "own_chart.view", "patients"),
)

ABOUT_A_PATIENT = ("/imports/", "/screening/", "/courses/", "/scales/", "/outcomes/")
"""Where pages of one patient live, beside their chart."""


def here(path: str) -> str | None:
    """The place of the rail to which a page belongs; None for pages that belong to none."""
    places = [place.url for place in RAIL]
    if path not in places and path.startswith(ABOUT_A_PATIENT):
        return "/patients/"
    return next((url for url in places if path.startswith(url)), None)


FACES = {"light", "dark"}


def face(request: HttpRequest) -> str:
    """The face chosen with the switch of the dark room on this device; "" leaves it to the device.

    The switch is frontend/js/room.js.
    """
    chosen = request.COOKIES.get(f"{settings.COOKIE_PREFIX}mooring_face", "")
    return chosen if chosen in FACES else ""


def told(request: HttpRequest) -> list[str]:
    """What an owner did to this person's sign-in, until they say that they read it."""
    session = getattr(request, "session", None)
    return list(session.get("reset_told", [])) if session is not None else []


def clinic(request: HttpRequest) -> dict[str, Any]:
    """The clinic, its face, the places this person may go, and what they may do (`may`)."""
    user = cast(Any, getattr(request, "user", None))
    roles = user.roles if user is not None and user.is_authenticated else frozenset()
    return {
        "clinic": the_clinic(),
        "rail": [place for place in RAIL if allowed(roles, place.permission)],
        "here": here(request.path),
        "face": face(request),
        "to_review": to_review().count() if allowed(roles, "chart.review") else 0,
        "roles": roles,
        "reset_told": told(request),
        "plain_http": travels_plain(request),
        "short_of_room": None if STAFF.isdisjoint(roles) else room.shortage(),
        "for_patients": roles <= {Role.PATIENT},
        "may": {permission for permission in PERMISSIONS if allowed(roles, permission)},
    }
