"""The page on what the linter finds says what it finds today."""

from pathlib import Path

from mooring.core import evidence
from mooring.core.evidence.coverage import By, coverage
from mooring.core.evidence.coverage_page import in_words
from mooring.core.evidence.coverage_page import page as coverage_page
from mooring.core.evidence.lint import lint
from mooring.core.evidence.lint.page import page

README = Path(__file__).parents[2] / "README.md"
PAGE = Path(__file__).parents[2] / "docs" / "evidence-checks.md"
COVERAGE = PAGE.with_name("evidence-coverage.md")


def test_the_page_is_what_the_evidence_writes() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(evidence.load()), "type: .venv/bin/python tools/evidence-checks"


def test_every_mistake_is_found_by_a_check_or_says_why_a_person_had_to() -> None:
    assert "no reason is on record" not in page(evidence.load())


def test_the_readme_says_how_many_numbers_are_recomputed() -> None:
    report = lint(evidence.load())
    counted = f"({report.recomputed} of {report.numbers}; "
    assert counted in README.read_text(encoding="utf-8")


def test_the_page_on_coverage_is_what_the_evidence_writes() -> None:
    base = evidence.load()
    written = COVERAGE.read_text(encoding="utf-8")
    assert written == coverage_page(base, coverage(base)), (
        "type: .venv/bin/python tools/evidence-coverage"
    )


def test_the_readme_says_what_carries_the_statements() -> None:
    found = coverage(evidence.load())
    counted = ", ".join(f"{found.count(by)} by {in_words(by)}" for by in (*By, None))
    assert f"({counted}; " in README.read_text(encoding="utf-8")
