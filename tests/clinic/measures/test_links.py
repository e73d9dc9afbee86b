"""A personal link: 32 random bytes, shown once, stored as a hash; a newer one ends the older."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.measures.actions import assign, renew_link, start_own
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.tokens import find
from tests.clinic.measures.steps import DAY, answered, command_line, person
from tests.support.cast import patient_record
from tests.support.clinical import NOON, session_for

pytestmark = pytest.mark.django_db


def asked(patient, **more):
    facts = {
        "patient": patient,
        "measure": "phq9",
        "occasion": "weekly",
        "due_at": NOON,
        "expires_at": NOON + 3 * DAY,
        "now": NOON,
    }
    return assign(command_line(), **{**facts, **more})


def test_token_holds_32_bytes_and_stands_nowhere_in_the_database(baseline):
    token = baseline.token
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    stored = [str(field.value_from_object(baseline)) for field in baseline._meta.concrete_fields]
    written = [row.body for row in AuditRow.objects.all()]
    assert not any(token in text for text in stored + written)
    assert baseline.token_hash == hashlib.sha256(token.encode()).hexdigest()


def test_link_is_shown_once(baseline):
    assert Assignment.objects.get(pk=baseline.pk).token == ""


def test_token_opens_its_own_assignment_and_no_other(baseline, patient):
    other = asked(patient)
    assert find(baseline.token) == baseline
    assert find(other.token) == other


@pytest.mark.parametrize("token", ["", "x", "é" * 5000, "\x00", "' or 1=1 --", "\udcff", "%00"])
def test_anything_else_opens_nothing(baseline, token):
    assert find(token) is None


def test_stored_hash_is_no_key(baseline):
    assert find(baseline.token_hash) is None


def test_search_goes_by_the_hash_alone(baseline, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        find(baseline.token)
    assert baseline.token not in queries.captured_queries[0]["sql"]


def test_new_link_ends_the_old_one(baseline, bob):
    old = baseline.token
    renewed = renew_link(person(bob), assignment=baseline, now=NOON)
    assert renewed.token != old
    assert find(old) is None
    assert find(renewed.token) == baseline


def test_no_new_link_for_what_is_answered_missed_or_cancelled(baseline, patient, bob):
    answered(baseline, at=NOON)
    with pytest.raises(RefusedError, match="have arrived"):
        renew_link(person(bob), assignment=Assignment.objects.get(pk=baseline.pk), now=NOON)
    missed = asked(patient)
    with pytest.raises(RefusedError, match="is over"):
        renew_link(person(bob), assignment=missed, now=NOON + 3 * DAY)
    missed.cancelled_at = NOON - timedelta(seconds=1)
    with pytest.raises(RefusedError, match="clock anew"):
        renew_link(person(bob), assignment=missed, now=NOON)


def test_asking_the_same_again_gives_the_assignment_there_is(patient):
    first = asked(patient)
    again = asked(patient)
    assert again == first
    assert (bool(first.token), again.token) == (True, "")


def test_therapist_nurse_and_prescriber_may_ask_and_nobody_else(
    patient, alice, bob, tara, olga, audrey, ray, charlie, pat
):
    for number, who in enumerate((alice, bob, tara)):
        due = NOON + number * DAY
        facts = {"patient": patient, "measure": "phq9", "occasion": "weekly", "due_at": due}
        assert assign(person(who), **facts, expires_at=due + DAY, now=NOON).token
    for who in (olga, audrey, ray, charlie, pat):
        with pytest.raises(PermissionDenied):
            assign(person(who), **facts, expires_at=due + DAY, now=NOON)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"measure": "mood"}, "scales here are: .*phq9"),
        ({"occasion": "daily"}, "occasions are: baseline, 24h, weekly"),
        ({"expires_at": NOON}, "after the scale is due"),
        ({"due_at": NOON - 9 * DAY, "expires_at": NOON - DAY}, "over already"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_would_be_right(patient, more, words):
    with pytest.raises(RefusedError, match=words):
        asked(patient, **more)


def test_another_patients_course_or_session_is_refused(patient, alice):
    session = session_for(patient_record("Reed", "Jo"), alice)
    with pytest.raises(RefusedError, match="another patient"):
        asked(patient, course=session.course)
    with pytest.raises(RefusedError, match="another patient"):
        asked(patient, session=session)


def test_signed_in_patient_starts_their_own_scale_and_nobody_elses(patient, pat):
    by = Actor(name="Pat Marsh", roles=pat.roles, user=pat, patient=patient.id)
    mine, theirs = asked(patient), asked(patient_record("Reed", "Jo"))
    assert find(start_own(by, assignment=mine, now=NOON).token) == mine
    old = theirs.token
    with pytest.raises(PermissionDenied):
        start_own(by, assignment=theirs, now=NOON)
    assert find(old) == theirs
