"""Units, and pressures that come in two: what becomes a number of the chart, and what does not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import NOW, UCUM, Raw, bundle, importer, observation, text

pytestmark = pytest.mark.django_db


def imported(*resources: dict[str, Any]) -> ImportBatch:
    return import_text(text(bundle(*resources)), "Ada.json", importer(), NOW)


def measured(loinc: str, value: str, **quantity: Any) -> ImportBatch:
    return imported(
        observation(loinc, None, valueQuantity={"value": Raw(value), "system": UCUM, **quantity})
    )


# 1 lb = 0.45359237 kg, 1 oz = 1/16 lb, 1 in = 2.54 cm, each exact by definition (1959).
@pytest.mark.parametrize(
    ("loinc", "value", "unit", "stored"),
    [
        ("29463-7", "154", {"code": "[lb_av]", "unit": "lb"}, "69.853"),  # 69.85322498
        ("29463-7", "2464", {"code": "[oz_av]", "unit": "oz"}, "69.853"),  # 154 lb
        ("29463-7", "70500", {"code": "g"}, "70.5"),
        ("29463-7", "154", {"unit": "lbs"}, "69.853"),
        ("29463-7", "154", {"unit": "Pounds (lbs)"}, "69.853"),
        ("29463-7", "70", {"code": "kg", "unit": "kilos"}, "70"),
        ("29463-7", "70", {"code": "kg", "unit": "Kilogramm"}, "70"),
        ("8302-2", "67", {"code": "[in_i]", "unit": "in"}, "170.18"),
        ("8302-2", "1.75", {"code": "m"}, "175"),
        ("8302-2", "175", {"code": "cm", "unit": "centimetres"}, "175"),
        ("8867-4", "72", {"code": "{beats}/min", "unit": "beats/minute"}, "72"),
    ],
)
def test_a_unit_is_converted_exactly_and_what_was_received_stays_readable(
    loinc: str, value: str, unit: dict[str, str], stored: str
) -> None:
    row = measured(loinc, value, **unit).patient.measurements.get()
    assert row.value == Decimal(stored)
    if row.value != Decimal(value):
        assert f"received as {value} {unit.get('unit') or unit['code']}" in row.origin


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ({"code": "kg", "unit": "lb"}, "written “lb” and coded “kg”; which is right is not known"),
        ({"code": "[lb_av]", "unit": "kg"}, "written “kg” and coded “[lb_av]”"),
        ({"code": "kg", "unit": "stone"}, "written “stone” and coded “kg”"),
        ({"unit": "kg/lb"}, "which of the units is meant is not known"),
        ({"unit": "Scheffel"}, "Its unit, “Scheffel”, is not known here."),
        ({"code": "7", "system": "http://local"}, "Its unit has no UCUM code."),
        ({"unit": ""}, "Its unit has no UCUM code."),
        ({"code": "KG", "unit": "kg", "system": 7}, "system: text is needed"),
    ],
)
def test_a_unit_that_is_not_certain_is_no_number(unit: dict[str, Any], said: str) -> None:
    batch = measured("29463-7", "154", **unit)
    assert not batch.patient.measurements.exists()
    assert said in batch.kept.get().reason


def systolic(value: str = "190", **changes: Any) -> dict[str, Any]:
    return observation("8480-6", value, "mm[Hg]", **{"id": "s", **changes})


def diastolic(value: str = "112", **changes: Any) -> dict[str, Any]:
    return observation("8462-4", value, "mm[Hg]", **{"id": "d", **changes})


def pressures(batch: ImportBatch) -> list[tuple[int, int]]:
    return sorted((row.systolic, row.diastolic) for row in batch.patient.bloodpressures.all())


def test_two_pressures_of_one_moment_are_one_and_their_origin_says_so() -> None:
    batch = imported(systolic(), diastolic())
    row = batch.patient.bloodpressures.get()
    assert (row.systolic, row.diastolic) == (190, 112)
    assert row.origin == "import Ada.json; put together from two observations of this moment"
    assert not batch.kept.exists()
    assert batch.counts["Observation"] == {"understood": 2, "kept": 0}


VISIT, OTHER_VISIT = {"reference": "Encounter/1"}, {"reference": "Encounter/2"}
NOON = {"effectiveDateTime": "2026-11-20T12:00:00Z"}


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"encounter": VISIT}, {"encounter": VISIT}, [(190, 112)]),
        ({"encounter": VISIT}, {}, [(190, 112)]),
        ({"encounter": VISIT}, {"encounter": OTHER_VISIT}, []),
        ({"performer": [VISIT]}, {"performer": [OTHER_VISIT]}, []),
        ({"bodySite": {"text": "left arm"}}, {"bodySite": {"text": "right arm"}}, []),
        (NOON, {}, []),
        ({**NOON, "id": "x"}, {"effectiveDateTime": "2026-11-20T13:00:00+01:00"}, [(190, 112)]),
        ({"effectiveDateTime": "2026-11-20"}, {"effectiveDateTime": "2026-11-20"}, []),
    ],
)
def test_pressures_go_together_only_by_the_same_moment_and_circumstances(
    first: dict[str, Any], second: dict[str, Any], found: list[tuple[int, int]]
) -> None:
    batch = imported(systolic(**first), diastolic(**second))
    assert pressures(batch) == found
    if not found:
        assert [row.concern for row in batch.kept.all()] == ["blood_pressure"] * 2


def test_several_pressures_of_one_moment_are_told_apart_by_the_visit_or_not_read() -> None:
    told_apart = imported(
        systolic(encounter=VISIT),
        diastolic(encounter=VISIT),
        systolic("150", encounter=OTHER_VISIT, id="s2"),
        diastolic("90", encounter=OTHER_VISIT, id="d2"),
    )
    assert pressures(told_apart) == [(150, 90), (190, 112)]


def test_which_of_two_belongs_is_not_guessed() -> None:
    batch = imported(systolic(), systolic("150", id="s2"), diastolic())
    assert pressures(batch) == []
    assert {row.reason for row in batch.kept.all()} == {
        "A systolic pressure; which diastolic one belongs to it is not clear.",
        "A diastolic pressure; which systolic one belongs to it is not clear.",
    }


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ([systolic()], "A systolic pressure without a diastolic one of the same moment."),
        ([diastolic()], "A diastolic pressure without a systolic one of the same moment."),
        ([systolic("80"), diastolic("112")], "Not plausible. The systolic pressure is to be"),
        ([systolic(status="preliminary")], "preliminary: it is not a finished result"),
        ([systolic(effectiveDateTime="2026-11-20")], "it has a day but no time of day"),
        ([systolic(effectiveDateTime=None)], "It does not say when it was measured."),
        ([systolic(valueQuantity=None)], "The systolic value: It has no valueQuantity."),
        ([systolic(code=7)], "because of code: an object is needed"),
        (
            [systolic(code={"coding": [{"system": "http://loinc.org", "code": code}
                                       for code in ("8480-6", "8462-4")]})],
            "coded as systolic and as diastolic at once",
        ),
    ],
)  # fmt: skip
def test_one_pressure_alone_is_named_and_is_no_blood_pressure(
    resources: list[dict[str, Any]], reason: str
) -> None:
    batch = imported(*resources)
    assert pressures(batch) == []
    assert reason in batch.kept.get(position=1).reason


def panel(*members: str, **changes: Any) -> dict[str, Any]:
    links = [{"reference": f"Observation/{member}"} for member in members]
    return observation("85354-9", None, hasMember=links, id="p", **changes)


def test_a_panel_puts_its_members_together() -> None:
    batch = imported(panel("s", "d"), systolic(), diastolic())
    assert batch.patient.bloodpressures.get().origin.endswith("from the members of a panel")
    assert not batch.kept.exists()


def test_a_panel_tells_apart_what_has_the_same_moment() -> None:
    batch = imported(
        panel("s", "d"),
        {**panel("s2", "d2"), "id": "p2"},
        systolic(),
        diastolic(),
        systolic("150", id="s2"),
        diastolic("90", id="d2"),
    )
    assert pressures(batch) == [(150, 90), (190, 112)]


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ([panel("s", "x"), systolic()], "1 systolic and 0 diastolic values that can be read"),
        ([panel("s", "d", **NOON), systolic(), diastolic()], "are of different moments"),
        ([panel("s", "d", status="cancelled")], "cancelled: it is not a finished result"),
        ([panel("s", "d", effectiveDateTime="2026-11")], "on which day it was measured"),
        ([panel("s", "d"), systolic("80"), diastolic()], "Not plausible."),
        ([{**panel(), "hasMember": {"reference": 7}}], "0 systolic and 0 diastolic"),
        ([{**panel(), "hasMember": [7]}], "0 systolic and 0 diastolic"),
    ],
)
def test_a_panel_whose_members_do_not_make_a_pressure_is_named(
    resources: list[dict[str, Any]], reason: str
) -> None:
    batch = imported(*resources)
    assert reason in batch.kept.get(position=1).reason


def test_a_panel_says_which_further_members_it_has() -> None:
    batch = imported(panel("s", "d", "m"), systolic(), diastolic())
    assert pressures(batch) == [(190, 112)]
    assert batch.kept.get().reason == "Read in part. Not read: further members."
