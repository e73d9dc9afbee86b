"""docs/asvs.md: every requirement has its row, and what a row names is there."""

from __future__ import annotations

import ast
import csv
import re
import runpy
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
with (ROOT / "docs/asvs.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
TOOL = runpy.run_path(str(ROOT / "tools/asvs"))

IDS = "29debb6cfc11acf5deb2b2bb4e01bd836c5648dcc592aae17957e36b808cec05"
"""SHA-256 over "id level" of each requirement of levels 1 and 2, a line each, in the order of the
standard; made from OWASP's own CSV of 5.0.0, at its repository's commit fe04986."""
BY_CHAPTER = {
    1: (8, 19), 2: (4, 7), 3: (8, 11), 4: (2, 8), 5: (4, 5), 6: (13, 22), 7: (6, 12), 8: (4, 3),
    9: (4, 3), 10: (5, 24), 11: (3, 11), 12: (3, 6), 13: (1, 12), 14: (2, 7), 15: (3, 10),
    16: (0, 16), 17: (0, 7),
}  # fmt: skip
"""Requirements of level 1 and of level 2, counted in the same file."""
STANDS = {"met", "met in part", "not met", "does not apply"}


def named(row):
    """What a row names in backticks: the files and tests of the repository."""
    words = re.findall(r"`([^`]+)`", row["evidence"])
    return [
        word for word in words if re.match(r"(tests|mooring|frontend|docs|tools)/|[A-Z]+\.md", word)
    ]


def prose(row):
    """What a row says beside what it names."""
    return re.sub(r"`[^`]+`[,;.:]?", "", row["evidence"]).strip(" ,;.:")


@cache
def functions_of(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_there_is_one_row_for_each_requirement_of_levels_1_and_2():
    lines = "\n".join(f"{row['id']} {row['level']}" for row in ROWS)
    assert sha256(lines.encode()).hexdigest() == IDS
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}


def test_each_chapter_has_as_many_rows_as_the_standard():
    counts = Counter((TOOL["chapter"](row), row["level"]) for row in ROWS)
    for chapter, (first, second) in BY_CHAPTER.items():
        assert (counts[chapter, "1"], counts[chapter, "2"]) == (first, second), chapter


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_says_how_mooring_stands_to_it_and_names_what_is_there(row):
    assert row["stands"] in STANDS
    assert row["about"].strip()
    assert row["evidence"].strip()
    if row["stands"] == "met":
        assert named(row), "a row that is met names a test, code or a document"
    else:
        assert len(prose(row).split()) >= 4, "say what is lacking, or why it does not apply"
    for word in named(row):
        file, _, test = word.partition("::")
        assert (ROOT / file).exists(), word
        if test:
            assert test in functions_of(file), word


def test_what_is_met_by_a_sentence_of_a_document_names_its_heading():
    headings = {
        line.removeprefix("## ").strip().removeprefix("**").partition(".**")[0]
        for name in ("docs/security.md", "SECURITY.md", "docs/settings.md")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line.startswith(("## ", "**"))
    }
    said = [
        heading
        for row in ROWS
        for group in re.findall(r"`(?:docs/security|SECURITY|docs/settings)\.md` \(([^)]+)\)",
                                row["evidence"])
        for heading in re.split(r"(?<=[a-z]), (?=[A-Z])", group)
    ]  # fmt: skip
    assert said
    assert [heading for heading in said if heading not in headings] == []


def test_the_page_is_what_the_table_says():
    page = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    assert page == TOOL["page"](ROWS), "type: .venv/bin/python tools/asvs"


def test_what_is_not_met_stands_first():
    page = (ROOT / "docs/asvs.md").read_text(encoding="utf-8")
    first = page.partition("## 1. ")[0]
    for row in ROWS:
        lacking = row["stands"] in {"not met", "met in part"}
        assert (f"**{row['id']}** " in first) is lacking, row["id"]
