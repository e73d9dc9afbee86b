"""A shelf of policies of a test's own: the real ones copied, to release a version or rename one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mooring.core.protocols import loading
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.regimens import policy as regimens
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping

KINDS: dict[str, Any] = {
    "stopping": stopping, "monitoring": monitoring, "starting": starting, "leaving": leaving,
    "regimens": regimens,
}  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """Folders that stand in for those of the program."""

    root: Path

    def release(self, kind: str, name: str, **changed: str) -> str:
        """Copy the newest version of a policy to the next one, with texts of it replaced."""
        versions = loading.policy_versions(self.root / kind, name)
        newest, following = versions[-1], str(int(versions[-1]) + 1)
        folder = self.root / kind / name / f"v{following}"
        shutil.copytree(self.root / kind / name / f"v{newest}", folder)
        file = folder / "policy.toml"
        text = file.read_text(encoding="utf-8").replace(
            f'version = "{newest}"', f'version = "{following}"'
        )
        for old, new in changed.items():
            assert old in text, old
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")
        forget()
        return following

    def rename(self, kind: str, was: str, is_now: str, *, told: bool = True) -> None:
        """Give a policy another id, with its entry in the table of renamed ones unless `told`."""
        (self.root / kind / was).rename(self.root / kind / is_now)
        for file in (self.root / kind / is_now).glob("v*/policy.toml"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(f'id = "{was}"', f'id = "{is_now}"'), encoding="utf-8")
        if told:
            entry = f'[[renamed]]\nkind = "{kind}"\nwas = "{was}"\nis_now = "{is_now}"\n'
            (self.root / "renamed.toml").write_text(entry, encoding="utf-8")
        forget()


def forget() -> None:
    """Read every policy anew."""
    loading._renamed.cache_clear()
    for kind in KINDS.values():
        kind.load.cache_clear()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The policies of a session and of its course, copied to where a test may change them."""
    for name, kind in KINDS.items():
        shutil.copytree(kind.FOLDER, tmp_path / name, ignore=shutil.ignore_patterns("*.py*"))
        monkeypatch.setattr(kind, "FOLDER", tmp_path / name)
    forget()
    yield Shelf(tmp_path)
    monkeypatch.undo()
    forget()
