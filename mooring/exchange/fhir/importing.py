"""Import of one FHIR bundle: everything is checked and read first, then written in one action."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.imports.actions import keep_bundle, refuse_known_file
from mooring.clinic.imports.merging import chart_of, wait_for_comparison
from mooring.clinic.imports.models import ImportBatch, WaitingFile
from mooring.clinic.people.models import Patient
from mooring.clinic.people.text import forbidden
from mooring.clinic.permissions import allowed
from mooring.exchange.fhir.parsing import LARGEST
from mooring.exchange.fhir.received import read_content
from mooring.exchange.fhir.unfit import ImportRefusedError, UnfitError

_LONGEST_NAME = 150


def import_file(path: Path, by: Actor, now: datetime) -> ImportBatch | WaitingFile:
    """Import the bundle in a file. Raises ImportRefusedError; then nothing is imported."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as problem:
        raise ImportRefusedError(
            f"{path.name}: the file cannot be opened ({problem.strerror})."
        ) from None
    return import_bytes(content, path.name, by, now)


def import_text(text: str, file_name: str, by: Actor, now: datetime) -> ImportBatch | WaitingFile:
    """Import the bundle in a text. Raises ImportRefusedError; then nothing is imported."""
    return import_bytes(text.encode("utf-8", "surrogatepass"), file_name, by, now)


def import_bytes(
    content: bytes, file_name: str, by: Actor, now: datetime, into: Patient | None = None
) -> ImportBatch | WaitingFile:
    """Import the bundle in a file's content. Raises ImportRefusedError or PermissionDenied.

    A file of a patient who is here already waits until somebody has compared it; so does one that
    is sent for the chart `into`.
    """
    if not allowed(by.roles, "record.import"):
        raise PermissionDenied("record.import")
    name = _shown_name(file_name)
    try:
        received = read_content(content, name, now)
        refuse_known_file(received)
        chart = chart_of(received.patient, into)
        if chart is None:
            return keep_bundle(by, received, now=now)
        patient, by_number = chart
        return wait_for_comparison(by, received, patient, by_number=by_number, now=now)
    except (UnfitError, RefusedError) as refusal:
        raise ImportRefusedError(f"{name}: {refusal}") from None
    except IntegrityError:
        raise ImportRefusedError(
            f"{name}: someone else imported this file or this patient at the same moment."
        ) from None


def _shown_name(file_name: str) -> str:
    """The last part of the name, as it stands in the chart's origins."""
    name = PurePosixPath(PureWindowsPath(file_name).name).name
    if not name.strip(" .") or forbidden(name) or not name.isprintable():
        raise ImportRefusedError(
            "The file's name: a name without control or direction characters is needed."
        )
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
