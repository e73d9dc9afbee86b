"""Who reads which face: one rule for every page of the handbook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest

from mooring.clinic.permissions import allowed
from mooring.core import evidence
from mooring.core.handbook import Face
from mooring.core.handbook.guard import refusals
from mooring.core.handbook.readers import (
    disagreement_readable_by_patients,
    readable_by_patients,
)


def only_patient(roles: Iterable[str]) -> bool:
    """True for people who read as patients and as nothing else."""
    return not allowed(roles, "handbook.view")


def reads_as_patient(request: HttpRequest) -> bool:
    """True where the person signed in is shown the patients' face only."""
    return only_patient(cast(Any, request.user).roles)


def face_of(request: HttpRequest) -> Face:
    """What to show: patients their own face whatever the address says; staff may choose."""
    if reads_as_patient(request) or request.GET.get("face") == Face.PATIENT:
        return Face.PATIENT
    return Face.CLINICIAN


def may_read_claim(request: HttpRequest, claim_id: str) -> bool:
    """False for patients where the claim is not for them. KeyError for an unknown claim."""
    claim = evidence.load().claim(claim_id)
    return not reads_as_patient(request) or readable_by_patients(claim)


def may_read_disagreement(request: HttpRequest, disagreement_id: str) -> bool:
    """False for patients where a side rests on what is not for them. KeyError when unknown."""
    base = evidence.load()
    found = base.disagreement(disagreement_id)
    return not reads_as_patient(request) or disagreement_readable_by_patients(found, base)


def for_patients(text: str) -> bool:
    """True where patients may read what staff or patients wrote."""
    return not refusals(text)


def not_for_patients(text: str) -> list[str]:
    """What patients would not be shown in it, each with what would be right."""
    return [f"{str(one)[:1].upper()}{str(one)[1:]}." for one in refusals(text)]
