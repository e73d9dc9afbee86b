"""Whoever reads of a patient leaves a row, whatever page, fragment, drawing or sheet it is."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.acting import actor
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.openings import ABOUT, ABOUT_NOBODY, LISTED, OPENED
from tests.clinic.platform.routes import every_route
from tests.clinic.platform.who import BODY, METHODS, Visitor, address, rows
from tests.support.whole_chart import whole_chart

pytestmark = pytest.mark.django_db
BACKGROUND = {"X-Mooring-Background": "1"}


@pytest.fixture
def chart(patient, alice, bob) -> dict[str, Any]:
    return whole_chart(patient, alice, bob)


def openings(patient: Any = None) -> list[AuditRow]:
    found = AuditRow.objects.filter(action=OPENED)
    return list(found if patient is None else found.filter(patient=patient.pk))


def earlier(user: Any, patient: Any, **ago: float) -> None:
    """An opening of this person's so long ago."""
    chain.append(
        at=timezone.now() - timedelta(**ago), actor=str(user.pk), actor_name=str(user),
        action=OPENED, subject="people.Patient", subject_id=str(patient.pk), patient=patient.pk,
    )  # fmt: skip


def test_every_key_in_an_address_is_known_to_be_about_a_patient_or_not():
    keys = {word for route in every_route() for word in route.words if word.endswith("_id")}
    known = {*ABOUT, *ABOUT_NOBODY, "chapter_id", "passage_id", "source_id", "claim_id",
             "disagreement_id"}  # fmt: skip
    assert keys == known


def about_a_patient() -> list[Any]:
    """Every route and method that a key of a patient leads to, by what the table says of it."""
    table = {(row["route"], row["method"]): row for row in rows()}
    return [
        (route, method, table[route.name, method])
        for route in every_route()
        for method in METHODS
        if (set(route.words) & set(ABOUT) or route.name == "stream")
        and (route.name, method) in table
    ]


def test_every_route_about_a_patient_opens_the_chart_once(cast, charts):
    silent = []
    for column in ("prescriber", "patient_own"):
        visitor = Visitor(cast[column])
        for route, method, row in about_a_patient():
            if row[column] != "open":
                continue
            with transaction.atomic():
                path = address(route, charts[column])
                visitor.told(method, path, BODY.get(route.name, {}), keep=True)
                if len(openings(cast["patient_own"].patient)) != 1:
                    silent.append(f"{method} {route.name}")
                transaction.set_rollback(True)
    assert silent == []


def test_nobody_who_is_refused_opens_a_chart(cast, charts):
    visitor, opened = Visitor(cast["researcher"]), []
    for route, method, _ in about_a_patient():
        visitor.told(method, address(route, charts["researcher"]), {}, keep=True)
        opened += [route.name] if openings() else []
    assert opened == []


@pytest.mark.parametrize("column", ["prescriber", "owner", "auditor", "researcher", "stranger"])
def test_a_page_that_names_a_patient_left_a_row(cast, charts, column):
    visitor, silent = Visitor(cast[column]), []
    patient = cast["patient_own"].patient
    for route in every_route():
        with transaction.atomic():
            answer = visitor.client.get(address(route, charts[column]))
            said = b"" if answer.streaming else answer.content
            names = {patient.family_name.encode(), patient.identifier.encode()}
            left = AuditRow.objects.filter(action__in=(OPENED, LISTED)).exists()
            # The audit itself shows record numbers, and reading it writes nothing.
            if route.name != "audit" and any(name in said for name in names) and not left:
                silent.append(route.name)
            transaction.set_rollback(True)
    assert silent == []


def test_pages_of_one_chart_are_one_opening(chart, alice, patient, signed_in):
    client = signed_in(alice)
    for name, key in [("patient", "patient_id"), ("course", "course_id"), ("order", "order_id"),
                      ("what_if_order", "order_id"), ("session", "session_id"),
                      ("session_chart", "session_id"), ("outcome", "patient_id"),
                      ("prescription_pdf", "prescription_id")]:  # fmt: skip
        assert client.get(reverse(name, args=[chart[key]])).status_code == 200
    (row,) = openings(patient)
    body = json.loads(row.body)
    assert (row.actor_name, body["detail"]) == (str(alice), "patient")


def test_two_readers_are_two_openings(chart, alice, bob, patient, signed_in):
    for user in (alice, bob):
        signed_in(user).get(reverse("patient", args=[patient.pk]))
    assert [row.actor_name for row in openings(patient)] == [str(alice), str(bob)]


@pytest.mark.parametrize(("minutes", "rows"), [(14, 1), (16, 2)])
def test_an_opening_is_renewed_every_quarter_of_an_hour(alice, patient, signed_in, minutes, rows):
    earlier(alice, patient, minutes=minutes)
    signed_in(alice).get(reverse("patient", args=[patient.pk]))
    assert len(openings(patient)) == rows


def test_a_page_that_is_left_open_writes_nothing(chart, alice, patient, signed_in):
    earlier(alice, patient, hours=3)
    client = signed_in(alice)
    for name in ("session_live", "session_chart"):
        client.get(reverse(name, args=[chart["session_id"]]))
    client.get(reverse("patient", args=[patient.pk]), headers=BACKGROUND)
    assert len(openings(patient)) == 1


def test_what_says_that_it_fetches_by_itself_opens_a_chart_that_nobody_opened(
    chart, alice, patient, signed_in
):
    address = reverse("patient", args=[patient.pk])
    signed_in(alice).get(address, headers=BACKGROUND)
    assert len(openings(patient)) == 1


@pytest.mark.parametrize(
    ("address", "kind"),
    [("today", "today"), ("patients", "patients"), ("sessions", "sessions"), ("tasks", "tasks")],
)
def test_a_list_leaves_its_kind_and_count_once(chart, bob, signed_in, address, kind):
    client = signed_in(bob)
    for _ in range(2):
        client.get(reverse(address))
    (row,) = AuditRow.objects.filter(action=LISTED)
    body = json.loads(row.body)
    assert (body["subject_id"], body["detail"]) == (kind, "1 patient")
    assert row.patient is None


def test_the_list_that_keeps_itself_current_writes_no_more_rows(chart, bob, signed_in):
    client = signed_in(bob)
    client.get(reverse("today"))
    client.get(reverse("today_list"), headers=BACKGROUND)
    assert AuditRow.objects.filter(action=LISTED).count() == 1


def test_a_patient_s_own_pages_are_audited_too(chart, pat, patient, signed_in, client):
    signed_in(pat).get(reverse("own_chart"))
    client.get(reverse("answer", args=[chart["token"]]))
    assert [json.loads(row.body)["detail"] for row in openings(patient)] == [
        "own_chart",
        "personal link",
    ]


def test_keys_of_two_charts_in_one_address_lead_nowhere(cast, charts):
    """Each key of an address is put in the place of the other chart's."""
    visitor = Visitor(cast["prescriber"])
    mine, other = charts["patient_own"], charts["own_chart"]
    led = []
    for route, method, row in about_a_patient():
        keys = [word for word in route.words if word.endswith("_id")]
        for word in keys if len(keys) > 1 else ():
            path = address(route, mine, {word: other})
            if row["prescriber"] == "open" and visitor.told(method, path, {}) != "absent":
                led.append(f"{method} {route.name}: {word}")
    assert led == []


def test_the_reader_is_the_person_who_is_signed_in(rf, alice):
    request = rf.get("/")
    request.user, request.session = alice, {}
    assert actor(request).key == str(alice.pk)
