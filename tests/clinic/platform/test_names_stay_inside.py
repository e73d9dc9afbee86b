"""No patient's name stands in an address, a title, a file's name, or where a page leads on to.

Browsers keep addresses and titles in their history, proxies in their logs, and a tab shows its
title to whoever walks by.
"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.db import transaction
from django.urls import reverse

from tests.clinic.platform.routes import every_route
from tests.clinic.platform.who import METHODS, Visitor, address

pytestmark = pytest.mark.django_db
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
ADDRESS = re.compile(r'(?:href|action|src|hx-get|hx-post|data-[a-z-]*url)="([^"]*)"')
FAMILY, GIVEN, NUMBER = "Quillfeather", "Marigold", "ZX-40417"


@pytest.fixture
def charts_by_name(cast, request):
    """Pat's chart and its files under a name that no text of Mooring has."""
    patient = cast["patient_own"].patient
    patient.family_name, patient.given_name, patient.identifier = FAMILY, GIVEN, NUMBER
    patient.save()
    return request.getfixturevalue("charts")


def outside(answer: Any) -> list[str]:
    """What of an answer stands outside the page itself."""
    told = [answer.headers.get(name, "") for name in ("Location", "Content-Disposition")]
    told += [cookie.value for cookie in answer.cookies.values()]
    page = "" if answer.streaming else answer.content.decode(errors="replace")
    # A title may tell two charts apart by their record number; an address may not.
    told += [html.unescape(found).replace(NUMBER, "") for found in TITLE.findall(page)]
    told += [html.unescape(found) for found in ADDRESS.findall(page)]
    return [each for each in map(unquote_plus, told) if not each.startswith(("tel:", "data:"))]


@pytest.mark.parametrize("column", ["prescriber", "owner", "auditor", "patient_own"])
def test_no_name_leaves_a_page_by_its_address_or_title(cast, charts_by_name, column):
    visitor, leaked = Visitor(cast[column]), []
    for route in every_route():
        for method in METHODS:
            with transaction.atomic():
                send = getattr(visitor.client, method.lower())
                answer = send(address(route, charts_by_name[column]))
                for told in outside(answer):
                    if FAMILY in told or GIVEN in told or NUMBER in told:
                        leaked.append(f"{method} {route.name}: {told}")
                transaction.set_rollback(True)
            if route.name in {"lock", "account_logout"}:
                visitor = Visitor(cast[column])
    assert leaked == []


def test_a_search_for_a_name_is_sent_not_asked_by_address(bob, patient, signed_in):
    client = signed_in(bob)
    page = client.get(reverse("patients")).content.decode()
    form = re.search(r"<form[^>]*role=\"search\"[^>]*>", page)
    assert form is not None and 'method="post"' in form[0]
    asked = client.get(reverse("patients"), {"q": "Nobody"}).content.decode()
    assert patient.name in asked, "an address does not search"
    found = client.post(reverse("patients"), {"q": "Nobody"}).content.decode()
    assert patient.name not in found
