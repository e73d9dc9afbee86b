"""D29 and D30: nobody is booked, called or reviewed for more by the program."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mooring.clinic.courses.models import Order
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.tasks.models import Task
from tests.clinic.sessions.steps import recovered, running, signature, wrote

pytestmark = pytest.mark.django_db


def test_after_a_session_nothing_more_is_planned(session, signed_in, alice, bob):
    running(bob, session)
    end = recovered(bob, session)
    wrote(bob, session, end, signature(bob))
    assert TreatmentSession.objects.count() == 1
    assert Order.objects.count() == 1
    assert not Task.objects.exists()
    course = signed_in(alice).get(f"/courses/{session.course_id}/").content.decode().lower()
    assert "review" not in course
    ending = signed_in(alice).get(reverse("course_end", args=[session.course_id]))
    assert "review" not in ending.content.decode().lower()
