"""A hard stop on screen: another person, their own password, a reason."""

from __future__ import annotations

import pytest

from mooring.clinic.courses.models import Order
from tests.clinic.courses.screen import CONFIRMED, HARD, TYPED, preview, sign, text
from tests.support.cast import PASSWORD


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
