"""Which version of a resource counts, and whether a file is the whole of a record."""

from __future__ import annotations

from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import NOW, PATIENT, PATIENT_URL, bundle, condition, importer, text

pytestmark = pytest.mark.django_db


def taken_in(data: dict[str, Any]) -> ImportBatch:
    return import_text(text(data), "Ada.json", importer(), NOW)


def statuses(batch: ImportBatch) -> list[str]:
    return [row.status for row in batch.patient.conditions.all()]


def version(status: str, **meta: Any) -> dict[str, Any]:
    return condition(clinicalStatus={"coding": [{"code": status}]}, meta=meta)


@pytest.mark.parametrize(
    ("first", "second", "counts", "kept"),
    [
        ({"versionId": "1"}, {"versionId": "2"}, "resolved", 1),
        ({"versionId": "10"}, {"versionId": "9"}, "active", 2),
        ({"versionId": "a"}, {"versionId": "b"}, "resolved", 1),
        ({}, {}, "resolved", 1),
        (
            {"lastUpdated": "2026-02-01T00:00:00Z", "versionId": "1"},
            {"lastUpdated": "2026-01-01T00:00:00Z", "versionId": "2"},
            "active",
            2,
        ),
        ({"lastUpdated": "x"}, {"lastUpdated": "2026-01-01T00:00:00Z"}, "resolved", 1),
        ({"lastUpdated": "2026-02-01T00:00:00Z"}, {"versionId": "2"}, "resolved", 1),
        # The same moment, told in two zones.
        (
            {"lastUpdated": "2026-01-01T01:00:00+01:00", "versionId": "3"},
            {"lastUpdated": "2026-01-01T00:00:00Z", "versionId": "2"},
            "active",
            2,
        ),
    ],
)
def test_of_one_id_twice_the_later_version_counts_and_the_earlier_is_kept(
    first: dict[str, str], second: dict[str, str], counts: str, kept: int
) -> None:
    batch = taken_in(bundle(version("active", **first), version("resolved", **second)))
    assert statuses(batch) == [counts]
    row = batch.kept.get()
    assert row.position == kept
    assert row.reason.startswith("A later version of it is in the same file, as entry ")
    assert row.concern == ""


def test_the_later_version_may_take_the_finding_back() -> None:
    error = condition(verificationStatus={"coding": [{"code": "entered-in-error"}]})
    batch = taken_in(bundle(condition(), error))
    assert not batch.patient.conditions.exists()
    assert batch.kept.count() == 2


def test_resources_without_an_id_are_told_apart_by_their_address() -> None:
    one, two = condition(), condition(onsetDateTime="2010-01-01")
    del one["id"], two["id"]
    data = bundle(one, two)
    assert taken_in(data).patient.conditions.count() == 2
    data["entry"][2]["fullUrl"] = data["entry"][1]["fullUrl"]
    data["entry"][0]["resource"] |= {
        "identifier": [{"value": "another"}],
        "birthDate": "1970-01-01",
    }
    assert taken_in(data).patient.conditions.count() == 1


def test_the_patient_twice_is_one_person_and_the_later_version_is_the_chart() -> None:
    data = bundle(condition())
    later = {**PATIENT, "meta": {"versionId": "2"}, "name": [{"family": "Newname"}]}
    data["entry"][0]["resource"]["meta"] = {"versionId": "1"}
    data["entry"].append({"fullUrl": PATIENT_URL, "resource": later})
    batch = taken_in(data)
    assert batch.patient.family_name == "Newname"
    assert batch.patient.conditions.count() == 1


def deletion(url: str = "Condition/c1", **entry: Any) -> dict[str, Any]:
    return {"request": {"method": "DELETE", "url": url}, **entry}


def test_an_entry_that_deletes_is_not_read_and_takes_back_what_stands_before_it() -> None:
    data = bundle(condition())
    data["entry"].append(deletion())
    batch = taken_in(data)
    assert not batch.patient.conditions.exists()
    taken_back, entry = batch.kept.order_by("position")
    assert taken_back.reason == "The source takes it back in entry 3."
    assert (entry.resource_type, entry.resource_id) == ("Condition", "c1")
    assert "DELETE" in entry.content


def test_a_resource_sent_along_with_its_deletion_is_not_read() -> None:
    data = bundle()
    data["entry"].append(deletion(resource=condition()))
    assert not taken_in(data).patient.conditions.exists()


def test_a_deletion_that_names_no_resource_is_kept_under_no_type() -> None:
    data = bundle(condition())
    data["entry"].append(deletion("?identifier=7"))
    batch = taken_in(data)
    assert batch.patient.conditions.count() == 1
    assert batch.kept.get().resource_type == "Entry"


def searchset(*resources: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**bundle(*resources), "type": "searchset", **changes}


NEXT = [{"relation": "self", "url": "x"}, {"relation": "next", "url": "y"}]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (searchset(condition(), total=2), ""),
        (searchset(condition()), ""),
        (searchset(condition(), total=214), "It is one page of a search: 2 of 214 entries."),
        (searchset(condition(), link=NEXT), "It names a next page, which is not in it."),
        (searchset(condition(), total="many", link=[7]), ""),
        # A link of another kind of bundle, and a total there, say nothing.
        ({**bundle(condition()), "total": 9, "link": NEXT}, ""),
    ],
)
def test_a_page_of_a_search_is_said_to_be_a_part(data: dict[str, Any], said: str) -> None:
    assert taken_in(data).incomplete == said


def test_what_is_included_with_the_matches_does_not_count_among_them() -> None:
    data = searchset(condition(), total=2)
    for entry, mode in zip(data["entry"], ("match", "include"), strict=True):
        entry["search"] = {"mode": mode}
    assert taken_in(data).incomplete == "It is one page of a search: 1 of 2 entries."


@pytest.mark.parametrize(
    ("issue", "said"),
    [
        ([{"code": "incomplete"}], "Its source says that it is incomplete (entry 2)."),
        ([{"code": "suppressed"}], "Its source says that something was left out (entry 2)."),
        ([{"code": "informational"}], ""),
        ({"code": "incomplete"}, ""),
    ],
)
def test_an_outcome_that_says_so_is_heard(issue: Any, said: str) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": issue}
    assert taken_in(searchset(outcome, total=1)).incomplete == said
