"""Loads policies: a policy is a folder of TOML files whose every number cites a claim."""

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
    "policy_file",
    "policy_names",
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


def policy_names(folder: Path) -> list[str]:
    """The policies below `folder`: each a folder with a policy.toml, by name."""
    return sorted(path.parent.name for path in folder.glob("*/policy.toml"))


def policy_file(folder: Path, name: str, file: str, model: type[Model]) -> Model:
    """Read one file of the policy `name` below `folder` into `model`.

    Raises DataFileError naming the policies there are when there is no such policy, and naming
    file, rule and field when the file does not fit.
    """
    known = policy_names(folder)
    if name not in known:
        raise DataFileError(
            f"no policy is called '{name}' in {folder.name}; there are: {', '.join(known)}"
        )
    evidence.load()  # what is wrong there is said once, not for each claim that is cited here
    return read_toml(folder / name / file, model)
