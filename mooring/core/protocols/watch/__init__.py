"""The four-organ watch: what is asked for over time, why, and since when. It finds no one well."""

from mooring.core.protocols.watch.case_table import WatchCase, cases
from mooring.core.protocols.watch.looks import Look, Result, standing_looks
from mooring.core.protocols.watch.policy import Item, Organ, OrganWatch, WatchPolicy, load, names
from mooring.core.protocols.watch.standing import (
    History,
    ItemStanding,
    OrganStanding,
    State,
    Why,
    standing,
)

__all__ = [
    "History",
    "Item",
    "ItemStanding",
    "Look",
    "Organ",
    "OrganStanding",
    "OrganWatch",
    "Result",
    "State",
    "WatchCase",
    "WatchPolicy",
    "Why",
    "cases",
    "load",
    "names",
    "standing",
    "standing_looks",
]
