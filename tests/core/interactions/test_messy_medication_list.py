"""A messy list as it comes from pharmacies, nurses and patients: what each entry is read as.

The table beside this file is the specification. A wrong medicine is worse than none, and a guessed
dose is the worst.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from mooring.core.drugs.interactions import Entry, Taking, read

FILE = Path(__file__).parent / "medication_list.txt"


def rows():
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, dose, names, mg, *taking = (part.strip() for part in line.split("|"))
            yield pytest.param(text, dose, names, mg, *taking or [""], id=f"{text} {dose}")


@pytest.mark.parametrize(("text", "dose", "names", "mg", "taking"), list(rows()))
def test_an_entry_is_read_as_the_table_says(text, dose, names, mg, taking):
    found = read(Entry(text, dose))
    assert ", ".join(known.name for known in found.known) == ("" if names == "-" else names)
    assert found.daily.mg == (None if mg == "?" else Fraction(mg))
    assert found.taking == (taking or Taking.NOT_SAID_OTHERWISE)


def test_the_table_is_long_enough_to_mean_something():
    assert len(list(rows())) >= 150
