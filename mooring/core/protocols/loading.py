"""Loads policies: a policy is a folder of TOML files whose every number cites a claim.

Each released version has a folder of its own (`KIND/ID/vN`) and stays. A policy that was given
another id is still found under the old one: `renamed.toml` beside the kinds says which it is now.
"""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from mooring.core import evidence
from mooring.core.datafiles import DataFileError, Frozen, Model, read_toml

__all__ = [
    "ClaimId",
    "DataFileError",
    "DisagreementId",
    "Frozen",
    "Renamed",
    "called_today",
    "policy_file",
    "policy_folder",
    "policy_names",
    "policy_versions",
    "read_toml",
]


def _known_claim(name: str) -> str:
    if name not in evidence.load().claims:
        raise ValueError(f"the evidence has no claim '{name}'")
    return name


def _known_disagreement(name: str) -> str:
    if name not in evidence.load().disagreements:
        raise ValueError(f"the evidence has no disagreement '{name}'")
    return name


ClaimId = Annotated[str, AfterValidator(_known_claim)]
"""The id of a claim; a model field of this type refuses an id that the evidence does not have."""

DisagreementId = Annotated[str, AfterValidator(_known_disagreement)]
"""The id of a disagreement, checked in the same way."""


class Renamed(Frozen):
    """One policy that has another id today."""

    kind: str
    """The folder of its kind, for example stopping."""
    was: str
    """The id under which it was chosen and signed."""
    is_now: str
    """The id of its folder."""


class RenamedPolicies(Frozen):
    """Every policy that has another id today."""

    renamed: tuple[Renamed, ...] = ()


@cache
def _renamed(kinds: Path) -> dict[tuple[str, str], str]:
    file = kinds / "renamed.toml"
    found = read_toml(file, RenamedPolicies).renamed if file.exists() else ()
    return {(each.kind, each.was): each.is_now for each in found}


def called_today(folder: Path, name: str) -> str:
    """The id that the policy `name` of the kind in `folder` has today; most never had another."""
    return _renamed(folder.parent).get((folder.name, name), name)


def policy_names(folder: Path) -> list[str]:
    """The policies below `folder`, by name: each a folder with one folder for each version."""
    return sorted({path.parent.parent.name for path in folder.glob("*/v*/policy.toml")})


def policy_versions(folder: Path, name: str) -> list[str]:
    """The released versions of the policy `name`, oldest first; none for an unknown name.

    A version that was released is never changed: what was signed under it names it.
    """
    today = called_today(folder, name)
    released = (path.parent.name[1:] for path in folder.glob("*/v*/policy.toml")
                if path.parent.parent.name == today)  # fmt: skip
    return sorted(released, key=int)


def policy_folder(folder: Path, name: str, version: str | None = None) -> Path:
    """Where the files of a policy lie; without a version those of its newest.

    Raises DataFileError naming the policies, or the versions, that there are.
    """
    known, today = policy_names(folder), called_today(folder, name)
    if today not in known:
        raise DataFileError(
            f"no policy is called '{name}' in {folder.name}; there are: {', '.join(known)}"
        )
    versions = policy_versions(folder, name)
    if version is not None and version not in versions:
        raise DataFileError(
            f"the policy '{name}' has no version '{version}'; there are: {', '.join(versions)}"
        )
    return folder / today / f"v{version or versions[-1]}"


def policy_file(
    folder: Path, name: str, file: str, model: type[Model], version: str | None = None
) -> Model:
    """Read one file of the policy `name` below `folder` into `model`; without a version the newest.

    Raises DataFileError naming the policies, or the versions, that there are when there is no such
    one, and naming file, rule and field when the file does not fit.
    """
    found = policy_folder(folder, name, version)
    evidence.load()  # what is wrong there is said once, not for each claim that is cited here
    return read_toml(found / file, model)
