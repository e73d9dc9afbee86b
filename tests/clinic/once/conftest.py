"""Who sends the forms, and about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Cast:
    """People of the clinic and one patient; nothing is decided, ordered or planned yet."""

    alice: Any
    bob: Any
    tara: Any
    olga: Any
    pat: Any
    charlie: Any
    patient: Any


@pytest.fixture
def cast(transactional_db, alice, bob, tara, olga, pat, charlie, patient) -> Cast:
    return Cast(alice, bob, tara, olga, pat, charlie, patient)
