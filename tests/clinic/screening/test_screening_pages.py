"""Screening: the interview, the findings, and a decision that is about what was shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.models import BloodPressure, Condition, Measurement, Patient
from mooring.clinic.people.record import clinic_day
from mooring.clinic.screening.actions import answer, decide
from mooring.clinic.screening.models import InterviewAnswer, ScreeningDecision
from mooring.clinic.screening.standing import fingerprint, screen
from mooring.core.protocols.screening import Tier

SignIn = Callable[[User], Client]

# One answer a question with which nothing of the interview holds.
NOTHING_HOLDS = {
    "pregnancy": "no-test-negative",
    "breastfeeding": "no",
    "ketamine-allergy": "never",
    "psychosis": "never",
    "family-psychosis": "no",
    "mania": "never",
    "suicidality": "none",
    "heart-disease": "none",
    "aneurysm-avm-haemorrhage": "no",
    "stroke": "no",
    "hypertension": "none",
    "liver-disease": "none",
    "thyroid": "none",
    "ketamine-misuse": "never",
    "other-substance-use": "none",
    "withdrawal-risk": "no",
    "severe-dissociation": "no",
    "personality-disorder": "no",
    "antidepressant-trials": "2",
}


def actor(user: User) -> Actor:
    return Actor(name=str(user), roles=user.roles, user=user)


def measured(patient: Patient, systolic: int = 122, diastolic: int = 78) -> None:
    """A weight and a blood pressure of today."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "patient": patient,
        "taken_at": now,
        "origin": "a test",
        "recorded_at": now,
    }
    Measurement.objects.create(code="weight", value=70, unit="kg", **facts)
    BloodPressure.objects.create(systolic=systolic, diastolic=diastolic, **facts)


def answered(patient: Patient, by: User, **changes: str) -> None:
    """The whole interview, with nothing that holds but for the changes."""
    values = {**NOTHING_HOLDS, **{name.replace("_", "-"): v for name, v in changes.items()}}
    for question, value in values.items():
        answer(
            actor(by),
            patient=patient,
            question=question,
            value=value,
            detail="in words",
            now=timezone.now(),
        )


def shown(client: Client, patient: Patient) -> str:
    page = client.get(reverse("screening", args=[patient.pk]))
    assert page.status_code == 200
    return html.unescape(page.content.decode())


def seen_in(told: str) -> str:
    found = re.search(r'name="seen" value="(\w{64})"', told)
    assert found is not None
    return found[1]


def sign(client: Client, patient: Patient, signed: str, **changes: str) -> tuple[int, str]:
    """Open the page, sign what is on it; the status and page that come back."""
    seen = seen_in(shown(client, patient))
    values = {"decision": signed, "reason": "Discussed.", "seen": seen, **changes}
    page = client.post(reverse("screening_decide", args=[patient.pk]), values)
    return page.status_code, html.unescape(page.content.decode())


@pytest.mark.parametrize("door", ["screening", "screening_answer", "screening_decide"])
@pytest.mark.parametrize("who", ["charlie", "olga", "audrey", "ray", "pat"])
def test_who_has_no_part_in_care_sees_no_screening(
    door: str, who: str, signed_in: SignIn, patient: Patient, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    for page in (
        client.get(reverse(door, args=[patient.pk])),
        client.post(reverse(door, args=[patient.pk])),
    ):
        assert page.status_code in (403, 405)
        assert b"H-0001" not in page.content


@pytest.mark.parametrize("who", ["bob", "tara"])
def test_only_a_prescriber_decides(
    who: str, signed_in: SignIn, patient: Patient, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    client = signed_in(user)
    assert "A prescriber decides." in shown(client, patient)
    values = {"decision": "decline", "reason": "x", "seen": "x"}
    assert client.post(reverse("screening_decide", args=[patient.pk]), values).status_code == 403
    with pytest.raises(PermissionDenied):
        decide(
            actor(user),
            patient=patient,
            decision="decline",
            reason="x",
            seen="",
            now=timezone.now(),
        )


def test_an_empty_chart_cannot_start_and_says_what_is_missing(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    told = shown(signed_in(alice), patient)
    # 19 questions, a blood pressure and a weight
    assert "Cannot start: 21 unanswered" in told
    assert "Not answered: Is the patient pregnant?" in told
    assert f"{reverse('screening_answer', args=[patient.pk])}#q-pregnancy" in told
    assert reverse("record_add", args=[patient.pk, "blood_pressure"]) in told


def test_each_finding_shows_what_triggered_it_its_claims_and_the_other_side(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    Condition.objects.create(
        patient=patient,
        system="http://snomed.info/sct",
        code="38341003",
        text="Hypertension",
        status="active",
        since=date(2005, 7, 29),
        origin="import Liz.json",
        recorded_at=timezone.now(),
    )
    told = shown(signed_in(alice), patient)
    assert "Hypertension, active since 29 Jul 2005 (import Liz.json)" in told
    assert reverse("claim", args=["S5.17"]) in told
    assert "The other side" in told
    assert reverse("disagreement", args=["D14"]) in told
    order = [
        told.index(words) for words in ("Cannot start", "Needs evaluation:", "Not answered or")
    ]
    assert order == sorted(order)
    assert told.index('id="decision"') > max(order)


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


def test_going_on_where_nothing_holds_is_a_plain_decision(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    measured(patient)
    answered(patient, alice)
    client = signed_in(alice)
    assert "Nothing holds" in shown(client, patient)
    assert sign(client, patient, "proceed")[0] == 302
    decision = ScreeningDecision.objects.get()
    assert (decision.decision, decision.override, decision.reason) == (
        "proceed",
        False,
        "Discussed.",
    )
    assert (decision.policy, decision.decided_by) == ("iv_ketamine", alice)
    assert decision.verdict.startswith("Nothing holds")
    assert "Override" not in shown(client, patient)


def test_going_on_while_something_is_missing_is_refused(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    answered(patient, alice)  # no blood pressure, no weight
    status, told = sign(signed_in(alice), patient, "proceed")
    assert status == 409
    assert "Going on has to wait" in told
    assert "Discussed." in told, "what was typed is not lost"
    assert not ScreeningDecision.objects.exists()


def test_not_obtainable_with_a_reason_turns_missing_into_needs_evaluation(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    measured(patient)
    answered(patient, alice, thyroid="not-obtainable")
    client = signed_in(alice)
    assert "Cannot start: 1 needs evaluation" in shown(client, patient)
    assert sign(client, patient, "proceed")[0] == 302
    assert ScreeningDecision.objects.get().override is True


def test_going_on_against_a_blocking_finding_is_an_override_for_ever_after(
    signed_in: SignIn, alice: User, bob: User, patient: Patient
) -> None:
    measured(patient)
    answered(patient, alice, pregnancy="yes")
    client = signed_in(alice)
    sign(client, patient, "proceed", reason="Life is in danger.")
    decision = ScreeningDecision.objects.get()
    assert decision.override is True
    (finding,) = [one for one in decision.findings if one["tier"] == "block"]
    assert (finding["rule"], "pregnant" in finding["triggers"][0]["text"]) == ("pregnant", True)
    answer(
        actor(alice),
        patient=patient,
        question="pregnancy",
        value="no-test-negative",
        now=timezone.now(),
    )
    sign(client, patient, "proceed")
    assert [one.override for one in ScreeningDecision.objects.all()] == [False, True]
    for address in ("screening", "patient"):
        told = html.unescape(
            signed_in(bob).get(reverse(address, args=[patient.pk])).content.decode()
        )
        assert "Override: go on to a course, against the findings" in told
        assert "Life is in danger." in told
        assert "A. Lindqvist" in told


def test_declining_although_nothing_holds_is_an_override_too(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    measured(patient)
    answered(patient, alice)
    sign(signed_in(alice), patient, "decline")
    assert ScreeningDecision.objects.get().override is True


@pytest.mark.parametrize("decision", ["decline", "evaluate"])
def test_holding_back_while_something_holds_is_no_override(
    decision: str, signed_in: SignIn, alice: User, patient: Patient
) -> None:
    sign(signed_in(alice), patient, decision)
    assert ScreeningDecision.objects.get().override is False


def test_a_decision_about_findings_that_have_changed_is_refused_and_shown_anew(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    measured(patient)
    answered(patient, alice)
    client = signed_in(alice)
    seen = seen_in(shown(client, patient))
    answered(patient, alice, stroke="yes")
    status, told = sign(client, patient, "proceed", seen=seen)
    assert status == 409
    assert "The findings changed since this page was opened" in told
    assert "1 needs evaluation" in told
    assert not ScreeningDecision.objects.exists()
    values = {"decision": "proceed", "reason": "Read again.", "seen": seen_in(told)}
    client.post(reverse("screening_decide", args=[patient.pk]), values)
    assert ScreeningDecision.objects.get().override is True


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "This field is required"),
        ({"reason": "  \n "}, "This field is required"),
        ({"reason": "a\u202eb"}, "without control or direction"),
        ({"reason": "a\x00b"}, "ontrol"),
        ({"reason": "x" * 4001}, "at most 4000"),
        ({"decision": ""}, "This field is required"),
        ({"decision": "cure"}, "Select a valid choice"),
        ({"seen": ""}, "The findings changed"),
        ({"seen": "x" * 65}, "The findings changed"),
        ({"seen": "x\x00"}, "Cannot start: 21 unanswered"),
    ],
)
def test_a_decision_that_cannot_be_signed_says_why(
    changes: dict[str, str], words: str, signed_in: SignIn, alice: User, patient: Patient
) -> None:
    status, told = sign(signed_in(alice), patient, "decline", **changes)
    assert status == 409
    assert words in told
    assert not ScreeningDecision.objects.exists()


def test_the_command_line_signs_nothing(patient: Patient) -> None:
    now = timezone.now()
    seen = fingerprint(screen(patient, clinic_day(now)))
    with pytest.raises(RefusedError, match="name of a person"):
        decide(command("test"), patient=patient, decision="decline", reason="x", seen=seen, now=now)


def test_the_fingerprint_follows_the_findings(patient: Patient, alice: User) -> None:
    day = date(2026, 3, 2)
    before = fingerprint(screen(patient, day))
    assert fingerprint(screen(patient, day)) == before
    answer(
        actor(alice),
        patient=patient,
        question="stroke",
        value="no",
        now=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert fingerprint(screen(patient, day)) != before


def test_a_pressure_over_the_limit_blocks(signed_in: SignIn, alice: User, patient: Patient) -> None:
    measured(patient, 192, 104)
    answered(patient, alice)
    screening = screen(patient, clinic_day(timezone.now()))
    assert [one.rule for one in screening.of(Tier.BLOCK)] == ["blood-pressure-very-high"]
    assert "Cannot start: 1 blocking finding" in shown(signed_in(alice), patient)


def test_screening_of_nobody_is_not_found(signed_in: SignIn, alice: User) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    for door in ("screening", "screening_answer"):
        assert signed_in(alice).get(reverse(door, args=[nobody])).status_code == 404
    assert signed_in(alice).post(reverse("screening_decide", args=[nobody])).status_code == 404
