"""The signed order: what it carries, who reads it, how it is withdrawn."""

from __future__ import annotations

import pytest
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import actions
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.sessions.actions import schedule
from tests.clinic.courses.screen import TYPED, preview, sign, text
from tests.clinic.courses.steps import acting, signed


@pytest.fixture
def order(today, alice):
    return signed(today, alice, now=timezone.now())


def test_the_signed_order_carries_identifiers_arithmetic_signature_and_audit(prescriber, order):
    page = text(prescriber.get(f"/courses/orders/{order.pk}/"))
    row = AuditRow.objects.get(action="courses.sign_order")
    for part in (
        "Marsh, Pat",
        "12 Mar 1981",
        "H-0001",
        "0.5 mg/kg × 70 kg = 35 mg",
        "A. Lindqvist, MD",
        f"Audit row {row.sequence}, {row.hash[:12]}",
        str(order.pk),
    ):
        assert part in page
    assert row.hash not in page


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 200), ("bob", 200), ("tara", 200), ("charlie", 403), ("audrey", 403), ("pat", 403)],
)
def test_people_in_care_read_the_order(signed_in, request, order, name, status):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(f"/courses/orders/{order.pk}/").status_code == status


def test_a_session_is_offered_to_those_who_may_plan_one(signed_in, alice, bob, tara, order):
    pages = {
        user.username: text(signed_in(user).get(f"/courses/orders/{order.pk}/"))
        for user in (alice, bob, tara)
    }
    assert [name for name, page in pages.items() if "Schedule a session" in page] == [
        "alice",
        "bob",
    ]


@pytest.mark.parametrize("name", ["bob", "tara", "charlie", "olga", "pat"])
def test_only_a_prescriber_writes_orders(signed_in, request, today, name):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(f"/courses/{today.pk}/orders/new/").status_code == 403
    assert preview(client, today, TYPED).status_code == 403
    assert client.post(f"/courses/{today.pk}/orders/new/", TYPED).status_code == 403
    assert not Order.objects.exists()


def test_there_is_no_way_to_edit_a_signed_order(prescriber, order):
    assert prescriber.post(f"/courses/orders/{order.pk}/", TYPED).status_code == 405


def test_withdrawing_takes_a_reason_and_marks_the_order(prescriber, order):
    address = f"/courses/orders/{order.pk}/withdraw/"
    assert prescriber.post(address, {"reason": ""}).status_code == 422
    assert prescriber.post(address, {"reason": "Weighed anew."}).status_code == 302
    page = text(prescriber.get(f"/courses/orders/{order.pk}/"))
    assert "not to be given" in page
    assert "Weighed anew." in page
    assert "Schedule a session" not in page


def test_a_nurse_withdraws_nothing(signed_in, bob, order):
    address = f"/courses/orders/{order.pk}/withdraw/"
    assert signed_in(bob).post(address, {"reason": "x"}).status_code == 403
    order.refresh_from_db()
    assert order.withdrawn_at is None


def test_no_session_is_planned_under_a_withdrawn_order(order, alice, bob):
    now = timezone.now()
    actions.withdraw_order(acting(alice), order=order, reason="Weighed anew.", now=now)
    order.refresh_from_db()
    with pytest.raises(RefusedError, match="withdrawn"):
        schedule(acting(bob), order=order, scheduled_at=now, room="1", sitter=bob, now=now)


def test_an_order_that_stands_is_named_while_another_is_written(prescriber, today, order):
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert "An order stands already" in page
    actions.withdraw_order(acting(order.signed_by), order=order, reason="Typo.", now=timezone.now())
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert "An order stands already" not in page


def test_an_order_of_a_course_that_has_ended_says_so(prescriber, today, order, alice):
    actions.end_course(acting(alice), course=today, reason="Done.", now=timezone.now())
    page = text(prescriber.get(f"/courses/orders/{order.pk}/"))
    assert "can no longer be used" in page
    assert "has ended" in text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert sign(prescriber, today, TYPED).status_code == 422


def test_a_finding_is_kept_as_it_stood_at_the_signature(prescriber, today, alice, bob):
    order = signed(
        today,
        alice,
        now=timezone.now(),
        dose="1.1",
        minutes="90",
        second=SecondPerson(bob, "Reviewed."),
    )
    page = text(prescriber.get(f"/courses/orders/{order.pk}/"))
    assert "What the bounds said when it was signed" in page
    assert "1.1 mg/kg is above 1 mg/kg, the highest dose of this policy." in page
