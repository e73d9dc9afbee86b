"""Medicines and allergies are asked: an empty list is not asked until somebody says "none"."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.people.actions import add_coded
from mooring.clinic.people.lists import asked_list, say_of_list
from mooring.clinic.people.models import Allergy, ListName, ListStatement, Medication
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.standing import screen
from mooring.clinic.sessions.holds import start_holds
from tests.clinic.courses.steps import acting, decided, signed, started, weighed
from tests.support.behind import save_behind

LISTS = [
    (ListName.MEDICATIONS, "medication", "medicines-not-asked", "Medicines not asked"),
    (ListName.ALLERGIES, "allergy", "allergies-not-asked", "Allergies not asked"),
]
every_list = pytest.mark.parametrize(("name", "kind", "rule", "title"), LISTS)


@pytest.fixture
def now():
    return timezone.now()


def missing(patient, now):
    return {finding.rule for finding in screen(patient, now.date()).findings}


def say(patient, by, name, now, *, none=True):
    return say_of_list(acting(by), patient=patient, name=name, none=none, now=now)


def enter(patient, by, kind, text, now, status="active"):
    facts = {"patient": patient, "kind": kind, "text": text, "status": status, "now": now}
    return add_coded(acting(by), **facts)


@every_list
def test_an_empty_list_is_missing_until_somebody_says_there_are_none(
    patient, bob, signed_in, now, name, kind, rule, title
):
    assert rule in missing(patient, now)
    page = signed_in(bob).get(reverse("screening", args=[patient.pk])).content.decode()
    assert title in page
    address = reverse("list_asked", args=[patient.pk, name])
    assert f"{address}?then=screening" in page
    answer = signed_in(bob).post(
        address, {"says": "none", "source": "told by the patient", "then": "screening"}
    )
    assert answer.url == reverse("screening", args=[patient.pk])
    assert rule not in missing(patient, now)
    chart = html.unescape(
        signed_in(bob).get(reverse("patient", args=[patient.pk])).content.decode()
    )
    assert f"said by {bob}" in chart


@every_list
def test_a_later_entry_overtakes_that_there_are_none(patient, bob, now, name, kind, rule, title):
    say(patient, bob, name, now)
    row = enter(patient, bob, kind, "Something", now + timedelta(minutes=1))
    assert rule not in missing(patient, now)
    row.status = {"medication": "stopped", "allergy": "resolved"}[kind]
    save_behind(row)
    assert rule in missing(patient, now)
    say(patient, bob, name, now + timedelta(minutes=2))
    assert rule not in missing(patient, now)


@every_list
def test_none_is_refused_while_the_list_holds_something_and_complete_while_it_is_empty(
    patient, bob, signed_in, now, name, kind, rule, title
):
    with pytest.raises(RefusedError, match="The list is empty"):
        say(patient, bob, name, now, none=False)
    enter(patient, bob, kind, "Something", now)
    with pytest.raises(RefusedError, match="The record holds Something"):
        say(patient, bob, name, now)
    page = signed_in(bob).post(reverse("list_asked", args=[patient.pk, name]), {"says": "none"})
    assert page.status_code == 422
    assert "The record holds Something" in page.content.decode()


@every_list
def test_a_list_that_is_too_old_is_gone_through_again(patient, bob, now, name, kind, rule, title):
    days = {"medication": 90, "allergy": 365}[kind]
    enter(patient, bob, kind, "Something", now)
    assert rule not in missing(patient, now + timedelta(days=days))
    late = now + timedelta(days=days + 1)
    assert rule in missing(patient, late)
    say(patient, bob, name, late, none=False)
    assert rule not in missing(patient, late)
    assert asked_list(patient, name).looked_at == late


@every_list
def test_a_list_that_was_not_asked_holds_orders_and_starts(
    patient, alice, bob, signed_in, now, name, kind, rule, title
):
    decided(patient, alice, at=now)
    weighed(patient, at=now)
    course = started(patient, alice, now=now)
    order = signed(course, alice, now=now)
    row = enter(patient, bob, kind, "Something", now + timedelta(minutes=1))
    row.status = {"medication": "stopped", "allergy": "resolved"}[kind]
    save_behind(row)
    (hold,) = start_holds(order, now)
    assert title in hold.text
    assert hold.url == reverse("list_asked", args=[patient.pk, name])
    with pytest.raises(RefusedError, match=title):
        signed(course, alice, now=now, dose="0.4")
    page = signed_in(alice).get(reverse("order_new", args=[course.pk])).content.decode()
    assert title in page
    say(patient, bob, name, now + timedelta(minutes=2))
    assert standing(patient, now.date()).holds == []


@pytest.mark.parametrize(
    ("model", "rule", "entry"),
    [
        (Allergy, "allergies-not-asked", {"text": "No known allergies"}),
        (
            Allergy,
            "allergies-not-asked",
            {"text": "nil", "system": "http://snomed.info/sct", "code": "716186003"},
        ),
        (Medication, "medicines-not-asked", {"text": "No current medications"}),
        (
            Medication,
            "medicines-not-asked",
            {
                "text": "nil",
                "system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
                "code": "no-known-medications",
            },
        ),
    ],
)
def test_a_record_that_says_there_are_none_is_read_as_such(patient, now, model, rule, entry):
    facts = {"patient": patient, "status": "active", "origin": "import a.json", "recorded_at": now}
    model.objects.create(**facts, **entry)
    assert rule not in missing(patient, now)
    name = ListName.ALLERGIES if model is Allergy else ListName.MEDICATIONS
    stands = asked_list(patient, name)
    assert (stands.none, stands.by, stands.current) == (True, "import a.json", ())


def test_what_was_said_is_never_changed(patient, bob, now):
    row = say(patient, bob, ListName.MEDICATIONS, now)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ListStatement.objects.filter(pk=row.pk).update(none=False)


def test_only_who_changes_the_record_says_it(patient, tara, olga, signed_in):
    address = reverse("list_asked", args=[patient.pk, "allergies"])
    assert signed_in(tara).get(address).status_code == 403
    assert signed_in(olga).post(address, {"says": "none"}).status_code == 403


def test_another_list_is_not_there(patient, bob, signed_in, now):
    assert signed_in(bob).get(f"/patients/{patient.pk}/lists/hobbies/").status_code == 404
    with pytest.raises(RefusedError, match="medicines or the allergies"):
        say(patient, bob, "hobbies", now)
