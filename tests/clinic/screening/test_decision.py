"""The decision: about the findings as shown, with a reason, and an override for ever."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError, command
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.actions import answer, decide
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.screening.standing import fingerprint, screen
from tests.clinic.screening.steps import (
    actor,
    answered,
    measured,
    seen_in,
    shown,
    sign,
)

SignIn = Callable[[User], Client]


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
        ({"seen": "x\x00"}, "Cannot start: 23 unanswered"),
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
