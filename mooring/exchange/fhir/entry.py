"""One entry of a bundle as the readers pass it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.pieces import Resources
from mooring.exchange.fhir.unfit import Place


@dataclass(frozen=True)
class Entry:
    """One entry of a bundle."""

    position: int
    """From 0; in sentences entries count from 1."""
    place: Place
    type: str
    id: str
    addresses: frozenset[str]
    """What a reference to it may say."""
    resources: Resources | None = None
    """Where its resource is read; None for an entry that only takes a resource back."""
    subjects: Mapping[str, Any] = field(default_factory=dict)
    """The fields that say whom it is about (`references.ABOUT`), as far as it has them."""
    full_url: str | None = None
    mode: str | None = None
    """Why a search found it: match, include or outcome."""
    deletes: bool = False
    """True where the entry takes a resource back."""
    unfit: str = ""
    """Why nothing of it can be read, as a sentence; empty where that is not so."""
    overtaken: str = ""
    """Why it no longer counts, as a sentence: a later version is here, or it was taken back."""

    @property
    def resource(self) -> Element:
        """What it says; empty for an entry that only takes a resource back."""
        data = self.resources.data(self.position) if self.resources is not None else {}
        return Element(data, self.place)

    @property
    def stands(self) -> bool:
        """True for what may be read and referred to."""
        return not self.unfit and not self.overtaken and not self.deletes

    def no_longer(self, why: str) -> Entry:
        """The same entry, overtaken by another."""
        return replace(self, overtaken=why)
