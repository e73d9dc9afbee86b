"""Today on screen, as a page and as the fragment that keeps it current."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.clinic.courses.steps import decided, signed, started, weighed
from tests.clinic.sessions.steps import measured, planned, running

ADDRESSES = ("/today/", "/today/list/")


def text(response):
    """The page as words, with white space as one space."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def running_session(patient, alice, bob):
    """Infusing for 18 minutes by the real clock, with 165/90 just measured."""
    moment = timezone.now()
    decided(patient, alice, at=moment - timedelta(days=1))
    weighed(patient, at=moment - timedelta(days=1))
    course = started(patient, alice, now=moment - timedelta(days=1))
    order = signed(course, alice, now=moment - timedelta(days=1), line="1")
    session = planned(order, bob, at=moment - timedelta(minutes=20))
    running(bob, session, moment - timedelta(minutes=18, seconds=30))
    measured(bob, session, moment - timedelta(minutes=1), "165/90")
    return session


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("alice", 200),
        ("bob", 200),
        ("tara", 200),
        ("charlie", 403),
        ("olga", 403),
        ("audrey", 403),
        ("ray", 403),
        ("pat", 403),
    ],
)
def test_people_in_care_read_the_day(signed_in, request, address, name, status):
    assert signed_in(request.getfixturevalue(name)).get(address).status_code == status


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_written_here(signed_in, bob, address):
    assert signed_in(bob).post(address).status_code == 405


def test_the_day_names_the_drug_with_its_amount_and_route(signed_in, bob, running_session):
    """84 mg intranasal is a dose of esketamine and of racemic ketamine, and not the same one."""
    page = text(signed_in(bob).get("/today/"))
    assert "KETAmine (racemic) 35 mg, intravenous infusion over 40 min" in page


def test_an_empty_day_says_what_to_do(signed_in, bob):
    page = text(signed_in(bob).get("/today/"))
    assert "No session is planned for today." in page
    assert 'href="/patients/"' in page
    assert "Nothing waits for you." in page


def test_a_running_session_shows_its_rule_with_reading_and_source(signed_in, bob, running_session):
    page = text(signed_in(bob).get("/today/"))
    assert "infusing, 18 of 40 min" in page
    assert "165/90 is +45 over baseline 120/78" in page
    assert "/handbook/claims/S2.44/" in page
    assert f"/sessions/{running_session.pk}/" in page
    assert "Nobody else is expected today." in page


def test_the_fragment_is_the_list_alone(signed_in, bob, running_session):
    page = text(signed_in(bob).get("/today/list/", headers={"X-Mooring-Background": "1"}))
    assert "infusing, 18 of 40 min" in page
    assert "<html" not in page


def test_the_page_asks_for_its_list_in_the_background(signed_in, bob):
    page = text(signed_in(bob).get("/today/"))
    assert 'hx-get="/today/list/"' in page
    assert "every 30s" in page
    assert '{"X-Mooring-Background": "1"}' in page


def test_a_session_to_come_shows_its_checks(signed_in, bob, session, now):
    page = text(signed_in(bob).get("/today/"))
    for words in ("Marsh, Pat", "12 Mar 1981", "Room 2", "order 35 mg", "escort not named"):
        assert words in page
    assert 'class="state unknown"' in page


def test_no_state_on_the_page_is_shown_by_colour_alone(signed_in, bob, session):
    """Each state is a word in an element whose shape the style sheet draws."""
    import re

    page = text(signed_in(bob).get("/today/"))
    states = re.findall(r'<span class="state ([a-z]+)[^"]*">([^<]*)</span>', page)
    assert states
    assert all(kind and words.strip() for kind, words in states)
