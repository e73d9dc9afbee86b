"""The export: everything, exactly, so that an outside reader can check it without us."""

import csv
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from mooring.core import evidence
from mooring.core.evidence import Claim, EvidenceBase, Quantity, Source, Version, models
from mooring.core.evidence import export as exporting
from mooring.core.evidence.units import Unit
from mooring.core.shown import Shown

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "evidence-export.md").read_text(encoding="utf-8")
PUBLISHED = json.loads((DOCS / "evidence.schema.json").read_text(encoding="utf-8"))
BASE = evidence.load()
EXPORTED = exporting.export(BASE)
DOCUMENT = json.loads(exporting.as_json(EXPORTED))
ROWS = list(csv.DictReader(io.StringIO(exporting.as_csv(EXPORTED))))
SHAPES = (
    exporting.Export,
    Unit,
    Source,
    Claim,
    Quantity,
    models.Arithmetic,
    models.Acknowledged,
    models.Disagreement,
    models.Position,
    Shown,
    models.Correction,
)


def small(claim, **source):
    """A base of one claim."""
    told = {"id": "s", "title": "T", "author": "A", "kind": "trial", "read": "abstract"} | source
    only = Source.model_validate(told)
    day = Version(version="1", day="2026-01-02")
    return exporting.export(EvidenceBase(day, {"s": only}, {claim.id: claim}, {}, {}))


def claim(**fields):
    told = {"id": "c", "statement": "S", "source": "s", "locator": "abstract"}
    return Claim.model_validate({**told, "status": "verified", **fields})


def table(exported):
    return list(csv.DictReader(io.StringIO(exporting.as_csv(exported))))


# --- JSON ---


@pytest.mark.parametrize("kind", ["sources", "claims", "disagreements", "corrections"])
def test_everything_on_record_is_in_it_in_order(kind):
    assert [entry["id"] for entry in DOCUMENT[kind]] == sorted(getattr(BASE, kind))


def test_the_published_schema_is_the_one_of_the_program():
    assert exporting.schema() == PUBLISHED


def test_an_independent_validator_accepts_the_export():
    Draft202012Validator.check_schema(PUBLISHED)
    Draft202012Validator(PUBLISHED).validate(DOCUMENT)


@pytest.mark.parametrize(
    "change",
    [{"claims": "none"}, {"day": None}, {"more": 1}, {"sources": [{"id": "x"}]}],
)
def test_the_validator_refuses_what_is_not_an_export(change):
    with pytest.raises(ValidationError):
        Draft202012Validator(PUBLISHED).validate({**DOCUMENT, **change})


def test_the_digest_can_be_checked_as_the_page_says():
    document = dict(DOCUMENT)
    said = document.pop("digest")
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == said


def test_any_change_changes_the_digest():
    one, other = claim(statement="S"), claim(statement="T")
    assert small(one).digest != small(other).digest
    assert small(one).digest == small(one).digest


def test_it_carries_version_and_day():
    assert DOCUMENT["version"] == BASE.version.version
    assert DOCUMENT["day"] == BASE.version.day.isoformat()


def test_decimals_keep_every_digit():
    exported = small(claim(quantities=[{"value": Decimal("0.50"), "unit": "mg"}]))
    read = json.loads(exporting.as_json(exported))
    assert read["claims"][0]["quantities"][0]["value"] == "0.50"
    assert table(exported)[0]["value"] == "0.50"


def test_the_whole_base_comes_back_from_the_file_as_it_was():
    assert exporting.Export.model_validate_json(exporting.as_json(EXPORTED)) == EXPORTED


# --- the table ---


def test_each_number_has_a_row_and_a_claim_without_one_has_one_too():
    expected = sum(max(1, len(one.quantities)) for one in BASE.claims.values())
    assert len(ROWS) == expected
    assert {row["claim"] for row in ROWS} == set(BASE.claims)


def test_every_row_says_of_which_state_it_is():
    states = {
        (row["evidence_version"], row["evidence_day"], row["evidence_digest"]) for row in ROWS
    }
    assert states == {(EXPORTED.version, EXPORTED.day.isoformat(), EXPORTED.digest)}


def test_the_numbers_of_a_claim_stand_in_rows_that_repeat_it():
    numbers = [
        {"of": "a", "numerator": 3, "denominator": 9, "per": "people"},
        {"of": "b", "value": Decimal("-4.2"), "unit": "mmHg", "confidence": ["-6", "-2.4"]},
    ]
    first, second = table(small(claim(quantities=numbers), year=2001))
    assert (first["number"], first["numerator"], first["denominator"]) == ("1", "3", "9")
    assert first["value"] == ""
    assert (second["number"], second["value"]) == ("2", "-4.2")
    assert (second["confidence_low"], second["confidence_high"]) == ("-6", "-2.4")
    assert first["statement"] == second["statement"] == "S"
    assert first["source_year"] == "2001"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_a_formula_to_a_spreadsheet(sign):
    row = table(small(claim(statement=f"{sign}1+1"), title=f"{sign}cmd"))[0]
    assert row["statement"] == f"'{sign}1+1"
    assert row["source_title"] == f"'{sign}cmd"


def test_text_with_commas_quotes_and_lines_comes_back_whole():
    text = 'One, "two"\nthree – ’é'
    assert table(small(claim(statement=text)))[0]["statement"] == text


# --- the page ---


def documented(title):
    """The names in the first column of a section's table."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", section, re.M)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_stands_on_the_page_and_no_other(shape):
    assert documented(shape.__name__) == list(shape.model_fields)


def test_every_shape_of_the_schema_stands_on_the_page():
    shapes = {name for name, one in PUBLISHED["$defs"].items() if one["type"] == "object"}
    assert shapes | {"Export"} == {shape.__name__ for shape in SHAPES}


def test_every_column_stands_on_the_page():
    assert sorted(documented("The table")) == sorted(exporting.COLUMNS)


def test_a_row_says_how_its_source_is_found_and_when_it_was_read():
    found = {"identifiers": ["pmid:35110300", "nct:NCT04939649"]}
    (row,) = table(small(claim(checked_on="2026-01-02"), **found))
    assert row["source_identifiers"] == "pmid:35110300; nct:NCT04939649"
    assert row["checked_on"] == "2026-01-02"
    (bare,) = table(small(claim()))
    assert bare["source_identifiers"] == bare["checked_on"] == ""
