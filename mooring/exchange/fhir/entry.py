"""One entry of a bundle as the readers pass it on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mooring.exchange.fhir.element import Element


@dataclass(frozen=True)
class Entry:
    """One entry of a bundle."""

    position: int
    """From 0; in sentences entries count from 1."""
    resource: Element
    """Empty for an entry that only takes a resource back."""
    type: str
    id: str
    addresses: frozenset[str]
    """What a reference to it may say."""
    full_url: str | None = None
    deletes: bool = False
    """True where the entry takes a resource back."""
    unfit: str = ""
    """Why nothing of it can be read, as a sentence; empty where that is not so."""
    overtaken: str = ""
    """Why it no longer counts, as a sentence: a later version is here, or it was taken back."""

    @property
    def stands(self) -> bool:
        """True for what may be read and referred to."""
        return not self.unfit and not self.overtaken and not self.deletes

    def no_longer(self, why: str) -> Entry:
        """The same entry, overtaken by another."""
        return replace(self, overtaken=why)
