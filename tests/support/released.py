"""Every released version of every policy of a kind, so that old case tables stay tests."""

from __future__ import annotations

from pathlib import Path

from mooring.core.protocols.loading import policy_names, policy_versions


def released(folder: Path) -> list[tuple[str, str]]:
    """Each policy below `folder` with each of its versions, oldest first."""
    return [
        (name, version)
        for name in policy_names(folder)
        for version in policy_versions(folder, name)
    ]
