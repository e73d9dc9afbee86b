"""Every check finds what its true examples plant, and stays silent on its false ones."""

import pytest

from mooring.core.evidence.lint.examples import FOLDER, Example, examples
from mooring.core.evidence.lint.running import check, names

EXAMPLES = [(name, example) for name in names() for example in examples(name)]


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{n}: {e.title}" for n, e in EXAMPLES]
)
def test_the_check_finds_what_it_must_and_nothing_else(name: str, example: Example) -> None:
    found = list(check(name).find(example.base()))
    assert {finding.claim for finding in found} == set(example.finds), [f.says for f in found]
    said = "\n".join(finding.says for finding in found)
    for words in example.says:
        assert words in said


@pytest.mark.parametrize("name", names())
def test_every_check_has_both_kinds_of_example(name: str) -> None:
    kinds = {bool(example.finds) for example in examples(name)}
    mixed = any(0 < len(e.finds) < len(e.claims) for e in examples(name))
    assert True in kinds
    assert mixed or False in kinds


@pytest.mark.parametrize("name", names())
def test_every_check_says_in_words_what_it_finds_and_why_it_matters(name: str) -> None:
    first, _, why = (check(name).__doc__ or "").partition("\n\n")
    assert first.endswith(".")
    assert len(why.split()) > 15


def test_there_is_no_example_without_its_check() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(names())
