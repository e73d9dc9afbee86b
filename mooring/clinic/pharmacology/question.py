"""An order as the question that the page of what-if starts from."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlencode

from mooring.clinic.pharmacology.forms import WhatIfForm
from mooring.clinic.pharmacology.words import plain
from mooring.core.pharmacology.regimen import IN_PIECES, Regimen
from mooring.core.pharmacology.what_if import Person


def question(regimen: Regimen, person: Person) -> str:
    """The query of an address that fills the page's fields in.

    Sprays whose distances differ leave the distance open: the page has one for all of them. What
    the page would not take for a weight or an age stays open too.
    """
    first = regimen.events[0]
    asked = {"drug": regimen.drug.value, "way": first.given_as.value}
    if first.given_as in IN_PIECES:
        asked |= {"number": str(len(regimen.events)), "gap": _gap(regimen)}
    else:
        asked |= {"dose": _typed(first.amount), "unit": first.unit.value}
    if first.duration is not None:
        asked["minutes"] = _typed(first.duration)
    asked |= {"weight": _typed(person.weight), "age": _typed(person.age)}
    refused = WhatIfForm(asked).errors
    return urlencode({name: said for name, said in asked.items() if name not in refused})


def _gap(regimen: Regimen) -> str:
    times = [event.time for event in regimen.events]
    gaps = {later - earlier for earlier, later in pairwise(times)}
    return _typed(gaps.pop()) if len(gaps) == 1 else ""


def _typed(number: float | None) -> str:
    """As a person would type it."""
    if number is None:
        return ""
    return plain(number)
