"""The indications and the models of care that a course can be written for, as data with claims."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.protocols.loading import ClaimId

FILE = Path(__file__).parent / "care.toml"
OTHER = "other"
"""The indication that has to be put in words."""
HOME = "home"
"""The model of care in which doses are taken at home; off until the clinic switches it on."""
GROUP = "group"
"""The model of care in which several people are treated together."""


class Indication(Frozen):
    """What a course is for."""

    id: str
    name: str


class ModelOfCare(Frozen):
    """One way of working with ketamine."""

    id: str
    name: str
    what: str
    prepared: bool
    """True when a preparation visit belongs before the first session."""
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Care(Frozen):
    """All of them, and what is said about choosing among the models."""

    choosing: tuple[ClaimId, ...]
    indications: tuple[Indication, ...]
    models: tuple[ModelOfCare, ...]


@cache
def care() -> Care:
    """The file's content. Raises DataFileError when it does not fit or cites an unknown claim."""
    return read_toml(FILE, Care)


def indication(name: str) -> Indication:
    """The indication with that id. Raises KeyError when there is none."""
    return {entry.id: entry for entry in care().indications}[name]


def model_of_care(name: str) -> ModelOfCare:
    """The model of care with that id. Raises KeyError when there is none."""
    return {entry.id: entry for entry in care().models}[name]
