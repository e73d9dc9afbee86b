"""docs/settings.md names every setting and every option there is, and none that is not."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from mooring.cli import main

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
READ = re.compile(
    r"""environ(?:\.get|\.setdefault)?[\[(]\s*["']([A-Z_]+)["']|^[A-Z_]+ = "(MOORING_[A-Z_]+)"$""",
    re.MULTILINE,
)
OF_OTHERS = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def settings_read() -> set[str]:
    """Every name that the program or its tests' ground read from the environment."""
    files = [*(ROOT / "mooring").rglob("*.py"), ROOT / "tests" / "conftest.py"]
    found = [pair for file in files for pair in READ.findall(file.read_text(encoding="utf-8"))]
    return {name for pair in found for name in pair if name} - OF_OTHERS


def settings_named() -> set[str]:
    """Every name that begins a row of the page."""
    return set(re.findall(r"^\| `([A-Z_]+)`", PAGE, re.MULTILINE))


def test_the_page_names_each_setting_that_is_read_and_no_other():
    assert settings_named() == settings_read()


def commands(group, above=""):
    """Every command by its whole name; of a group, those below it."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


@pytest.mark.parametrize(("name", "command"), commands(main), ids=str)
def test_the_page_names_each_option_of_each_command(name, command):
    row = re.search(rf"^\| `mooring {name}[^|]*\|([^|]*)\|", PAGE, re.MULTILINE)
    assert row, f"no row for mooring {name}"
    options = {
        opt for part in command.params if isinstance(part, click.Option) for opt in part.opts
    }
    assert set(re.findall(r"--[a-z-]+", row[1])) == options


def test_each_key_that_is_kept_is_named():
    kept = {
        name
        for file in (ROOT / "mooring").rglob("*.py")
        for name in re.findall(r'"(\w+\.key)"', file.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"^\| `([\w.]+\.key)` \|", PAGE, re.MULTILINE)) == kept
