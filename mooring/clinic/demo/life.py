"""What a patient's story carries from one moment to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from mooring.clinic.demo.opening import Staff
from mooring.clinic.demo.plots import Plot
from mooring.clinic.people.models import Patient


@dataclass
class Life:
    """One patient as the story goes on."""

    plot: Plot
    staff: Staff
    random: Random
    patient: Patient
    sessions: list[datetime] = field(default_factory=list)
    asked: set[UUID] = field(default_factory=set)
    """Assignments that were answered or left out on purpose."""
    answered: int = 0
