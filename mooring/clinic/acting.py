"""Who acts in a request."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from mooring.clinic.accounts.signing import shown
from mooring.clinic.actions import Actor
from mooring.clinic.permissions import Role


def actor(request: HttpRequest) -> Actor:
    """The signed-in person as an actor, with their own chart if they are a patient too."""
    user = cast(Any, request.user)
    patient = own_chart(request) if Role.PATIENT in user.roles else None
    return Actor(name=str(user), roles=user.roles, user=user, patient=patient, shown=shown(request))


def own_chart(request: HttpRequest) -> UUID | None:
    """The chart that is the signed-in person's own; None for who has none here."""
    patient = getattr(request.user, "patient", None)
    return None if patient is None else patient.pk
