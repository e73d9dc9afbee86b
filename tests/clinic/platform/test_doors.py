"""Every door of the application, tried by everyone.

A new route or action that does not say who may use it fails here. Who holds which permission is
held to WHO below, which is written by hand; what each route answers, to another table that is
(test_who_may_open.py).
"""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

import mooring.clinic
from mooring.clinic.actions import Actor
from mooring.clinic.doors import declared
from mooring.clinic.permissions import PERMISSIONS, Role
from tests.clinic.platform.routes import every_route
from tests.support.cast import PASSWORD
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db

CAST = ("alice", "bob", "charlie", "tara", "pat", "olga", "audrey", "ray")
CARE = {"alice", "bob", "tara"}
STAFF = CARE | {"olga", "audrey", "ray"}
WHO: dict[str, set[str]] = {
    "home.view": STAFF | {"pat"},
    "bedside_pin.set": STAFF,
    "today.view": CARE,
    "patient.view": CARE,
    "chart.break_glass": CARE,
    "chart.restrict": {"alice", "olga"},
    "chart.review": {"olga"},
    "patient.create": {"alice", "bob"},
    "identity.correct": {"alice", "bob"},
    "record.change": {"alice", "bob"},
    "record.import": {"alice", "bob", "olga"},
    "screening.view": CARE,
    "screening.answer": CARE,
    "screening.decide": {"alice"},
    "course.view": CARE,
    "course.start": {"alice"},
    "course.end": {"alice"},
    "order.sign": {"alice"},
    "order.withdraw": {"alice"},
    "vial.check": {"alice", "bob"},
    "prescription.view": CARE,
    "prescription.sign": {"alice"},
    "take_home.switch": {"olga"},
    "ladder.view": CARE,
    "ladder.start": {"alice"},
    "ladder.review": {"alice"},
    "comparison.view": CARE,
    "pharmacology.view": CARE,
    "consent.record": CARE,
    "therapy_visit.record": {"alice", "tara"},
    "session.view": CARE,
    "session.schedule": {"alice", "bob"},
    "session.record": {"alice", "bob"},
    "session.sign": {"alice", "bob"},
    "exposure.view": CARE,
    "watch.record": {"alice", "bob"},
    "watch.review": {"alice"},
    "measure.view": CARE,
    "measure.assign": CARE,
    "measure.answer": {"pat"},
    "task.view": CARE,
    "task.open": STAFF | {"pat"},
    "task.close": CARE,
    "suicidality.enter": CARE,
    "suicidality.open": {"alice"},
    "outcome.view": CARE,
    "program.view": {"alice", "olga", "ray"},
    "handbook.read": STAFF | {"pat"},
    "handbook.remark": STAFF | {"pat"},
    "handbook.view": STAFF,
    "handbook.edit": {"alice", "olga"},
    "audit.view": {"olga", "audrey"},
    "account.manage": {"olga"},
    "clinic.change": {"olga"},
    "own_chart.view": {"pat"},
}
WRITES = re.compile(r"objects\.(\w*create|update|delete)\w*\(|\.(save|delete)\((update_fields|\))")


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def keys(people) -> dict[str, object]:
    """Keys of rows that are there: a patient with a course, an order and a session."""
    session = session_for(people["pat"].patient, people["alice"])
    return {
        "patient_id": session.course.patient_id,
        "course_id": session.course_id,
        "order_id": session.order_id,
        "session_id": session.pk,
        "user_id": people["charlie"].pk,
    }


def entered(person: Any) -> Client:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_route_says_who_may_open_it():
    silent = [route.name for route in every_route() if route.door is None]
    assert silent == []


def test_every_public_or_closed_route_says_why():
    for route in every_route():
        reasons = [route.door.public, route.door.closed, getattr(route.view, "signed_in", None)]
        assert route.door.permission or any(reasons), route.name


def test_every_route_has_a_name_of_its_own():
    names = [route.name for route in every_route()]
    assert len(names) == len(set(names))


def test_the_table_of_permissions_is_the_one_written_here(people):
    held = {
        permission: {name for name, person in people.items() if person.roles & roles}
        for permission, roles in PERMISSIONS.items()
    }
    assert held == WHO


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_route_fails_on_a_method_it_does_not_know(people, keys, method):
    client = entered(people["alice"])
    answers = {
        route.name: getattr(client, method)(route.path(keys)).status_code
        for route in every_route()
        if route.name not in {"lock", "account_logout"}
    }
    assert {name: status for name, status in answers.items() if status >= 500} == {}


def test_a_post_without_the_form_s_token_is_refused_everywhere(people, keys):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["alice"], backend="django.contrib.auth.backends.ModelBackend")
    passed = [
        route.name
        for route in every_route()
        if not route.door.closed and client.post(route.path(keys)).status_code not in {403, 405}
    ]
    assert passed == []


def test_a_closed_account_opens_nothing_from_the_next_request_on(people):
    client = entered(people["bob"])
    assert client.get("/today/").status_code == 200
    people["bob"].is_active = False
    people["bob"].save()
    assert "/sign-in/login/" in client.get("/today/").url
    answer = client.post("/sign-in/login/", {"login": "bob", "password": PASSWORD})
    assert not answer.wsgi_request.user.is_authenticated


def test_a_role_taken_away_closes_its_doors_at_once(people):
    client = entered(people["bob"])
    assert client.get("/today/").status_code == 200
    people["bob"].assignments.all().delete()
    assert client.get("/today/").status_code == 403


def every_action() -> dict[str, Any]:
    """Each action of each slice's actions module."""
    found = {}
    for slice_ in iter_modules(mooring.clinic.__path__):
        with suppress(ModuleNotFoundError):
            module = import_module(f"mooring.clinic.{slice_.name}.actions")
            for word, function in vars(module).items():
                if hasattr(function, "permission"):
                    found[f"{slice_.name}.{word}"] = function
    return found


def test_no_view_writes_past_the_actions():
    """Where views live, no row is saved, made or deleted: that is what actions are for."""
    modules = {route.view.__module__ for route in every_route() if declared(route.view)}
    assert len(modules) >= 10
    writing = {
        f"{name}: {line.strip()}"
        for name in modules
        for line in inspect.getsource(import_module(name)).splitlines()
        if WRITES.search(line)
    }
    assert writing == set()


@pytest.mark.parametrize("name", CAST)
def test_an_action_refuses_whoever_lacks_its_permission_before_it_reads_anything(people, name):
    by = Actor(name=name, roles=people[name].roles, user=people[name])
    wrongly = []
    assert len(every_action()) >= 15
    for word, function in every_action().items():
        try:
            function(by)
        except PermissionDenied:
            refused = True
        except TypeError:  # it went on, and missed what it should work on
            refused = False
        if refused == (name in WHO[function.permission]):
            wrongly.append(word)
    assert wrongly == []


def test_every_role_is_in_the_cast(people):
    assert {role for person in people.values() for role in person.roles} == set(Role)
