"""A signed prescription as a PDF that a screen reader reads, with no letter left out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from mooring.clinic.accounts import resets
from mooring.clinic.prescriptions.models import SignedPrescription
from mooring.core.words import day

SHEET = Path(__file__).parent / "sheet.typ"
_LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")


class MissingLettersError(ValueError):
    """No font here has some of the letters: a sheet without them would say something else."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"no font has {letters}")
        self.letters = letters


def pdf(signed: SignedPrescription) -> bytes:
    """The prescription as PDF (UA-1, letter size). Raises MissingLettersError.

    Everything typed goes in as data, so that no sign in it is read as markup.
    """
    voiding, patient = signed.voiding, signed.order.course.patient
    born = "unknown" if patient.birth_date is None else day(patient.birth_date)
    return _set(
        {
            "title": f"Prescription {signed.number}",
            "number": signed.number,
            "head": f"{dict(signed.sections)['Patient'][0]} · born {born}",
            "sections": signed.sections,
            "closing": closing(signed),
            "void": voiding.reason if voiding else "",
        }
    )


def closing(signed: SignedPrescription) -> list[str]:
    """Who signed, and when, on the clinic's clock; and what a pharmacy needs besides."""
    at, by = timezone.localtime(signed.signed_at), signed.signed_by
    reset = resets.note(by, signed.signed_at)
    return [
        f"Signed in the clinic's record by {by}, {by.credential}, {at:%Y-%m-%d %H:%M}",
        *([reset] if reset else []),
        "On paper it needs the prescriber's signature by hand.",
    ]


def missing_letters(sections: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Letters of a prescription that the sheet could not show; empty when it shows all."""
    said = {"title": "Prescription", "number": "", "head": "", "closing": [], "void": ""}
    try:
        _set({**said, "sections": [[heading, list(lines)] for heading, lines in sections]})
    except MissingLettersError as lacking:
        return lacking.letters
    return ""


def _set(said: dict[str, Any]) -> bytes:
    """With the fonts that come along, so that a sheet looks the same everywhere; only where those
    lack a letter, with the machine's."""
    try:
        return _compiled(said, ignore_system_fonts=True)
    except MissingLettersError:
        return _compiled(said, ignore_system_fonts=False)


def _compiled(said: dict[str, Any], *, ignore_system_fonts: bool) -> bytes:
    try:
        made = typst.compile(
            str(SHEET),
            format="pdf",
            sys_inputs={"said": json.dumps(said)},
            ignore_system_fonts=ignore_system_fonts,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as problem:
        lacking = _LACKING.findall(str(problem))
        if not lacking:
            raise
        raise MissingLettersError(" ".join(dict.fromkeys(lacking))) from None
    return bytes(made)
