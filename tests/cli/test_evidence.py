"""`mooring evidence`: what it prints, and when it stops with exit code 1."""

from __future__ import annotations

import re
import shutil

import pytest
from click.testing import CliRunner

from mooring.cli import main
from mooring.cli.evidence import COMMANDS
from mooring.core import evidence
from mooring.core.evidence import base
from mooring.core.evidence.base import DATA
from tests.support.command import mooring

SLIP = 'numerator = 17, denominator = 24, per = "people"'


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A copy of the evidence in which 17 of 24 people have become 17 of 42."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "claims" / "dose-and-series.toml"
    text = file.read_text()
    assert SLIP in text
    file.write_text(text.replace(SLIP, SLIP.replace("24", "42")))
    monkeypatch.setattr(evidence, "load", lambda: base.load(folder))
    return folder


def run(*words):
    return CliRunner().invoke(main, ["evidence", *words])


def test_lint_is_green_on_what_we_ship_and_touches_no_data_folder(tmp_path):
    done = mooring(tmp_path / "home", "evidence", "lint")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "79 of 758 numbers recomputed: 0 findings open" in done.stdout
    assert not (tmp_path / "home").exists()


def test_lint_is_red_on_a_planted_slip_and_says_what_was_recomputed(planted):
    done = run("lint")
    assert done.exit_code == 1
    assert "Dose and series by vein" in done.output
    assert "murrough-2013.series  percent: 17 of 42 people is 40.48 %" in done.output
    assert "the claim says 70.8 % (response)." in done.output


def test_lint_shows_what_is_acknowledged_only_when_asked(planted):
    assert "stands because" not in run("lint").output
    assert "stands because: E13: The document gives no unit." in run("lint", "--all").output


def test_a_file_that_does_not_fit_is_named_without_a_trace(planted):
    (planted / "claims" / "broken.toml").write_text('topic = "Broken"\nclaims = [{ id = "S1.99" }]')
    done = run("lint")
    assert done.exit_code == 1
    assert "claims/broken.toml:" in done.output
    assert "'S1.99' › statement" in done.output
    assert "Traceback" not in done.output


def test_coverage_is_whole_on_what_we_ship():
    done = run("coverage")
    assert done.exit_code == 0, done.output
    assert "statements on record: 275 of 275" in done.output
    assert re.search(r"\d+  a rule\n +\d+  a screen\n +\d+  a handbook passage", done.output)
    assert "disagreements: 44 of 44" in done.output
    assert "corrections: 16 of 16" in done.output


def test_coverage_names_what_stands_nowhere(planted):
    (planted / "claims" / "access-and-cost.toml").unlink()
    (planted / "corrections.toml").write_text("corrections = []\n")
    for path in (planted / "disagreements").glob("*.toml"):
        path.unlink()
    for path in (planted / "claims").glob("*.toml"):
        path.unlink()
    done = run("coverage")
    assert done.exit_code == 1
    assert "statements on record: 0 of 275" in done.output
    assert "S1.01" in done.output
    assert "corrections: 0 of 16" in done.output


def test_coverage_shows_each_statement_with_its_tests_when_asked():
    done = run("coverage", "--each")
    assert "S2.44\n  rule: A rise of 45 systolic" in done.output
    assert "test_stop_policy_cases.py::test_rules_fire_as_the_case_says" in done.output
    assert "S4.05  nothing" in done.output
    assert "S2.44" not in run("coverage").output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_part_says_what_it_does(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) > 3


def test_help_names_every_part():
    done = run("--help")
    assert done.exit_code == 0
    assert all(f"  {name} " in done.output for name in COMMANDS)


def test_an_unknown_part_is_named():
    done = run("paint")
    assert done.exit_code == 2
    assert "No such command 'paint'" in done.output
