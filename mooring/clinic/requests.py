"""Which request is being answered: its number for the log, and whose account it is."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

NUMBER_HEADER = "X-Request-Number"
_META = "mooring.number"
_answering: ContextVar[HttpRequest | None] = ContextVar("answering", default=None)


class RequestNumberMiddleware:
    """Stands first: what is logged while a request is answered carries its number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request, and tell its number in a header."""
        request.META[_META] = secrets.token_hex(4)
        before = _answering.set(request)
        try:
            answer = self.get_response(request)
        finally:
            _answering.reset(before)
        answer.headers[NUMBER_HEADER] = request.META[_META]
        return answer


def number(request: HttpRequest | None = None) -> str:
    """The number of this request, else of the one that is being answered; empty without one."""
    found = request or _answering.get()
    return found.META.get(_META, "") if found else ""


def account(request: HttpRequest | None = None) -> str:
    """The key of the account that asks, where the request has looked for it; asks no database."""
    user: Any = getattr(request or _answering.get(), "_cached_user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""
