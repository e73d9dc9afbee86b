"""Data files: what does not fit is named by file, entry and field."""

from decimal import Decimal
from pathlib import Path

import pytest

from mooring.core.datafiles import DataFileError, Frozen, read_toml


class Entry(Frozen):
    id: str
    limit: Decimal
    units: tuple[str, ...] = ()


class File(Frozen):
    title: str = ""
    entries: tuple[Entry, ...] = ()


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "limits.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_number_with_a_point_is_exact(tmp_path: Path) -> None:
    path = written(tmp_path, '[[entries]]\nid = "dose"\nlimit = 0.1\n')
    assert read_toml(path, File).entries[0].limit == Decimal("0.1")


def test_a_wrong_field_is_named_with_file_and_entry(tmp_path: Path) -> None:
    path = written(tmp_path, '[[entries]]\nid = "dose"\nlimit = "much"\n')
    with pytest.raises(DataFileError, match=r"limits\.toml:\n  entries › 'dose' › limit: "):
        read_toml(path, File)


def test_an_entry_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, '[[entries]]\nid = "a"\nlimit = 1\n[[entries]]\nlimit = 2\n')
    with pytest.raises(DataFileError, match="entries › number 2 › id: Field required"):
        read_toml(path, File)


def test_a_wrong_item_of_a_list_is_named_by_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, '[[entries]]\nid = "a"\nlimit = 1\nunits = ["mg", 3]\n')
    with pytest.raises(DataFileError, match="entries › 'a' › units › number 2: "):
        read_toml(path, File)


def test_a_misspelt_field_is_refused_rather_than_ignored(tmp_path: Path) -> None:
    path = written(tmp_path, '[[entries]]\nid = "a"\nlimit = 1\nunit = "mg"\n')
    with pytest.raises(DataFileError, match="entries › 'a' › unit: Extra inputs"):
        read_toml(path, File)


def test_all_that_does_not_fit_is_named_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "title = 3\nentries = 4\n")
    with pytest.raises(DataFileError) as told:
        read_toml(path, File)
    assert "title: " in str(told.value)
    assert "entries: " in str(told.value)


def test_a_missing_file_is_named_without_the_machine_path(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"limits\.toml: there is no such file") as told:
        read_toml(tmp_path / "limits.toml", File)
    assert str(tmp_path) not in str(told.value)


@pytest.mark.parametrize("content", [b"title = \n", b"title = '\xff'\n"])
def test_text_that_is_not_toml_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "limits.toml"
    path.write_bytes(content)
    with pytest.raises(
        DataFileError, match=r"limits\.toml( › near 'title')?: this is not readable TOML"
    ):
        read_toml(path, File)


def test_a_value_read_from_a_file_cannot_be_changed(tmp_path: Path) -> None:
    entry = read_toml(written(tmp_path, '[[entries]]\nid = "a"\nlimit = 1\n'), File).entries[0]
    with pytest.raises(ValueError, match="frozen"):
        entry.limit = Decimal(2)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("title = 3\nlimit = = 4\n", "near 'limit'"),
        ("[[entries]]\nid = 'a\n", "near 'id'"),
        ("title = [\n1,\n", "near 'title'"),
        ("[head\n", "near 'head'"),
        ("a = { b = 1, c = 1 1 }\n", "near 'c'"),
        (f"title = 1\nlimit = {'9' * 5000}\nlast = 2\n", "near 'limit'"),
        (f"title = 1\nlimit = {'[' * 5000}\n", "near 'limit'"),
        ("title = 1\nlimit = 1e99999999999999999999\nlast = 2\n", "near 'limit'"),
    ],
)
def test_what_is_no_toml_is_named_with_the_key_at_the_fault(
    text: str, near: str, tmp_path: Path
) -> None:
    with pytest.raises(DataFileError, match=rf"limits\.toml › {near}: this is not readable TOML"):
        read_toml(written(tmp_path, text), File)


def test_a_fault_before_any_key_names_the_file_alone(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"limits\.toml: this is not readable TOML"):
        read_toml(written(tmp_path, "\x00"), File)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_bytes(b"title = '\xff'")
    with pytest.raises(DataFileError, match=r"limits\.toml: this is not readable TOML: 'utf-8'"):
        read_toml(path, File)
