"""No id of the program is met by who reads a session, its record, Today or the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.people.models import Patient
from mooring.core.protocols.loading import policy_versions
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.entries import AlertSeen
from mooring.core.session.readable import words
from mooring.core.session.rule_names import OWN_RULES, rule_name
from tests.browser.bedside_states import Bedside
from tests.core.session.building import name_of
from tests.core.session.test_readable import LINES
from tests.support.names import machine_names, read

SignedIn = Callable[[User], Client]


def rules() -> Iterator[str]:
    """Every rule of every released version of a stop policy, and the program's own."""
    for name in stopping.names():
        for version in policy_versions(stopping.FOLDER, name):
            yield from (rule.id for rule in stopping.load(name, version).rules)
    yield from OWN_RULES


def test_every_kind_of_entry_reads_without_an_id() -> None:
    for content, _ in LINES:
        assert machine_names(words(content)) == set(), content


@pytest.mark.parametrize("rule", sorted(set(rules())))
def test_every_rule_that_was_seen_is_named(rule: str) -> None:
    line = words(AlertSeen(rule=rule, also=(rule,), reading=name_of(1)))
    assert machine_names(line) == set()
    assert line == f"Alert seen: {rule_name(rule)}, {rule_name(rule)}"
    assert rule_name(rule) != rule.replace("_", " ")


def test_a_rule_that_no_policy_has_any_more_reads_in_words() -> None:
    assert rule_name("old_rule_of_theirs") == "Old rule of theirs"


@pytest.mark.django_db
def test_the_pages_of_a_session_with_every_alert_read_without_an_id(
    signed_in: SignedIn, patient: Patient, alice: User, bob: User, audrey: User
) -> None:
    bedside = Bedside(patient, alice, bob)
    session = bedside.alarmed()
    bedside.new_in_the_chart()
    bedside.sees_everything(session)
    pages = {
        reverse("session", args=[session.pk]): bob,
        reverse("session_live", args=[session.pk]): bob,
        reverse("session_log", args=[session.pk]): bob,
        reverse("session_record", args=[session.pk]): bob,
        reverse("sessions"): bob,
        reverse("today"): alice,
        reverse("audit"): audrey,
    }
    for path, person in pages.items():
        answer = signed_in(person).get(path)
        assert answer.status_code == 200, path
        assert machine_names(read(answer.content.decode())) == set(), path


@pytest.mark.django_db
def test_the_pages_of_a_chart_read_without_an_id(
    signed_in: SignedIn, patient: Patient, alice: User, bob: User
) -> None:
    session = Bedside(patient, alice, bob).alarmed()
    course = session.course
    pages = [
        reverse("patient", args=[patient.pk]),
        reverse("screening", args=[patient.pk]),
        reverse("screening_answer", args=[patient.pk]),
        reverse("suicidality", args=[patient.pk]),
        reverse("course", args=[course.pk]),
        reverse("order", args=[session.order_id]),
        reverse("scales", args=[patient.pk]),
        reverse("exposure", args=[patient.pk]),
    ]
    for path in pages:
        answer = signed_in(alice).get(path)
        assert answer.status_code == 200, path
        assert machine_names(read(answer.content.decode())) == set(), path
