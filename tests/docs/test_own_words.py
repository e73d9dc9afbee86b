"""No sentence of a founding document stands in the project: what is said is in our own words."""

import subprocess
from pathlib import Path

import pytest

from tests.support.word_runs import BYTES, FILE, digest, kept, runs

ROOT = Path(__file__).parents[2]
ENDINGS = (".toml", ".md", ".html", ".py", ".js")
HARMLESS = {
    "The effect of intravenous, intranasal, and oral ketamine in mood disorders: a meta-analysis": (
        "title of a published paper that a document cites and our source names"
    ),
    "Side-effects associated with ketamine use in depression: a systematic review": (
        "title of a published paper that a document cites and our source names"
    ),
}
"""What is nobody's own sentence, each with the reason."""


def texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    files = [ROOT / name for name in listed.stdout.split("\0") if name.endswith(ENDINGS)]
    return [path for path in files if path.is_file()]


def allowed() -> frozenset[str]:
    return frozenset(run for phrase in HARMLESS for run in runs(phrase))


def test_no_text_of_the_project_has_seven_words_in_a_row_from_a_founding_document() -> None:
    founding, harmless = kept(), allowed()
    borrowed = [
        f"{path.relative_to(ROOT)}: {run}"
        for path in texts()
        for run in runs(path.read_text(encoding="utf-8"))
        if digest(run) in founding and run not in harmless
    ]
    assert borrowed == []


def test_the_texts_of_the_project_are_looked_at() -> None:
    names = {path.name for path in texts()}
    assert {"README.md", "units.toml", "base.html", "base.py", "app.js"} <= names


@pytest.mark.parametrize("phrase", HARMLESS)
def test_an_allowed_phrase_is_still_needed(phrase: str) -> None:
    in_use = {run for path in texts() for run in runs(path.read_text(encoding="utf-8"))}
    assert any(digest(run) in kept() and run in in_use for run in runs(phrase))
    assert HARMLESS[phrase]


def test_the_file_holds_sorted_digests_and_no_words() -> None:
    content = FILE.read_bytes()
    digests = [content[at : at + BYTES] for at in range(0, len(content), BYTES)]
    assert len(content) % BYTES == 0
    assert digests == sorted(set(digests))
    assert len(digests) > 13_000


def test_case_and_marks_do_not_hide_a_run() -> None:
    plain = list(runs("one two three four five six seven"))
    assert list(runs("“One,” two;\n three — FOUR five (six) seven!")) == plain
    assert len(plain) == 1
