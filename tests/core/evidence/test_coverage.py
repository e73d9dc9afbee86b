"""Nothing that the founding documents say is left lying about."""

from pathlib import Path

import pytest

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.evidence import coverage as module
from mooring.core.evidence.coverage import coverage, statements, workflows

BASE = evidence.load()
FOUND = coverage(BASE)


def test_there_are_275_statements_each_once() -> None:
    assert len(statements()) == 275
    assert len(set(statements())) == 275


def test_every_statement_is_placed() -> None:
    assert FOUND.gaps == ()
    assert len(FOUND.places) == 275


def test_all_44_disagreements_and_16_corrections_are_there() -> None:
    assert FOUND.missing_disagreements == ()
    assert FOUND.missing_corrections == ()
    assert {"D01", "D44"} <= set(BASE.disagreements)
    assert {"E01", "E16"} <= set(BASE.corrections)
    assert FOUND.whole


def test_every_correction_names_a_check_or_says_why_a_person_is_needed() -> None:
    for correction in BASE.corrections.values():
        assert bool(correction.found_by) != bool(correction.needs_human), correction.id


def flagged(mark: str) -> set[str]:
    """The statements with that mark in the inventory; ! is harmful if taken as a rule."""
    lines = module.STATEMENTS.read_text(encoding="utf-8").splitlines()[1:]
    return {line.split(",")[0] for line in lines if mark in line.split(",")[3]}


@pytest.mark.parametrize("statement", sorted(flagged("!")))
def test_a_dangerous_statement_is_excluded_with_a_reason(statement: str) -> None:
    assert BASE.claim(statement).excluded


def test_the_twenty_five_systems_are_all_there_and_say_how_far_they_are() -> None:
    assert len(workflows()) == 25
    assert len({workflow.id for workflow in workflows()}) == 25
    assert all(workflow.today.endswith(".") for workflow in workflows())


def test_a_range_of_statements_is_spread_out() -> None:
    screening = next(w for w in workflows() if w.id == "screening")
    assert {"S4.28", "S4.31", "S4.34", "S5.11", "S5.25"} <= set(screening.placed)


def test_the_handbook_and_the_evidence_place_nothing_by_being_everything() -> None:
    whole = {w.id: w for w in workflows()}
    assert list(whole["handbook"].placed) == []
    assert list(whole["evidence"].placed) == []


def test_a_claim_that_nothing_uses_is_a_gap() -> None:
    lonely = coverage_without_uses("S1.01")
    assert lonely.gaps == ("S1.01",)
    assert not lonely.whole


def test_a_statement_without_a_claim_is_a_gap_even_where_a_workflow_names_it() -> None:
    fewer = {name: claim for name, claim in BASE.claims.items() if name != "S4.28"}
    short = evidence.EvidenceBase(
        BASE.version, BASE.sources, fewer, BASE.disagreements, BASE.corrections
    )
    assert "S4.28" in coverage(short).gaps


def test_a_missing_disagreement_is_named() -> None:
    fewer = {name: d for name, d in BASE.disagreements.items() if name != "D17"}
    short = evidence.EvidenceBase(BASE.version, BASE.sources, BASE.claims, fewer, BASE.corrections)
    assert coverage(short).missing_disagreements == ("D17",)


def coverage_without_uses(name: str) -> module.Coverage:
    places = dict(FOUND.places) | {name: frozenset({"claim"})}
    others = {key: kinds for key, kinds in places.items() if key not in FOUND.gaps or key == name}
    return module.Coverage(others, (), ())


def test_a_workflow_that_names_no_statement_of_the_documents_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "workflows.toml"
    file.write_text(
        '[[workflows]]\nid = "x"\ntitle = "X"\nstatements = ["S9.99"]\ntoday = "A."\nwaits = ""\n'
    )
    monkeypatch.setattr(module, "WORKFLOWS", file)
    with pytest.raises(DataFileError, match=r"'x' › statements: there is no 'S9\.99'"):
        workflows()
