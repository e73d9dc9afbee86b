"""A policy that something names and this program does not have: said in words, on any page."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from mooring.core.datafiles import DataFileError

log = logging.getLogger(__name__)


class MissingPolicyMiddleware(MiddlewareMixin):
    """Answers with the missing policy's name (409) where a page can say nothing without it."""

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """None lets any other exception go its way."""
        if not isinstance(problem, DataFileError):
            return None
        log.warning("a policy is missing: %s", problem)
        return render(request, "policy_missing.html", {"problem": str(problem)}, status=409)
