"""Writing an order on screen: read back, bounded, signed, confirmed, withdrawn, printed."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import actions
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.second import SecondPerson
from tests.clinic.courses.steps import acting, decided, signed, started, weighed
from tests.support.cast import PASSWORD

TYPED = {
    "dose_value": "0.5",
    "dose_unit": "mg/kg",
    "over_minutes": "40",
    "concentration": "10",
}
HARD = {**TYPED, "dose_value": "1.1", "over_minutes": "90"}
CONFIRMED = {
    "second_username": "bob",
    "second_password": PASSWORD,
    "second_reason": "Reviewed together; anaesthetist in the house.",
}


def text(response):
    """The page as words, with white space as one space."""
    return html.unescape(" ".join(response.content.decode().split()))


@pytest.fixture
def today(patient, alice):
    """Pat's course, decided and weighed yesterday: pages take the time from the clock."""
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=1))
    return started(patient, alice, now=now)


@pytest.fixture
def prescriber(signed_in, alice):
    return signed_in(alice)


def preview(client, course, typed):
    return client.post(f"/courses/{course.pk}/orders/preview/", typed)


def read(client, course, typed):
    """What the page shows as read for what is typed."""
    found = re.search(
        r'name="read" value="([^"]*)"', preview(client, course, typed).content.decode()
    )
    return html.unescape(found.group(1)) if found else ""


def sign(client, course, typed, **more):
    """Type, read back, sign."""
    sent = {**typed, "read": read(client, course, typed), **more}
    return client.post(f"/courses/{course.pk}/orders/new/", sent)


# Reading it back


def test_the_worked_example_reads_as_one_sentence_with_its_arithmetic(prescriber, today):
    """0.5 mg/kg × 70 kg = 35 mg over 40 min; 3.5, 0.7 and 0.35 mL (evidence file §7.3)."""
    page = text(preview(prescriber, today, TYPED))
    assert "KETAmine (racemic) 0.5 mg/kg × 70 kg (weighed" in page
    assert "= 35 mg, intravenous infusion over 40 minutes" in page
    for step in (
        "0.5 mg/kg × 70 kg = 35 mg",
        "35 mg ÷ 40 min = 0.875 mg/min",
        "35 mg ÷ 10 mg/mL = 3.5 mL",
        "35 mg ÷ 50 mg/mL = 0.7 mL",
        "35 mg ÷ 100 mg/mL = 0.35 mL",
        "3.5 mL ÷ 40 min = 5.25 mL/h",
    ):
        assert step in page
    for volume in ("3.5 mL of 10 mg/mL", "0.7 mL of 50 mg/mL", "0.35 mL of 100 mg/mL"):
        assert f"<strong>{volume}</strong>" in page
    assert "Inside the bounds of “Racemic ketamine by intravenous infusion”" in page


def test_the_chosen_strength_is_marked_in_words(prescriber, today):
    page = text(preview(prescriber, today, {**TYPED, "concentration": "50"}))
    assert page.count("goes into the line</span>") == 1
    assert "filled to 0.7 mL with 50 mg/mL, goes into the line" in page


def test_a_dilution_is_drawn_beside_the_three_strengths(prescriber, today):
    page = text(preview(prescriber, today, {**TYPED, "concentration": "1"}))
    assert "35 mL of 1 mg/mL" in page
    assert "3.5 mL of 10 mg/mL" in page
    assert "35 mL ÷ 40 min = 52.5 mL/h" in page


def test_the_bounds_cite_their_claims(prescriber, today):
    page = text(preview(prescriber, today, TYPED))
    for claim in ("S2.55", "S2.56"):
        assert f"/handbook/claims/{claim}/" in page


def test_an_unfinished_order_says_what_is_still_open(prescriber, today):
    page = text(preview(prescriber, today, {"dose_value": "0,5"}))
    assert "a plain number with a point, for example 0.5" in page
    assert "Choose mg/kg or mg." in page
    assert 'name="read"' not in page


@pytest.mark.parametrize("value", ["0", "-1", "abc", "1e9", "NaN", "0.555", "9999999999"])
def test_a_dose_that_is_no_dose_is_never_read_back(prescriber, today, value):
    response = preview(prescriber, today, {**TYPED, "dose_value": value})
    assert response.status_code == 200
    assert 'name="read"' not in text(response)


def test_looking_keeps_nothing(prescriber, today):
    preview(prescriber, today, TYPED)
    page = text(prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "look": "1"}))
    assert "0.5 mg/kg × 70 kg = 35 mg" in page
    assert not Order.objects.exists()


def test_the_page_is_empty_of_amounts_before_anything_is_typed(prescriber, today):
    page = text(prescriber.get(f"/courses/{today.pk}/orders/new/"))
    assert "KETAmine (racemic)" in page
    assert "intravenous infusion" in page
    assert " checked" not in page
    assert "mg ÷" not in page


def test_pounds_that_were_taken_for_kilograms_are_doubted_on_screen(prescriber, today, patient):
    weighed(patient, "154.3", at=timezone.now())
    assert "is it in pounds?" in text(preview(prescriber, today, TYPED))


# Signing


def test_an_order_is_signed_as_it_was_read(prescriber, today):
    response = sign(prescriber, today, TYPED)
    order = Order.objects.get()
    assert response.headers["Location"] == f"/courses/orders/{order.pk}/"
    assert (order.total_mg, order.signed_by.username) == (35, "alice")


@pytest.mark.parametrize("changed", [{"dose_value": "0.4"}, {"over_minutes": "60"}])
def test_what_was_not_read_is_not_signed(prescriber, today, changed):
    seen = read(prescriber, today, TYPED)
    response = prescriber.post(
        f"/courses/{today.pk}/orders/new/", {**TYPED, **changed, "read": seen}
    )
    assert response.status_code == 422
    assert "Read the order as it stands here now" in text(response)
    assert not Order.objects.exists()


def test_a_weight_that_arrives_between_reading_and_signing_stops_the_signature(
    prescriber, today, patient
):
    seen = read(prescriber, today, TYPED)
    weighed(patient, "75", at=timezone.now())
    response = prescriber.post(f"/courses/{today.pk}/orders/new/", {**TYPED, "read": seen})
    assert response.status_code == 422
    assert "0.5 mg/kg × 75 kg = 37.5 mg" in text(response)
    assert not Order.objects.exists()


def test_without_scripts_the_first_press_reads_back_and_the_second_signs(prescriber, today):
    address = f"/courses/{today.pk}/orders/new/"
    first = prescriber.post(address, TYPED)
    assert "0.5 mg/kg × 70 kg = 35 mg" in text(first)
    seen = html.unescape(re.search(r'name="read" value="([^"]*)"', first.content.decode())[1])
    assert prescriber.post(address, {**TYPED, "read": seen}).status_code == 302
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dose_value": "5", "over_minutes": "400"}, "more than this policy ever accepts"),
        ({"concentration": "100"}, "undiluted"),
    ],
)
def test_what_is_refused_says_why_and_offers_no_signature(prescriber, today, bob, typed, words):
    page = text(preview(prescriber, today, {**TYPED, **typed}))
    assert "Cannot be signed, whoever confirms it" in page
    assert words in page
    assert "signable" not in page
    response = sign(prescriber, today, {**TYPED, **typed}, **CONFIRMED)
    assert response.status_code == 422
    assert words in text(response)
    assert not Order.objects.exists()


def test_a_weight_older_than_90_days_holds_and_leads_to_a_new_one(prescriber, patient, alice):
    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now - timedelta(days=91))
    course = started(patient, alice, now=now)
    page = text(prescriber.get(f"/courses/{course.pk}/orders/new/"))
    assert "weigh again" in page
    assert f"/patients/{patient.id}/add/measurement/" in page
    assert "On hold" in text(preview(prescriber, course, TYPED))
    assert sign(prescriber, course, TYPED).status_code == 422
    weighed(patient, at=now)
    assert sign(prescriber, course, TYPED).status_code == 302


def test_without_a_weight_a_dose_by_weight_shows_no_amount(prescriber, patient, alice):
    now = timezone.now()
    decided(patient, alice, at=now)
    course = started(patient, alice, now=now)
    page = text(preview(prescriber, course, TYPED))
    assert "(no weight recorded)" in page
    assert "mg ÷" not in page
    assert sign(prescriber, course, TYPED).status_code == 422


# The hard stop


def test_a_hard_stop_shows_the_second_person_s_part(prescriber, today):
    page = text(preview(prescriber, today, HARD))
    assert "Hard stop" in page
    assert "needs-second" in page
    assert "1.1 mg/kg is above 1 mg/kg" in page


def test_a_hard_stop_without_a_second_person_is_refused(prescriber, today, bob):
    response = sign(prescriber, today, HARD)
    assert response.status_code == 422
    assert "The second person types their own." in text(response)
    assert not Order.objects.exists()


def test_a_hard_stop_with_the_prescriber_s_own_name_is_refused(prescriber, today, alice):
    response = sign(prescriber, today, HARD, **{**CONFIRMED, "second_username": "alice"})
    assert response.status_code == 422
    assert "Someone other than you" in text(response)
    assert not Order.objects.exists()


def test_the_prescriber_s_own_name_in_capitals_is_no_second_person(prescriber, today, alice):
    assert (
        sign(prescriber, today, HARD, **{**CONFIRMED, "second_username": "ALICE"}).status_code
        == 422
    )
    assert not Order.objects.exists()


def test_a_hard_stop_with_a_wrong_password_is_refused(prescriber, today, bob):
    response = sign(prescriber, today, HARD, **{**CONFIRMED, "second_password": "wrong"})
    assert response.status_code == 422
    assert "do not belong together" in text(response)
    assert not Order.objects.exists()


@pytest.mark.parametrize("name", ["tara", "charlie", "olga"])
def test_only_a_prescriber_or_nurse_confirms_on_screen(prescriber, today, request, name):
    other = request.getfixturevalue(name)
    response = sign(prescriber, today, HARD, **{**CONFIRMED, "second_username": other.username})
    assert response.status_code == 422
    assert "a prescriber or a nurse" in text(response)
    assert not Order.objects.exists()


def test_a_person_whose_access_ended_confirms_nothing(prescriber, today, bob):
    bob.is_active = False
    bob.save()
    assert sign(prescriber, today, HARD, **CONFIRMED).status_code == 422
    assert not Order.objects.exists()


def test_a_hard_stop_needs_a_reason_on_screen(prescriber, today, bob):
    response = sign(prescriber, today, HARD, **{**CONFIRMED, "second_reason": "  "})
    assert response.status_code == 422
    assert not Order.objects.exists()


def test_another_person_with_their_own_password_and_a_reason_opens_it(prescriber, today, bob):
    assert sign(prescriber, today, HARD, **CONFIRMED).status_code == 302
    order = Order.objects.get()
    assert (order.signed_by.username, order.second_person) == ("alice", bob)
    page = text(prescriber.get(f"/courses/orders/{order.pk}/"))
    assert "B. Okafor, RN, with their own password" in page
    assert CONFIRMED["second_reason"] in page


def test_confirming_signs_nobody_in_or_out(prescriber, today, bob, alice):
    sign(prescriber, today, HARD, **CONFIRMED)
    assert prescriber.session["_auth_user_id"] == str(alice.pk)


def test_the_password_is_never_sent_back(prescriber, today, bob):
    response = sign(prescriber, today, HARD, **{**CONFIRMED, "second_reason": ""})
    assert PASSWORD not in text(response)


def test_guessing_a_colleague_s_password_locks_and_keeps_what_was_typed(prescriber, today, bob):
    wrong = {**CONFIRMED, "second_password": "wrong"}
    for _ in range(5):
        response = sign(prescriber, today, HARD, **wrong)
        assert response.status_code == 422
    response = sign(prescriber, today, HARD, **CONFIRMED)
    assert "Too many tries" in text(response)
    assert 'value="1.1"' in text(response)
    assert not Order.objects.exists()


def test_within_the_bounds_the_second_person_s_fields_are_not_looked_at(prescriber, today):
    assert sign(prescriber, today, TYPED, second_username="nobody").status_code == 302
    assert Order.objects.get().second_person is None


# The signed order


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
        f"row {row.sequence}, {row.hash[:12]}",
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
    from mooring.clinic.actions import RefusedError
    from mooring.clinic.sessions.actions import schedule

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
