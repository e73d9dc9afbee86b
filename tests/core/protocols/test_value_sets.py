"""Value sets: a code of its own system matches, and so does a whole word in free text."""

from pathlib import Path

import pytest

from mooring.core.datafiles import DataFileError
from mooring.core.protocols import value_sets

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SETS = value_sets.load()


def test_a_listed_code_matches_whatever_the_text_says() -> None:
    assert SETS["hypertension"].has(SNOMED, "38341003", "")


def test_the_same_digits_of_another_system_do_not_match() -> None:
    assert not SETS["hypertension"].has(RXNORM, "38341003", "")
    assert not SETS["hypertension"].has(None, "38341003", "")


@pytest.mark.parametrize(
    ("value_set", "text"),
    [
        ("hypertension", "Essential HYPERTENSION, since youth"),
        ("hypertension", "high  blood\npressure"),
        ("benzodiazepines", "Diazepam [Valium]"),
        ("stroke", "CVA 2019"),
        ("strong-enzyme-inducers", "St. John's Wort 300 mg"),
        ("hyperthyroidism", "Graves' disease"),
        ("aneurysm-avm-haemorrhage", "Ruptured aneurysms"),
        ("opioids", "Percocet 5/325"),
        ("psychosis", "Hearing voices since May"),
        ("aneurysm-avm-haemorrhage", "Brain bleed in 2015"),
        ("heart-disease", "NSTEMI 2021"),
        ("substance-use", "Heroin addiction"),
        ("liver-disease", "Raised liver enzymes"),
        ("ketamine-substance", "Arketamine: hives"),
    ],
)
def test_a_whole_word_in_free_text_matches(value_set: str, text: str) -> None:
    assert SETS[value_set].has(None, None, text)


@pytest.mark.parametrize(
    ("value_set", "text"),
    [
        ("hypertension", "hypotension"),
        ("bipolar", "kleptomania"),
        ("stroke", "sunstroke"),
        ("stroke", "gestational diabetes"),
        ("lamotrigine", "levetiracetam"),
        ("heart-disease", "Family history of heart disease"),
        ("psychosis", "  FAMILY HISTORY of schizophrenia"),
    ],
)
def test_a_part_of_a_word_or_a_relative_does_not_match(value_set: str, text: str) -> None:
    assert not SETS[value_set].has(None, None, text)


def test_a_relative_named_later_in_the_text_does_not_silence_the_set() -> None:
    text = "Schizophrenia; family history of the same"
    assert SETS["psychosis"].has(None, None, text)


def test_no_set_matches_an_empty_text() -> None:
    assert not any(value_set.has(None, None, "") for value_set in SETS.values())


def test_every_word_of_every_set_matches_itself() -> None:
    for value_set in SETS.values():
        for word in value_set.words:
            if not word.startswith(value_set.unless_starting or ("\0",)):
                assert value_set.has(None, None, f"({word.upper()})"), (value_set.id, word)


def test_a_set_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '[[value_sets]]\nid = "x"\ntitle = "X"\nwords = []\n', encoding="utf-8"
    )
    with pytest.raises(DataFileError, match="'x': a value set has at least one word"):
        value_sets.load(tmp_path)


def test_a_set_that_stands_twice_is_refused(tmp_path: Path) -> None:
    one = '[[value_sets]]\nid = "x"\ntitle = "X"\nwords = ["x"]\n'
    (tmp_path / "more.toml").write_text(one + one, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"more\.toml: 'x' › id: stands twice"):
        value_sets.load(tmp_path)
