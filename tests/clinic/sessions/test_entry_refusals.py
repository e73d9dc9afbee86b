"""The bedside's door refuses what the chart refuses, names the field, and says what is right.

Hazard: a blank reason, a name turned round by a hidden character, a banner "seen" in another
patient's session: each reads as if somebody had said something.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import uuid_utils.compat
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.people.text import forbidden
from mooring.clinic.sessions import wire
from mooring.clinic.sessions.models import SessionEntry
from mooring.core.session.entries import CONTENT
from tests.clinic.sessions.steps import (
    CHECK_IN,
    PUMP,
    measured,
    planned,
    signed_order,
    wrote,
)
from tests.clinic.sessions.test_session_entry_door import entry, send
from tests.support.cast import patient_record
from tests.support.resending import BACKEND, together

KEY = "0190a000-0000-7000-8000-000000000001"
SAMPLES: list[dict[str, Any]] = [
    {**CHECK_IN, "escort_phone": "555", "medicines": [{"name": "sertraline", "dose": "100 mg"}],
     "substances": [{"substance": "other", "detail": "kava"}]},
    {"kind": "reading", "systolic": 120, "diastolic": 70, "heart_rate": 70, "spo2": 98,
     "respiratory_rate": 14, "oxygen_litres_per_minute": "2"},
    {"kind": "sedation", "moaas": 5},
    {"kind": "symptom", "symptom": "other", "severity": "mild", "detail": "tingling"},
    {**PUMP, "vial_mg_per_ml": "10", "diluent_ml": "31.5"},
    {"kind": "infusion_rate", "rate_mg_per_minute": "0.5", "reason": "She asked."},
    {"kind": "infusion_pause", "reason": "She asked."},
    {"kind": "infusion_stop", "reason": "She asked."},
    {"kind": "dose_given", "step": 1, "amount_mg": "10", "detail": "right nostril"},
    {"kind": "dose_not_given", "step": 1, "reason": "She sneezed."},
    {"kind": "dosing_stopped", "reason": "She asked."},
    {"kind": "medication_given", "medication": "ondansetron", "dose": "4 mg", "route": "iv",
     "reason": "nausea"},
    {"kind": "touch_consent", "touch": "as_agreed", "agreed": "my shoulder"},
    {"kind": "intervention", "intervention": "other", "detail": "a blanket"},
    {"kind": "refusal", "check": "spo2", "reason": "She took it off."},
    {"kind": "padss", "vital_signs": 2, "activity": 2, "nausea_and_vomiting": 2, "pain": 2,
     "bleeding": 2},
    {"kind": "readiness", "criterion": "suicidal_ideation_asked", "met": True, "detail": "calm",
     "ideation": "passive", "decided": "Stays an hour."},
    {"kind": "prescriber_decision", "decision": "go_on", "reason": "Weighed.",
     "weighed": [{"hold": "fasting.food", "fact": "2 h", "text": "Ate two hours ago."}]},
    {"kind": "alert_seen", "rule": "a", "also": ["b"], "reading": KEY, "detail": "seen"},
    {"kind": "note", "text": "She sleeps."},
    {"kind": "sign_off", "clinician": "A. Lindqvist", "credential": "MD",
     "override_reason": "On paper."},
    {"kind": "correction", "corrects": KEY, "reason": "Misread.",
     "replacement": {"kind": "note", "text": "She sleeps."}},
]  # fmt: skip
CHOSEN = {
    "kind", "identified_by", "nasal_medicine", "last_food_at", "last_fluid_at", "symptom",
    "severity", "touch", "intervention", "check", "criterion", "ideation", "decision", "reading",
    "corrects", "substance", "position", "origin", "timing",
}  # fmt: skip
"""Fields with a list of words or a form of their own: anything else is refused by that."""
HIDDEN = ["\x00", "\x1b", "\x7f", "\x9b", "\u200e", "\u202e", "\u2066"]
BLANKS = st.text(alphabet=" \t\n\u00a0\u2003\u3000\u200b\u2060\ufeff", min_size=1, max_size=20)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a content something stands that a person typed."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in CHOSEN:
                yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path


def at(content: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The content with another value in one place."""
    changed: Any = copy.deepcopy(content)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def value_at(content: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def typed(*kinds: type) -> list[tuple[dict[str, Any], tuple[Any, ...]]]:
    """Every place of every sample whose value is of one of the kinds."""
    return [
        (content, path)
        for content in SAMPLES
        for path in leaves(content)
        if isinstance(value_at(content, path), kinds)
        and not isinstance(value_at(content, path), bool)
    ]


NUMERIC = {
    "oxygen_litres_per_minute", "rate_mg_per_minute", "drawn_up_mg", "concentration_mg_per_ml",
    "vial_mg_per_ml", "diluent_ml", "amount_mg",
}  # fmt: skip
WORDS = [(content, path) for content, path in typed(str) if path[-1] not in NUMERIC]
DECIMALS = [(content, path) for content, path in typed(str) if path[-1] in NUMERIC]
WHOLE = typed(int)


def refused(content: dict[str, Any]) -> list[wire.Problem]:
    """What stands against it; empty where it can be read."""
    sent = {"id": KEY, "effective_at": "2026-03-02T10:00:00Z", "content": content}
    try:
        wire.read(json.dumps(sent).encode())
    except wire.ProblemsError as unread:
        return unread.problems
    return []


def named(path: tuple[Any, ...]) -> str:
    """The name of the field that a path ends in."""
    return [step for step in path if isinstance(step, str)][-1]


def test_every_kind_of_entry_is_among_the_samples_and_can_be_read():
    """A new kind without a sample fails here."""
    kinds = {
        name
        for each in CONTENT.json_schema()["$defs"].values()
        for name in [each.get("properties", {}).get("kind", {}).get("const")]
        if name
    }
    silent = {"infusion_resume", "infusion_complete"}
    assert {sample["kind"] for sample in SAMPLES} | silent == kinds
    assert [refused(sample) for sample in SAMPLES] == [[]] * len(SAMPLES)


@given(st.sampled_from(WORDS), BLANKS)
def test_blanks_are_no_words_in_any_field(place, blanks):
    content, path = place
    problems = refused(at(content, path, blanks))
    assert [each.field for each in problems] == [named(path)]
    assert problems[0].say


@given(st.sampled_from(WORDS), st.sampled_from(HIDDEN), st.text(max_size=5), st.text(max_size=5))
def test_no_hidden_character_comes_into_any_field(place, hidden, before, after):
    content, path = place
    problems = refused(at(content, path, f"a{before}{hidden}{after}"))
    assert named(path) in {each.field for each in problems}


@given(st.sampled_from(WORDS), st.text(min_size=1, max_size=30))
def test_words_that_a_chart_takes_are_taken_as_they_are(place, text):
    content, path = place
    if forbidden(text) or wire.blank(text):
        return
    assert refused(at(content, path, text)) == []


@given(st.sampled_from(WHOLE), st.integers(-(10**6), -1) | st.integers(301, 10**9))
def test_whole_numbers_out_of_range_are_refused_by_name(place, number):
    content, path = place
    problems = refused(at(content, path, number))
    assert problems
    assert named(path) in {each.field for each in problems}


@given(
    st.sampled_from(DECIMALS),
    st.sampled_from(["-1", "-0", "-0.0", "2001", "1e9", "NaN", "Infinity", "1,5", "", "0.12345678",
                     "1e-40", "٣"]),
)  # fmt: skip
def test_numbers_that_no_pump_and_no_label_has_are_refused_by_name(place, number):
    content, path = place
    problems = refused(at(content, path, number))
    if number == "٣":
        # Python reads figures of any script; what is stored is the number.
        return
    assert named(path) in {each.field for each in problems}, problems
    assert all(each.say for each in problems)


# Through the door, against a session

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(signed_in, bob):
    return signed_in(bob)


@pytest.fixture
def elsewhere(alice, bob):
    """A reading in another patient's session."""
    order = signed_order(patient_record("Harper", "Alex"), alice)
    other = planned(order, bob, room="Room 9", clash_reason="A colleague helps.")
    return measured(bob, other, other.scheduled_at, "165/90")


def test_a_banner_is_seen_for_a_reading_of_this_session(nurse, session, elsewhere):
    seen = {"kind": "alert_seen", "rule": "a", "reading": str(elsewhere.pk)}
    answer = send(nurse, session, entry(seen))
    assert (answer.status_code, answer.json()["field"]) == (409, "reading")
    assert "no such reading in this session" in answer.json()["reasons"][0]


def test_neither_is_it_put_there_by_a_correction(nurse, session, bob, elsewhere):
    own = measured(bob, session, session.scheduled_at, "165/90")
    seen = {"kind": "alert_seen", "rule": "a", "reading": str(own.pk)}
    row = wrote(bob, session, session.scheduled_at, seen)
    moved = {
        "kind": "correction", "corrects": str(row.pk), "reason": "Slip.",
        "replacement": {**seen, "reading": str(elsewhere.pk)},
    }  # fmt: skip
    assert send(nurse, session, entry(moved)).status_code == 409


@pytest.mark.parametrize("replacement", [None, {"kind": "reading", "spo2": 97}])
def test_an_entry_of_another_session_is_neither_struck_nor_corrected(
    nurse, session, elsewhere, replacement
):
    corrects = {"kind": "correction", "corrects": str(elsewhere.pk), "reason": "Slip."}
    if replacement:
        corrects["replacement"] = replacement
    answer = send(nurse, session, entry(corrects))
    assert answer.status_code == 409
    assert "no such entry in this session" in answer.json()["reasons"][0]


RETRIES = int(os.environ.get("MOORING_RETRIES", "100"))
AT_ONCE = 10


def test_one_entry_sent_over_and_over_is_one_row(transactional_db, alice, bob, patient):
    """A tablet that heard no answer sends again: at once, and from two places."""
    session = planned(signed_order(patient, alice, at=datetime.now(UTC)), bob)
    body = entry({"kind": "note", "text": "She sleeps."}, id=str(uuid_utils.compat.uuid7()))
    address = f"/sessions/{session.pk}/entries/"

    def tablet() -> list[int]:
        from django.test import Client

        client = Client(raise_request_exception=False)
        client.force_login(bob, backend=BACKEND)
        return [
            client.post(address, json.dumps(body), content_type="application/json").status_code
            for _ in range(RETRIES // AT_ONCE)
        ]

    answers = [status for each in together(tablet, AT_ONCE) for status in each]
    assert sorted(set(answers)) == [200, 201]
    assert answers.count(201) == 1
    assert SessionEntry.objects.count() == 1
