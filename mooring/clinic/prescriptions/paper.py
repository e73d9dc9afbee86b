"""A signed prescription as a PDF."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from mooring.clinic.prescriptions.models import SignedPrescription

SHEET = Path(__file__).parent / "sheet.typ"


def pdf(signed: SignedPrescription, signature: str) -> bytes:
    """The prescription as PDF. Everything typed goes in as data, so that no sign in it is read
    as markup; `signature` is the line under it."""
    said = {
        "title": f"Prescription · {signed.order.course.patient.name}",
        "sections": signed.sections,
        "signature": signature,
        "void": signed.void_reason,
    }
    made = typst.compile(
        str(SHEET), format="pdf", sys_inputs={"said": json.dumps(said)}, ignore_system_fonts=True
    )
    return bytes(made)
