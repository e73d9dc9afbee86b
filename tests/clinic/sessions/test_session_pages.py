"""The pages around a session, asked for without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.usual import STOPPING
from tests.clinic.sessions.steps import (
    BASELINE,
    minute,
    planned,
    recovered,
    running,
    signature,
    signed_order,
    wrote,
)
from tests.support.behind import update_behind
from tests.support.clinical import half_a_milligram
from tests.support.clock import midday_in_the_clinic

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
BEDSIDE = ("session", "session_live", "session_chart", "session_record")
CARE = ("alice", "bob", "tara")
OTHERS = ("charlie", "olga", "audrey", "ray", "pat")


@pytest.fixture
def nurse(signed_in: SignedIn, bob: User) -> Client:
    """Bob's browser."""
    return signed_in(bob)


@pytest.mark.parametrize("name", CARE)
@pytest.mark.parametrize("page", BEDSIDE)
def test_care_staff_look_at_a_session(
    session: TreatmentSession, signed_in: SignedIn, page: str, name: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    client = signed_in(request.getfixturevalue(name))
    assert client.get(reverse(page, args=[session.pk])).status_code == 200


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("page", BEDSIDE)
def test_nobody_else_does(
    session: TreatmentSession, signed_in: SignedIn, page: str, name: str,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    client = signed_in(request.getfixturevalue(name))
    assert client.get(reverse(page, args=[session.pk])).status_code == 403


@pytest.mark.parametrize("page", ["session", "session_record"])
def test_opening_a_session_is_audited_as_opening_the_chart(
    nurse: Client, session: TreatmentSession, page: str
) -> None:
    nurse.get(reverse(page, args=[session.pk]))
    row = AuditRow.objects.filter(action="chart.opened", patient=session.patient_key).last()
    assert row is not None
    assert f'"detail":"{page}"' in row.body


def test_looking_again_by_itself_is_not_audited_each_time(
    nurse: Client, session: TreatmentSession
) -> None:
    nurse.get(reverse("session", args=[session.pk]))
    before = AuditRow.objects.count()
    nurse.get(reverse("session_live", args=[session.pk]))
    nurse.get(reverse("session_chart", args=[session.pk]))
    assert AuditRow.objects.count() == before


def test_a_banner_names_reading_rule_and_source(nurse: Client, order: Order, bob: User) -> None:
    midday_in_the_clinic()
    now = timezone.now()
    update_behind(Order.objects.all(), **half_a_milligram((now - timedelta(days=2)).date()))
    session = planned(order, bob, at=now)
    running(bob, session, now - timedelta(minutes=20))
    reading = {**BASELINE, "systolic": 165, "diastolic": 90}
    wrote(bob, session, now - timedelta(minutes=2), reading, now=now)
    page = nurse.get(reverse("session_live", args=[session.pk])).content.decode()
    assert "165/90 is +45 over baseline 120/78" in page
    assert reverse("policy", args=["stopping", "emory_s2"]) in page
    assert reverse("claim", args=["S2.44"]) in page


def test_text_from_a_nurse_is_shown_as_text(
    nurse: Client, session: TreatmentSession, bob: User
) -> None:
    wrote(bob, session, minute(0), {"kind": "note", "text": "<script>alert(1)</script>'\""})
    for page in ("session", "session_live", "session_record"):
        shown = nurse.get(reverse(page, args=[session.pk])).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_what_was_not_measured_is_drawn_hollow(nurse: Client, session: TreatmentSession) -> None:
    page = nurse.get(reverse("session", args=[session.pk])).content.decode()
    assert page.count("not measured") >= 4
    assert 'class="tile unknown"' in page


def test_the_list_tells_apart_what_is_planned_running_and_signed(
    nurse: Client, patient: Patient, alice: User, bob: User
) -> None:
    now = timezone.now()
    order = signed_order(patient, alice, at=now)
    planned(order, bob, at=now)
    planned(order, bob, at=now + timedelta(days=3))
    old = planned(order, bob, at=now - timedelta(days=2))
    update_behind(Order.objects.all(), **half_a_milligram((now - timedelta(days=2)).date()))
    running(bob, old, now - timedelta(days=2))
    page = nurse.get(reverse("sessions")).content.decode()
    open_now, today = page.index("Open now"), page.index("<h2>Today<")
    coming, past = page.index("To come"), page.index(">Past<")
    assert open_now < page.index("infusing", open_now) < today
    assert today < page.index("planned", today) < coming
    assert coming < page.index("planned", coming) < past
    assert "infusing" not in page[past:]


def test_planning_a_session_shows_the_usual_policies_chosen(
    nurse: Client, order: Order, bob: User
) -> None:
    url = reverse("session_new", args=[order.course_id])
    form = nurse.get(url).context["form"]
    assert [name for kind, name, _ in form.belonging if kind == "stopping"] == list(STOPPING)
    sent = {
        "order": str(order.pk), "scheduled_at": "2026-07-02T10:00", "room": "Room 1",
        "sitter": str(bob.pk),
    }  # fmt: skip
    answer = nurse.post(url, sent)
    assert answer.status_code == 302
    made = TreatmentSession.objects.get(course=order.course_id)
    assert (made.stopping, made.monitoring) == (list(STOPPING), "emory_q10")
    # 10:00 in London is 09:00 UTC in summer.
    assert made.scheduled_at.isoformat() == "2026-07-02T09:00:00+00:00"


def test_planning_asks_for_what_is_missing(nurse: Client, order: Order) -> None:
    answer = nurse.post(reverse("session_new", args=[order.course_id]), {"room": ""})
    assert answer.status_code == 422
    assert {"room", "sitter", "scheduled_at"} <= set(answer.context["form"].errors)


def test_an_order_of_another_course_cannot_be_planned(
    nurse: Client, order: Order, alice: User, patient: Patient
) -> None:
    other = signed_order(patient, alice)
    answer = nurse.post(reverse("session_new", args=[order.course_id]), {"order": str(other.pk)})
    assert "order" in answer.context["form"].errors


def test_a_course_without_an_order_says_so(nurse: Client, order: Order) -> None:
    Order.objects.update(withdrawn_at=minute(0), withdrawn_reason="Weight")
    page = nurse.get(reverse("session_new", args=[order.course_id])).content.decode()
    assert "no signed order" in page


def test_a_session_is_cancelled_with_its_reason(nurse: Client, session: TreatmentSession) -> None:
    url = reverse("session_cancel", args=[session.pk])
    assert nurse.post(url, {"reason": ""}).status_code == 422
    assert nurse.post(url, {"reason": "No escort"}).status_code == 302
    session.refresh_from_db()
    assert session.cancel_reason == "No escort"


@pytest.mark.parametrize("page", ["session_cancel", "session_new"])
def test_a_therapist_plans_and_cancels_nothing(
    session: TreatmentSession, signed_in: SignedIn, tara: User, page: str
) -> None:
    key = session.course_id if page == "session_new" else session.pk
    assert signed_in(tara).get(reverse(page, args=[key])).status_code == 403


def test_the_record_holds_every_entry_with_its_corrections(
    nurse: Client, session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    slip = wrote(bob, session, minute(10), {**BASELINE, "systolic": 231})
    fix = {
        "kind": "correction", "corrects": str(slip.pk), "reason": "Typing slip",
        "replacement": {**BASELINE, "systolic": 131},
    }  # fmt: skip
    wrote(bob, session, minute(11), fix)
    end = recovered(bob, session)
    wrote(bob, session, end, signature(bob))
    page = nurse.get(reverse("session_record", args=[session.pk])).content.decode()
    assert "<del>Blood pressure 231/78" in page
    assert "Corrected to: Blood pressure 131/78" in page
    assert "Typing slip" in page
    assert "as founding document S2 reports the Emory series (version 1)" in page
    assert "35 mg by rate and time" in page
    audited = AuditRow.objects.get(action="sessions.sign_off")
    assert f"Audit row {audited.sequence}, {audited.hash[:16]}" in page
    assert "<svg" in page


def test_the_next_day_rule_stands_where_it_is_acknowledged(
    nurse: Client, session: TreatmentSession
) -> None:
    page = nurse.get(reverse("session", args=[session.pk])).content.decode()
    panel = page.partition('id="panel-readiness"')[2].partition("</dialog>")[0]
    assert "Driving restriction acknowledged" in panel
    assert "not before the next day, after a restful sleep" in panel
    assert reverse("claim", args=["spravato-label.driving"]) in panel


@pytest.mark.parametrize("page", [*BEDSIDE, "sessions"])
def test_the_pages_speak_calmly(
    nurse: Client, session: TreatmentSession, bob: User, page: str
) -> None:
    running(bob, session)
    args = [] if page == "sessions" else [session.pk]
    said = nurse.get(reverse(page, args=args)).content.decode().lower()
    for word in ("error", "invalid", "discharge", "you should", "normal range"):
        assert word not in said
