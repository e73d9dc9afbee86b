"""The demonstration clinic, made small: what a newcomer is promised is there."""

from datetime import UTC, datetime

import pytest

from mooring.clinic.accounts.models import Clinic, User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.views import against_the_plan
from mooring.clinic.demo import LOGINS, build
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.handbook.models import Draft, Remark, Revision
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.interactions.reading import medication_list
from mooring.clinic.ladders.models import Ladder
from mooring.clinic.ladders.reading import others_given, steps_taken, where
from mooring.clinic.measures.models import Response
from mooring.clinic.people.models import Patient
from mooring.clinic.prescriptions.models import SignedPrescription
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.tasks.models import Task
from mooring.clinic.vials.models import VialCheck
from mooring.core.session.view import Phase

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
OTHER_KINDS = ("nasal_spray", "nasal_device", "injection", "by_mouth")
PEOPLE = 21
"""The fewest with an override: the fifth story of those over the year."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Build it and keep what it said on the way."""
    lines = []
    build(NOW, lines.append, count=PEOPLE)
    return lines


def todays_phases():
    today = TreatmentSession.objects.filter(scheduled_at__date=NOW.date()).order_by("scheduled_at")
    return [read_view(session, NOW).phase for session in today]


def test_a_clinic_a_year_and_everything_around_today(told):
    assert Clinic.objects.get().demonstration
    assert set(User.objects.values_list("username", flat=True)) == {who.username for who in LOGINS}
    assert Patient.objects.count() == PEOPLE
    assert all(
        number.startswith("DEMO-")
        for number in Patient.objects.values_list("identifier", flat=True)
    )
    assert told[0] == "November 2025"
    assert told[-1] == "November 2026"

    assert todays_phases() == [
        Phase.SIGNED,
        Phase.INFUSING,
        Phase.EXPECTED,
        Phase.EXPECTED,
    ]
    assert Task.objects.filter(closed_at=None, kind="self_harm_answer").count() == 1

    kinds = ScreeningDecision.objects.values_list("decision", "override")
    assert ("proceed", True) in kinds, "an override in favour"
    assert ("decline", True) in kinds, "an override against"
    assert ("decline", False) in kinds, "a decline with the findings"

    assert Response.objects.exists()
    watched = WatchEntry.objects.values("patient").distinct().count()
    assert 0 < watched < PEOPLE, "some are looked after, some are overdue"
    assert (
        AuditRow.objects.filter(action="sessions.record").count()
        + AuditRow.objects.filter(action="sessions.sign_off").count()
        == SessionEntry.objects.count()
    )
    assert not AuditRow.objects.filter(at__gt=NOW).exists()

    the_running_session_is_the_worked_example()
    every_route_of_the_demonstration_is_there()
    the_handbook_is_under_review()


def the_handbook_is_under_review():
    said = Remark.objects.order_by("written_at").values_list("kind", "role", "state")
    assert list(said) == [
        ("addition", "nurse", "accepted"),
        ("experience", "patient", "accepted"),
        ("addition", "therapist", "open"),
    ]
    changed = Revision.objects.get()
    assert changed.remark.kind == "addition"
    assert (changed.editor.username, changed.published_by.username) == ("marsh", "quist")
    assert Draft.objects.get(state="waiting").editor.username == "quist"
    assert "telephone number" in current().handbook.passages[changed.passage].patient


def the_running_session_is_the_worked_example():
    running = TreatmentSession.objects.get(started_at__isnull=False, ended_at=None)
    assert running.course.patient.name == "Harper, Alice"
    assert running.order.total_mg == 35
    assert running.order.written["weight"]["kg"] == "70"
    view = read_view(running, NOW)
    assert view.elapsed_seconds == 18 * 60 + 40
    assert (view.baseline.systolic, view.baseline.diastolic) == (120, 78)


def every_route_of_the_demonstration_is_there():
    given = TreatmentSession.objects.filter(signed_at__isnull=False, order__kind__in=OTHER_KINDS)
    assert set(given.values_list("order__kind", flat=True)) == set(OTHER_KINDS)
    assert not given.filter(stopped_early=True).exists()

    (today,) = TreatmentSession.objects.filter(
        scheduled_at__date=NOW.date(), order__kind="nasal_device"
    )
    course = against_the_plan(today.course, 0, NOW)["phased"]
    assert (course.done, course.week, course.departures) == (4, 3, ())

    ladder = Ladder.objects.get()
    steps, others = steps_taken(ladder, NOW), others_given(ladder, NOW)
    assert [step.session.order.total_mg for step in steps] == [10, 30]
    standing = where(ladder, steps, others, NOW)
    assert (standing.next_step, standing.holds) == (3, ())
    assert ladder.course.sessions.last().order.total_mg == 50

    verdicts = VialCheck.objects.values_list("verdict", flat=True)
    assert set(verdicts) == {"agrees", "differs"}
    voided, stands = SignedPrescription.objects.order_by("signed_at")
    assert voided.voiding.reason
    assert stands.voiding is None

    troches = TreatmentSession.objects.filter(order__route="sublingual").first().course.patient
    unread = [line.read.entry.text for line in medication_list(troches).listed.not_recognised]
    assert unread == ["evening drops from a market stall"]
