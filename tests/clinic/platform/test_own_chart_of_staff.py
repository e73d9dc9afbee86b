"""Staff who are patients too: they write about others as staff, in their own chart as its patient.

Pat is made a nurse (or whatever else a test says) beside being a patient.
"""

from __future__ import annotations

import json

import pytest
import uuid_utils.compat
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.people.models import Condition
from mooring.clinic.sessions.models import SessionEntry
from tests.clinic.sessions.steps import BASELINE, planned, signed_order
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(clinic_row):
    """Another patient of the clinic."""
    return patient_record("Harper", "Alex")


@pytest.fixture
def also(pat, signed_in):
    """`also("nurse")` is Pat's browser, with that role beside being a patient."""

    def give(role):
        RoleAssignment.objects.create(user=pat, role=role)
        return signed_in(User.objects.get(pk=pat.pk))

    return give


def chart_condition(client, patient):
    address = reverse("record_add", args=[patient.pk, "condition"])
    return client.post(address, {"text": "asthma", "status": "active"})


def send_reading(client, session):
    body = {
        "id": str(uuid_utils.compat.uuid7()),
        "effective_at": timezone.now().isoformat(),
        "content": BASELINE,
    }
    address = reverse("session_entry", args=[session.pk])
    return client.post(address, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("role", ["nurse", "prescriber"])
def test_staff_who_are_patients_chart_for_others(also, other, role):
    assert chart_condition(also(role), other).status_code == 302
    assert Condition.objects.get().patient == other


@pytest.mark.parametrize("role", ["nurse", "prescriber"])
def test_staff_who_are_patients_do_not_chart_for_themselves(also, patient, role):
    answer = chart_condition(also(role), patient)
    assert answer.status_code == 403
    assert "This is your own chart" in answer.content.decode()
    assert not Condition.objects.exists()


def test_a_nurse_who_is_a_patient_records_the_session_of_another(also, other, alice, bob):
    session = planned(signed_order(other, alice), bob)
    assert send_reading(also("nurse"), session).status_code == 201


def test_a_nurse_who_is_a_patient_records_nothing_in_her_own_session(also, patient, alice, bob):
    session = planned(signed_order(patient, alice), bob)
    assert send_reading(also("nurse"), session).status_code == 403
    assert not SessionEntry.objects.exists()


@pytest.mark.parametrize("role", ["therapist", "owner", "auditor", "researcher"])
def test_roles_that_may_not_chart_may_not_chart_by_being_a_patient(also, other, role):
    assert chart_condition(also(role), other).status_code == 403
    assert not Condition.objects.exists()


def test_a_patient_alone_charts_for_nobody(pat, patient, other, signed_in):
    for whose in (patient, other):
        assert chart_condition(signed_in(pat), whose).status_code == 403
    assert not Condition.objects.exists()
