"""The table of who may open what, the people of its columns, and their visits.

Pytest finds the fixtures through the conftest beside this file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.test import Client

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.exposure.actions import record_look, record_review
from mooring.clinic.people.models import Patient
from mooring.clinic.restricted.actions import restrict
from mooring.clinic.restricted.models import Notice
from mooring.core.protocols.watch import Organ, Result
from tests.clinic.handbook.review import steps as review
from tests.clinic.platform.routes import Route
from tests.clinic.sessions.steps import acting
from tests.support.cast import NOON, PASSWORD, patient_record, person
from tests.support.whole_chart import whole_chart

TABLE = Path(__file__).parents[2] / "data" / "who_may_open.tsv"
WORDS = {"open", "closed", "absent", "sign-in", "asks"}
METHODS = ("GET", "POST")
IN_CHART = {
    "look_correct": {"entry_id": "look_id"},
    "review_withdraw": {"entry_id": "organ_review_id"},
    "prescription_new": {"order_id": "spray_order_id"},
    "step_review": {"session_id": "step_id"},
}
"""Words of an address that mean another row on this route than elsewhere."""
FIXED = {
    "list_asked": {"name": "medications"},
    "record_add": {"kind": "condition"},
    "policy": {"kind": "regimens", "name": "iv_series"},
    "policy_version": {"kind": "regimens", "name": "iv_series"},
}
BODY = {"unlock": {"password": PASSWORD}}


def rows() -> list[dict[str, str]]:
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


COLUMNS = tuple(name for name in rows()[0] if name not in ("route", "method"))


@pytest.fixture
def cast(request) -> dict[str, User | None]:
    """Who stands in each column."""
    named = {
        "patient_own": "pat", "nurse": "bob", "prescriber": "alice", "therapist": "tara",
        "owner": "olga", "auditor": "audrey", "researcher": "ray", "stranger": "charlie",
    }  # fmt: skip
    found: dict[str, User | None] = {
        column: request.getfixturevalue(name) for column, name in named.items()
    }
    other = person("paul", "Paul Reyes", "patient")
    patient_record("Reyes", "Paul", account=other)
    both = person("nora", "N. Brandt", "patient", "RN")
    patient_record("Brandt", "Nora", account=both)
    for role in ("nurse", "prescriber"):
        RoleAssignment.objects.create(user=both, role=role)
    outside = person("nina", "N. Osei", "nurse", "RN")
    everybody = {**found, "patient_other": other, "own_chart": both, "outside_team": outside}
    for user in everybody.values():
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)
    return {**everybody, "anonymous": None}


@pytest.fixture
def charts(cast) -> dict[str, dict[str, Any]]:
    """The rows that the addresses lead to: Pat's for everybody, her own for the last column."""
    made = {column: a_chart(cast, cast[column].patient) for column in ("patient_own", "own_chart")}
    hers = patient_record("Adler", "Rosa")
    made["outside_team"] = a_chart(cast, hers)
    facts = {"reason": "Asked for it.", "now": NOON}
    restrict(acting(cast["prescriber"]), patient=hers, on=True, **facts)
    return {column: made.get(column, made["patient_own"]) for column in COLUMNS}


def a_chart(cast: dict[str, Any], patient: Patient) -> dict[str, Any]:
    nurse, prescriber = cast["nurse"], cast["prescriber"]
    found = whole_chart(patient, prescriber, nurse)
    facts = {"patient": patient, "taken_on": NOON.date(), "now": NOON, "words": "ALT 220 U/L"}
    look = record_look(acting(nurse), item="liver_tests", result=Result.FOUND, **facts)
    looked = record_review(acting(prescriber), organ=Organ.LIVER, **facts)
    return {
        **found, "chart_id": patient.pk, "notice_id": notice(prescriber),
        "look_id": look.pk, "organ_review_id": looked.pk, "user_id": cast["stranger"].pk,
        "item": "liver_tests", "organ": "liver", **handbook(prescriber),
    }  # fmt: skip


def notice(of: User) -> Any:
    """The key of something that an owner looks back on."""
    facts = {"kind": "many", "words": "51 different charts within 10 minutes", "at": NOON}
    return Notice.objects.create(person=of, **facts).pk


def handbook(editor: User) -> dict[str, Any]:
    from mooring.clinic.handbook.models import Draft, Remark

    remark = Remark.objects.first() or review.remarked(editor)
    draft = Draft.objects.first() or review.proposed(editor, patient="Plainer words.\n")
    return {
        "chapter_id": review.PRESSURE.partition(".")[0],
        "passage_id": review.PRESSURE,
        "remark_id": remark.pk,
        "draft_id": draft.pk,
        "source_id": "S2",
        "form": "json",
    }


def address(
    route: Route, chart: dict[str, Any], swapped: Mapping[str, dict[str, Any]] | None = None
) -> str:
    """The address with the keys of one chart; `swapped` says which words come from another."""
    here = IN_CHART.get(route.name, {})
    found = {**chart, **{word: chart[key] for word, key in here.items()}}
    for word, other in (swapped or {}).items():
        found[word] = other[here.get(word, word)]
    path = route.path({**found, **FIXED.get(route.name, {})})
    if route.name == "stream":
        return path.replace("topic=today", f"topic=session:{chart['session_id']}")
    return path


def said(answer: Any) -> str:
    """What a person was told, in the words of the table; anything else as its number."""
    if answer.status_code == HTTPStatus.FOUND and "/sign-in/login/" in answer.url:
        return "sign-in"
    if answer.status_code == HTTPStatus.FOUND and "/restricted/ask/" in answer.url:
        return "asks"
    words = {403: "closed", 404: "absent", 401: "locked", 405: "no such method"}
    status = answer.status_code
    return words.get(status, "open" if status < HTTPStatus.INTERNAL_SERVER_ERROR else str(status))


class Visitor:
    """One person's browser; nothing that it does stays."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self.cookies = self.client.cookies.output()

    def told(self, method: str, path: str, body: dict[str, str], keep: bool = False) -> str:
        """What the person was told; `keep` leaves what the visit wrote."""
        self.client.cookies.load(self.cookies.replace("Set-Cookie: ", ""))
        with transaction.atomic():
            found = said(getattr(self.client, method.lower())(path, body))
            transaction.set_rollback(not keep)
        return found
