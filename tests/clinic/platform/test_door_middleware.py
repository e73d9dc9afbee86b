"""A view that says nothing is closed, whoever asks."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mooring.clinic.doors import THIRD_PARTY, allow, declared, public, signed_in
from mooring.clinic.urls import urlpatterns as real

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def silent(request: HttpRequest) -> HttpResponse:
    """A view whose author forgot to say who may open it."""
    return HttpResponse("open to all")


@allow("order.sign")
def for_prescribers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@signed_in("a test")
def for_everyone_inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@public("a test")
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


urlpatterns = [
    path("silent/", silent, name="silent"),
    path("prescribers/", for_prescribers, name="prescribers"),
    path("inside/", for_everyone_inside, name="inside"),
    path("all/", for_all, name="all"),
    *real,
]


def test_a_view_that_declares_nothing_is_not_there(client, alice, signed_in):
    assert not declared(silent)
    assert client.get("/silent/").status_code == 404
    assert signed_in(alice).get("/silent/").status_code == 404


def test_a_permission_opens_for_its_roles_only(client, alice, bob, signed_in):
    assert client.get("/prescribers/").url == "/sign-in/login/?next=/prescribers/"
    assert signed_in(alice).get("/prescribers/").content == b"in"
    assert signed_in(bob).get("/prescribers/").status_code == 403


def test_signed_in_opens_for_whoever_is(client, charlie, signed_in):
    assert client.get("/inside/").url == "/sign-in/login/?next=/inside/"
    assert signed_in(charlie).get("/inside/").content == b"in"


def test_public_opens_for_all(client, clinic_row):
    assert client.get("/all/").content == b"in"


def test_a_closed_door_does_not_say_what_is_behind_it(bob, signed_in):
    page = signed_in(bob).get("/prescribers/").content.decode()
    assert "order.sign" not in page


def test_an_unknown_permission_is_refused_when_it_is_declared():
    with pytest.raises(KeyError, match="is not in"):
        allow("everything.do")


def test_every_third_party_door_is_exactly_one_of_three():
    for name, door in THIRD_PARTY.items():
        assert sum(map(bool, (door.permission, door.public, door.closed))) == 1, name
