"""What the owner's forms change, as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.clinic.accounts.models import Clinic, User
from mooring.clinic.once.standing import Stands, shown
from mooring.clinic.permissions import STAFF
from mooring.core.quantities import plain


def roles_stand(person: User) -> Stands:
    """What a person does here, read anew."""
    held = person.assignments.filter(role__in=STAFF).values_list("role", flat=True)
    return Stands(f"roles of {person.pk}", {"Roles": shown(", ".join(sorted(held)))})


def doors_stand(clinic: Clinic, names: Iterable[str]) -> Stands:
    """How people get in and by what they sign."""
    said = {}
    for name in names:
        value = getattr(clinic, name)
        words = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        said[name.replace("_", " ").capitalize()] = words
    return Stands("doors", said)


def bedside_stands(clinic: Clinic) -> Stands:
    """What every bedside follows."""
    priming = clinic.priming_ml
    said = {
        "Drawn up to fill the line": "nothing" if priming is None else f"{plain(priming)} mL",
        "A code has to be scanned": "yes" if clinic.vial_check_required else "no",
    }
    return Stands("bedside settings", said)
