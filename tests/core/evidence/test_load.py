"""The evidence refuses what it cannot trace, and says where it stands."""

from pathlib import Path

import pytest

from mooring.core import evidence
from mooring.core.datafiles import DataFileError

SOURCES = """
[[sources]]
id = "S9"
title = "A document"
author = "Somebody"
kind = "founding"
read = "founding document"
"""
CLAIMS = """
topic = "Trees"

[[claims]]
id = "S9.01"
statement = "Trees grow."
source = "S9"
locator = "line 1"
status = "source-only"

[[claims]]
id = "S9.02"
statement = "Trees do not grow."
source = "S9"
locator = "line 2"
status = "source-only"
"""
DISAGREEMENTS = """
[[disagreements]]
id = "D99"
topic = "Growth"
outside_check = "None found."
software_does = [{ says = "Shows both.", shown_by = ["tests/test_a.py::test_b"] }]
positions = [
  { text = "They do.", claims = ["S9.01"] },
  { text = "They do not.", claims = ["S9.02"] },
]
"""
CORRECTIONS = """
[[corrections]]
id = "E99"
claims = ["S9.02"]
text = "They do."
corrected_by = ["S9.01"]
"""

FILES = {
    "version.toml": 'version = "1"\nday = 2026-11-23\n',
    "sources/documents.toml": SOURCES,
    "claims/trees.toml": CLAIMS,
    "disagreements/growth.toml": DISAGREEMENTS,
    "corrections.toml": CORRECTIONS,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small evidence folder that loads; tests break one thing in it."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_folder_loads(folder: Path) -> None:
    base = evidence.load(folder)
    assert base.claim("S9.01").topic == "Trees"
    assert base.claim("S9.01").disagreements == ("D99",)
    assert base.source_of("S9.01") == base.source("S9")


def test_loading_twice_gives_the_same_evidence(folder: Path) -> None:
    assert evidence.load(folder) is evidence.load(folder)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "claims/trees.toml",
            'source = "S9"\nlocator = "line 1"',
            'source = "S8"\nlocator = "line 1"',
            r"claims/trees.toml: 'S9.01' › source: nothing has the id 'S8'",
        ),
        (
            "claims/trees.toml",
            'id = "S9.02"',
            'id = "S9.01"',
            r"'S9.01' › id: already stands in claims/trees.toml",
        ),
        (
            "claims/trees.toml",
            'status = "source-only"\n\n',
            'status = "computed"\ncomputed_from = ["S9.77"]\n\n',
            r"claims/trees.toml: 'S9.01' › computed_from: nothing has the id 'S9.77'",
        ),
        (
            "sources/documents.toml",
            SOURCES,
            SOURCES + SOURCES,
            r"'S9' › id: already stands in sources/documents.toml",
        ),
        (
            "disagreements/growth.toml",
            'claims = ["S9.02"]',
            'claims = ["S9.03"]',
            r"disagreements/growth.toml: 'D99' › positions › claims: nothing has the id 'S9.03'",
        ),
        (
            "disagreements/growth.toml",
            'software_does = [{ says = "Shows both.", shown_by = ["tests/test_a.py::test_b"] }]',
            'software_does = [{ says = "Shows both.", shown_by = ["tests/test_a.py::test_b"] }]\n'
            'outside_claims = ["label.trees"]',
            r"disagreements/growth.toml: 'D99' › outside_claims: nothing has the id 'label.trees'",
        ),
        (
            "corrections.toml",
            'claims = ["S9.02"]',
            'claims = ["S9.04"]',
            r"corrections.toml: 'E99' › claims: nothing has the id 'S9.04'",
        ),
        (
            "corrections.toml",
            'corrected_by = ["S9.01"]',
            'corrected_by = ["S9.05"]',
            r"corrections.toml: 'E99' › corrected_by: nothing has the id 'S9.05'",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(DataFileError, match=message):
        evidence.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('status = "source-only"', "", r"claims › 'S9.01' › status: Field required"),
        (
            'status = "source-only"',
            'status = "remembered"',
            r"claims › 'S9.01' › status: Input should be 'verified'",
        ),
        ('locator = "line 1"\n', "", r"'S9.01': a claim with status source-only needs a source"),
        (
            'source = "S9"\nlocator = "line 1"\nstatus = "source-only"',
            'status = "verified"',
            r"'S9.01': a claim with status verified needs a source",
        ),
        (
            'status = "source-only"',
            'status = "verified"',
            r"'S9.01' › status: nothing is verified against 'S9' \(founding document\)",
        ),
        (
            'status = "source-only"',
            'status = "clinic-choice"',
            r"'S9.01': a clinic choice has no source",
        ),
        (
            'status = "source-only"',
            'status = "computed"',
            r"'S9.01': a computed claim names the claims",
        ),
        (
            'status = "source-only"',
            'status = "source-only"\nflags = ["dangerous"]',
            r"'S9.01': a dangerous claim says in excluded why nothing may follow it",
        ),
        (
            'status = "source-only"',
            'status = "source-only"\nexcluded = "It harms."',
            r"'S9.01': a dangerous claim says in excluded why nothing may follow it",
        ),
    ],
)
def test_a_claim_without_what_stands_behind_it_is_refused(
    folder: Path, old: str, new: str, message: str
) -> None:
    change(folder, "claims/trees.toml", old, new)
    with pytest.raises(DataFileError, match=message):
        evidence.load(folder)


def test_a_clinic_choice_has_no_source(folder: Path) -> None:
    change(
        folder,
        "claims/trees.toml",
        'source = "S9"\nlocator = "line 1"\nstatus = "source-only"',
        'status = "clinic-choice"',
    )
    base = evidence.load(folder)
    assert base.source_of("S9.01") is None
    assert base.claim("S9.01").status.in_words == "The clinic's choice, without a source"


def test_a_disagreement_without_sides_is_refused(folder: Path) -> None:
    (folder / "disagreements" / "growth.toml").write_text(
        '[[disagreements]]\nid = "D98"\ntopic = "x"\noutside_check = ""\n'
        'software_does = [{ says = "x", shown_by = ["tests/test_a.py::test_b"] }]\n'
        "positions = []\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match=r"'D98': a disagreement has at least one position"):
        evidence.load(folder)


def test_the_other_side_is_what_does_not_hold_the_claim(folder: Path) -> None:
    (other,) = evidence.load(folder).other_side("S9.01")
    assert other.disagreement == "D99"
    assert [position.text for position in other.positions] == ["They do not."]


def test_the_correction_stands_only_beside_the_claim_that_is_wrong(folder: Path) -> None:
    base = evidence.load(folder)
    correction = base.correction_for("S9.02")
    assert correction is not None
    assert correction.id == "E99"
    assert base.correction_for("S9.01") is None


@pytest.mark.parametrize("kind", ["claim", "source", "disagreement"])
def test_asking_for_what_is_not_there_names_it(folder: Path, kind: str) -> None:
    base = evidence.load(folder)
    with pytest.raises(KeyError, match=f"no {kind} has the id 'X1'"):
        getattr(base, kind)("X1")
