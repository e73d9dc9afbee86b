"""A password that an owner gave is changed at once: until then no other page opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic.accounts.idle import OPEN_WHILE_LOCKED, is_background, route

OPEN = OPEN_WHILE_LOCKED | {"account_change_password", "touch"}


class FirstPasswordMiddleware(MiddlewareMixin):
    """Sends whoever still has a given password to the page where they choose their own."""

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """None lets the view answer."""
        if not getattr(request.user, "must_change_password", False) or route(request) in OPEN:
            return None
        if is_background(request):
            return HttpResponse(status=401)
        return redirect("account_change_password")
