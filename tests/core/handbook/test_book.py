"""Chapters load as one book, each reader gets their own face, and changes lie over it."""

from pathlib import Path

import pytest

from mooring.core import handbook
from mooring.core.datafiles import DataFileError
from mooring.core.handbook import Face, Passage

LATER = """
id = "later"
title = "And then?"
order = 20

[[passages]]
id = "later.end"
both = "It ends."
"""
FIRST = """
id = "first"
title = "How does it begin?"
order = 10

[[passages]]
id = "first.what"
clinician = "Exactly so."
patient = "Like this."

[[passages]]
id = "first.how"
clinician = "For clinicians alone."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a-later.toml").write_text(LATER, encoding="utf-8")
    (tmp_path / "b-first.toml").write_text(FIRST, encoding="utf-8")
    return tmp_path


def test_chapters_stand_in_their_order_not_in_that_of_the_files(folder: Path) -> None:
    assert [chapter.id for chapter in handbook.load(folder).chapters] == ["first", "later"]


def test_each_reader_gets_their_own_text(folder: Path) -> None:
    what = handbook.load(folder).passage("first.what")
    assert (what.text(Face.CLINICIAN), what.text(Face.PATIENT)) == ("Exactly so.", "Like this.")
    end = handbook.load(folder).passage("later.end")
    assert end.text(Face.CLINICIAN) == end.text(Face.PATIENT) == "It ends."


def test_a_patient_is_not_shown_what_has_no_text_for_them(folder: Path) -> None:
    book = handbook.load(folder)
    assert list(book.for_reader(Face.PATIENT).passages) == ["first.what", "later.end"]
    assert list(book.for_reader(Face.CLINICIAN).passages) == [
        "first.what",
        "first.how",
        "later.end",
    ]


def test_a_chapter_without_a_passage_for_the_reader_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "only.toml").write_text(
        'id = "only"\ntitle = "T"\norder = 1\n'
        '[[passages]]\nid = "only.one"\nclinician = "For clinicians."\n',
        encoding="utf-8",
    )
    assert handbook.load(tmp_path).for_reader(Face.PATIENT).chapters == ()


def test_an_accepted_change_stands_in_place_of_the_shipped_text(folder: Path) -> None:
    changed = Passage(id="later.end", both="It goes on.")
    book = handbook.load(folder)
    assert book.revised({"later.end": changed}).passage("later.end") == changed
    assert book.passage("later.end").both == "It ends."


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("b-first.toml", "first.how", "first.what", r"'first.what' › id: stands twice"),
        ("a-later.toml", "later.end", "after.end", r"'after.end' › id: begins with 'later\.'"),
        ("a-later.toml", 'both = "It ends."', "", "either a text for both, or clinician"),
        (
            "a-later.toml",
            'both = "It ends."',
            'both = "It ends."\npatient = "It ends."',
            "'later.end': a passage has either a text for both",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_file_and_entry(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError, match=said):
        handbook.load(folder)


@pytest.mark.parametrize("kind", ["chapter", "passage"])
def test_asking_for_what_is_not_there_names_it(folder: Path, kind: str) -> None:
    with pytest.raises(KeyError, match=f"no {kind} has the id 'x'"):
        getattr(handbook.load(folder), kind)("x")
