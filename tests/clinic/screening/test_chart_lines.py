"""Entries written as charts write them, entered on the chart and read on the screening page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.people.models import Allergy, Condition, Patient
from mooring.core.protocols.screening import load_policy
from tests.clinic.screening.steps import shown

SignIn = Callable[[User], Client]
POLICY = load_policy("iv_ketamine")


def title(rule: str) -> str:
    """The head of a finding on the page."""
    return f"<strong>{POLICY.rule(rule).title}</strong>"


@pytest.mark.parametrize(
    ("kind", "line", "rule"),
    [
        ("condition", "CHF, EF 25%, NYHA IV", "heart-disease"),
        ("condition", "uncontroled hypertention", "hypertension-uncontrolled"),
        ("condition", "SI w/ plan, intent", "overdose-or-self-harm"),
        ("condition", "Mother with schizophrenia", "family-psychosis"),
        ("medication", "Lexapro 10 mg daily", "ssri"),
        ("medication", "Restoril 15 mg", "benzodiazepine"),
        ("allergy", "Ketanest S / Ketamin: Urtikaria", "ketamine-allergy"),
    ],
)
def test_what_is_typed_on_the_chart_speaks_on_the_page(
    kind: str, line: str, rule: str, signed_in: SignIn, alice: User, patient: Patient
) -> None:
    client = signed_in(alice)
    assert title(rule) not in shown(client, patient)
    values = {"text": line, "status": "active"}
    assert client.post(reverse("record_add", args=[patient.pk, kind]), values).status_code == 302
    assert title(rule) in shown(client, patient)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Mother with schizophrenia", "psychosis-history"),
        ("Denies suicidal ideation", "overdose-or-self-harm"),
        ("Not pregnant, UPT neg", "pregnancy-record-open"),
        ("Heat stroke, 2018", "stroke"),
    ],
)
def test_what_is_denied_or_another_s_does_not_speak(
    line: str, rule: str, signed_in: SignIn, alice: User, patient: Patient
) -> None:
    client = signed_in(alice)
    values = {"text": line, "status": "active"}
    client.post(reverse("record_add", args=[patient.pk, "condition"]), values)
    assert patient.conditions.filter(text=line).exists()
    assert title(rule) not in shown(client, patient)


def test_a_relative_s_entry_speaks_of_the_family_alone(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    Condition.objects.create(
        patient=patient, text="Schizophrenia", relation="mother", status="active",
        origin="import a.json", recorded_at=timezone.now(),
    )  # fmt: skip
    told = shown(signed_in(alice), patient)
    assert "Schizophrenia (mother), active (import a.json)" in told
    assert "Psychosis in the history" not in told


def test_an_allergy_whose_words_say_less_than_its_codes_blocks_and_shows_them(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    Allergy.objects.create(
        patient=patient, system="http://example.org/local", code="X1", text="Anesthetic agent",
        codings=[
            {"system": "http://example.org/local", "code": "X1", "display": None},
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6130",
             "display": "ketamine"},
        ],
        status="active", origin="import a.json", recorded_at=timezone.now(),
    )  # fmt: skip
    told = shown(signed_in(alice), patient)
    assert "Allergic reaction to ketamine" in told
    assert "Anesthetic agent (ketamine), active (import a.json)" in told


def test_what_no_rule_knows_is_listed_calmly_and_what_was_withdrawn_is_not(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    for text, status in (
        ("Viral sinusitis (disorder)", "resolved"),
        ("Hypertension", "active"),
        ("Denies suicidal ideation", "active"),
        ("Gout", "entered-in-error"),
    ):
        Condition.objects.create(
            patient=patient, text=text, status=status, origin="import a.json",
            recorded_at=timezone.now(),
        )  # fmt: skip
    told = shown(signed_in(alice), patient)
    part = told.split('id="not-recognised"')[1].split("</details>")[0]
    assert "Not recognised: 1" in part
    assert "Viral sinusitis (disorder), resolved (import a.json)" in part
    for known in ("Hypertension", "suicidal", "Gout"):
        assert known not in part


def test_a_chart_whose_entries_are_all_known_has_no_such_list(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    assert "not-recognised" not in shown(signed_in(alice), patient)
