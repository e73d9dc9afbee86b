"""`mooring evidence export`, as somebody types it."""

import csv
import json

import pytest
from click.testing import CliRunner

from mooring.cli.evidence import command
from mooring.core import evidence
from mooring.core.evidence.export import digest_of


def typed(*words):
    return CliRunner().invoke(command, ["export", *map(str, words)])


def test_into_a_folder_the_file_is_named_for_its_version(tmp_path):
    said = typed(tmp_path, "--format", "json")
    assert said.exit_code == 0
    (path,) = tmp_path.iterdir()
    assert path.name == f"mooring-evidence-{evidence.load().version.version}.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["digest"] == digest_of(document)
    assert document["digest"] in said.output


def test_the_name_of_the_file_decides_where_nothing_else_does(tmp_path):
    path = tmp_path / "new" / "numbers.csv"
    assert typed(path).exit_code == 0
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["claim"] for row in csv.DictReader(file)} == set(evidence.load().claims)


def test_json_is_what_comes_where_nothing_is_said(tmp_path):
    assert typed(tmp_path / "evidence").exit_code == 0
    assert json.loads((tmp_path / "evidence").read_text(encoding="utf-8"))["claims"]


@pytest.mark.parametrize("words", [[], ["x", "--format", "xlsx"]])
def test_what_it_cannot_do_it_says(words):
    assert typed(*words).exit_code == 2
