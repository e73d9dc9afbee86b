"""The ways a drug can be ordered here: drug and route, as far as some product knows them."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.products import Product, products


@dataclass(frozen=True)
class Way:
    """One drug by one route."""

    drug: Drug
    route: Route

    @property
    def id(self) -> str:
        """As it stands in an address: "racemic_ketamine.intranasal"."""
        return f"{self.drug.value}.{self.route.value}"

    @property
    def products(self) -> tuple[Product, ...]:
        """What it can be given from."""
        return tuple(
            each for each in products() if each.drug is self.drug and self.route in each.routes
        )


USUAL = Way(Drug.RACEMIC_KETAMINE, Route.INTRAVENOUS_INFUSION)
"""What the series of infusions gives, and what an order starts from."""


def ways() -> tuple[Way, ...]:
    """Every drug and route that some product is made for."""
    known = (Way(drug, route) for drug in Drug for route in Route)
    return tuple(each for each in known if each.products)


def way(name: str) -> Way | None:
    """The way with that id; None when no product is made for it."""
    return next((each for each in ways() if each.id == name), None)
