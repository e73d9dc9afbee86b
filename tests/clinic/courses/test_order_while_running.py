"""An order for a patient whose session is open needs a reason, and changes nothing that runs."""

from datetime import timedelta

import pytest

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import actions
from mooring.clinic.sessions.log import read_view
from mooring.core.quantities import MilligramsPerMillilitre
from tests.clinic.courses.steps import NOVEMBER_5, acting, signed, written
from tests.clinic.sessions.steps import planned, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way(course, alice, bob):
    """A session that started twenty minutes ago."""
    order = signed(course, alice, line="1")
    session = planned(order, bob, NOVEMBER_5)
    running(bob, session, NOVEMBER_5)
    session.refresh_from_db()
    return session


def sign(course, by, **more):
    return actions.sign_order(
        acting(by), course=course, order=written(course.patient),
        concentration=MilligramsPerMillilitre("1"), now=NOVEMBER_5 + timedelta(minutes=20), **more,
    )  # fmt: skip


def test_it_asks_the_prescriber_why(course, alice, under_way):
    with pytest.raises(RefusedError, match="Say why"):
        sign(course, alice)


def test_with_a_reason_it_is_signed_and_the_reason_kept(course, alice, under_way):
    before = read_view(under_way, NOVEMBER_5 + timedelta(minutes=20))
    made = sign(course, alice, reason="For the next session, at the same dose")
    assert made.reason == "For the next session, at the same dose"
    rules = [finding["rule"] for finding in made.findings["findings"]]
    assert "session_running" in rules
    assert read_view(under_way, NOVEMBER_5 + timedelta(minutes=20)) == before
    under_way.refresh_from_db()
    assert under_way.order_id != made.pk


def test_without_an_open_session_nothing_is_asked(course, alice):
    assert signed(course, alice, line="1").reason == ""
