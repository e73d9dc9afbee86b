"""The interview: answers are added, never replaced, and none is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.actions import answer
from mooring.clinic.screening.models import InterviewAnswer
from tests.clinic.screening.steps import (
    actor,
)

SignIn = Callable[[User], Client]


def test_an_answer_is_kept_with_who_and_when_and_never_replaced(
    signed_in: SignIn, tara: User, bob: User, patient: Patient
) -> None:
    address = reverse("screening_answer", args=[patient.pk])
    signed_in(tara).post(address, {"answer.stroke": "no"})
    signed_in(bob).post(address, {"answer.stroke": "yes", "detail.stroke.yes": "in 2019"})
    newest, oldest = InterviewAnswer.objects.all()
    assert (newest.value, newest.detail, newest.answered_by) == ("yes", "in 2019", "B. Okafor")
    assert (oldest.value, oldest.answered_by) == ("no", "T. Nakamura")
    told = html.unescape(signed_in(bob).get(address).content.decode())
    assert re.search(r"Yes \(in 2019\), B\. Okafor, \d+ \w+ \d{4}", told)
    assert "All answers: 2" in told
    assert AuditRow.objects.filter(action="screening.answer").count() == 2


def test_an_answer_that_stands_is_not_written_again(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    address = reverse("screening_answer", args=[patient.pk])
    for _ in range(2):
        signed_in(bob).post(address, {"answer.stroke": "no"})
    assert InterviewAnswer.objects.count() == 1


def test_an_answer_that_has_grown_old_is_asked_again_and_written_again(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    InterviewAnswer.objects.create(
        patient=patient,
        question="suicidality",
        value="none",
        answered_at=timezone.now() - timedelta(days=15),
        answered_by="B. Okafor",
    )
    address = reverse("screening_answer", args=[patient.pk])
    told = signed_in(bob).get(address).content.decode()
    assert "asked again after 14 days" in told
    assert 'name="answer.suicidality" value="none" checked' not in told
    signed_in(bob).post(address, {"answer.suicidality": "none"})
    assert InterviewAnswer.objects.count() == 2


def test_what_cannot_be_saved_does_not_hold_up_the_rest_and_is_not_lost(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    page = signed_in(bob).post(
        reverse("screening_answer", args=[patient.pk]),
        {"answer.stroke": "yes", "detail.stroke.yes": " ", "answer.thyroid": "none"},
    )
    told = html.unescape(page.content.decode())
    assert page.status_code == 409
    assert "1 not saved yet; the rest is saved" in told
    assert "'Yes' needs a few words: When?" in told
    assert 'name="answer.stroke" value="yes" checked' in told
    assert [row.question for row in InterviewAnswer.objects.all()] == ["thyroid"]


@pytest.mark.parametrize(
    ("values", "saved"),
    [
        ({}, 0),
        ({"answer.stroke": ""}, 0),
        ({"answer.stroke": "banana"}, 0),
        ({"answer.stroke": "no\x00"}, 0),
        ({"answer.nothing": "yes"}, 0),
        ({"answer.stroke": "yes", "detail.stroke.yes": "a\u202eb"}, 0),
        ({"answer.stroke": "yes", "detail.stroke.yes": "a\x00b"}, 0),
        ({"answer.stroke": "yes", "detail.stroke.yes": "x" * 2001}, 0),
        ({"answer.stroke": "yes", "detail.stroke.no": "elsewhere"}, 0),
        (
            {
                "answer.other-substance-use": "in-remission",
                "detail.other-substance-use.in-remission": "NaN",
            },
            0,
        ),
        (
            {
                "answer.other-substance-use": "in-remission",
                "detail.other-substance-use.in-remission": "18",
            },
            1,
        ),
        ({"answer.stroke": "yes", "detail.stroke.yes": "x" * 2000}, 1),
    ],
)
def test_only_answers_that_can_be_used_are_kept(
    values: dict[str, str], saved: int, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    page = signed_in(bob).post(reverse("screening_answer", args=[patient.pk]), values)
    assert page.status_code in (302, 409)
    assert InterviewAnswer.objects.count() == saved


def test_an_answer_without_its_reason_is_refused(bob: User, patient: Patient) -> None:
    with pytest.raises(RefusedError, match="needs a few words"):
        answer(
            actor(bob),
            patient=patient,
            question="stroke",
            value="not-obtainable",
            now=timezone.now(),
        )
