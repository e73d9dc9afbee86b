"""The products a dose is drawn from, read from the TOML files beside this one."""

from functools import cache
from pathlib import Path

from pydantic import RootModel

from mooring.core.datafiles import read_toml
from mooring.core.drugs.products.kinds import (
    ByMouth,
    Injectable,
    NasalDevice,
    NasalSpray,
    Product,
    Vial,
)

__all__ = [
    "ByMouth",
    "Injectable",
    "NasalDevice",
    "NasalSpray",
    "Product",
    "ProductFile",
    "Vial",
    "injectables",
    "product",
    "products",
]

FOLDER = Path(__file__).parent


class ProductFile(RootModel[Product]):
    """One file: one product, of the kind it names."""


@cache
def products() -> tuple[Product, ...]:
    """All products, by id. Raises DataFileError when a file does not fit."""
    return tuple(read_toml(path, ProductFile).root for path in sorted(FOLDER.glob("*.toml")))


@cache
def injectables() -> tuple[Injectable, ...]:
    """What is drawn from a vial, weakest first."""
    found = (each for each in products() if isinstance(each, Injectable))
    return tuple(sorted(found, key=lambda each: each.concentration_mg_per_ml))


def product(name: str) -> Product:
    """The product of that id. Raises KeyError naming the ids there are."""
    for each in products():
        if each.id == name:
            return each
    raise KeyError(
        f"no product is called '{name}'; there are: {', '.join(p.id for p in products())}"
    )
