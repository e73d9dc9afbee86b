"""Bundles changed and damaged at random: imported or refused, and never anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.exchange.fhir.importing import import_bytes, import_text
from mooring.exchange.fhir.unfit import ImportRefusedError
from tests.exchange.bundles import (
    ABOUT,
    NOW,
    Raw,
    bundle,
    coded,
    condition,
    importer,
    medication,
    observation,
    pressure,
    text,
)
from tests.support.long_runs import tell, times

pytestmark = pytest.mark.django_db
CHANGED, DAMAGED = times(300, 34_000), times(150, 16_000)


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells how many files there were, once none of them was anything but imported or refused."""
    before = request.session.testsfailed
    yield
    if request.session.testsfailed == before:
        tell(
            "FHIR files changed or damaged at random",
            "50,000 files, each imported or refused in words",
            f"{CHANGED + DAMAGED:,} files, 0 others",
        )


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["Patient", "Bundle", "urn:uuid:x", "2020-01-01", "\x00", "\u202e", Raw("1e9")]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container and key in the data."""
    if isinstance(data, dict):
        found = [(data, key) for key in data]
    elif isinstance(data, list):
        found = [(data, number) for number in range(len(data))]
    else:
        return []
    return found + [place for container, key in found[:] for place in places(container[key])]


@settings(
    max_examples=CHANGED,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_a_bundle_changed_anywhere_is_imported_or_refused_and_nothing_else(
    draw: st.DataObject,
) -> None:
    data = json.loads(
        text(
            bundle(
                condition(),
                medication(dosageInstruction=[{"doseAndRate": [{"doseQuantity": {"value": 1}}]}]),
                observation("29463-7", "70", "kg"),
                pressure("120", "80"),
                observation("85354-9", None, id="p", hasMember=[{"reference": "Observation/s"}]),
                observation("8480-6", "190", "mm[Hg]", id="s"),
                observation("8462-4", "112", "mm[Hg]", id="d"),
                observation("82810-3", None, id="g", valueString="pregnant"),
                {"resourceType": "Claim", "patient": ABOUT},
                {"resourceType": "Flag", "subject": ABOUT, "code": {"text": "Ketamine allergy"}},
                {
                    "resourceType": "MedicationStatement",
                    "subject": ABOUT,
                    "contained": [{"resourceType": "Medication", "id": "m", "ingredient": [{}]}],
                    "medicationReference": {"reference": "#m", "display": "Nardil"},
                },
                {
                    "resourceType": "FamilyMemberHistory",
                    "patient": ABOUT,
                    "relationship": {"text": "mother"},
                    "condition": [{"code": {"text": "Psychosis"}}],
                },
                {
                    "resourceType": "AllergyIntolerance",
                    "patient": ABOUT,
                    "code": coded("s", "1", "Latex"),
                },
            )
        )
    )
    for _ in range(draw.draw(st.integers(1, 3))):
        container, key = draw.draw(st.sampled_from(places(data)))
        if draw.draw(st.booleans()) and isinstance(container, dict):
            del container[key]
        else:
            container[key] = draw.draw(JSON_VALUES)
    with transaction.atomic():
        try:
            batch = import_text(text(data), "mutated.json", importer(), NOW)
            entries = len(data["entry"])
            assert sum(one["understood"] + one["kept"] for one in batch.counts.values()) >= entries
        except ImportRefusedError as refused:
            assert str(refused).startswith("mutated.json: ")
        transaction.set_rollback(True)


@settings(
    max_examples=DAMAGED,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=300), st.integers(0, 5000), st.integers(0, 5000))
def test_a_file_cut_or_damaged_anywhere_is_refused_or_read_and_nothing_else(
    noise: bytes, start: int, length: int
) -> None:
    whole = text(bundle(condition(), pressure("120", "80"))).encode()
    damaged = whole[: start % len(whole)] + noise + whole[start % len(whole) + length :]
    with transaction.atomic():
        try:
            import_bytes(damaged, "damaged.json", importer(), NOW)
        except ImportRefusedError as refused:
            assert str(refused).startswith("damaged.json: ")
        transaction.set_rollback(True)
