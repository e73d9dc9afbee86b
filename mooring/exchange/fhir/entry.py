"""One entry of a bundle as the readers pass it on."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.exchange.fhir.element import Element


@dataclass(frozen=True)
class Entry:
    """One entry of a bundle."""

    position: int
    """From 0; in sentences entries count from 1."""
    resource: Element
    type: str
    id: str
    addresses: frozenset[str]
    """What a reference to it may say."""
