"""A small clinic's data folder to run commands on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command import keys_of, python

SMALL_CLINIC = """
from datetime import UTC, datetime
from mooring.clinic.accounts.actions import open_clinic
from mooring.clinic.actions import command
from mooring.clinic.audit import chain
from mooring.clinic.audit.checkpoints import checkpoint
now = datetime(2026, 3, 2, 12, tzinfo=UTC)
open_clinic(command("test"), name="Harbour Clinic", time_zone="Europe/London", crisis_text="Call.",
            crisis_phone="1", emergency_phone="2", demonstration=True, now=now)
for number in range(4):
    chain.append(at=now, actor="x", actor_name="B. Okafor", action="test.row", subject="x",
                 subject_id=str(number), patient=None)
checkpoint(now)
"""


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("template") / "home"
    python(home, SMALL_CLINIC)
    return home


@pytest.fixture
def clinic_home(_template: Path, tmp_path: Path) -> Path:
    """The data folder of a clinic with six audit rows, and one checkpoint behind the last."""
    shutil.copytree(keys_of(_template), keys_of(tmp_path / "home"))
    return Path(shutil.copytree(_template, tmp_path / "home"))
