"""The doors of the web application: every view says who may open it.

A view says `@allow("order.sign")` or `@public("why")`. A route that says nothing fails the suite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from mooring.clinic.permissions import PERMISSIONS, allowed

View = Callable[..., HttpResponse]


def allow(permission: str) -> Callable[[View], View]:
    """Let only signed-in people with this permission open the view; others are told so (403)."""
    if permission not in PERMISSIONS:
        raise KeyError(f"{permission} is not in mooring.clinic.permissions.PERMISSIONS")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = cast(Any, request.user)
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed(user.roles, permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        cast(Any, guarded).permission = permission
        return guarded

    return declare


def public(reason: str) -> Callable[[View], View]:
    """Declare a view open to anyone, and say why that is right."""

    def declare(view: View) -> View:
        cast(Any, view).public = reason
        return view

    return declare
