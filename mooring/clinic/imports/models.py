"""What came in from outside: each file whole, and each part of it that was not understood."""

from __future__ import annotations

import zlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.imports.concerns import Concern
from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row


def pack(content: bytes) -> bytes:
    """A file as it is stored: FHIR JSON takes a tenth of its size so."""
    return zlib.compress(content)


class ReceivedFile(Row):
    """A file kept as received."""

    content = models.TextField(blank=True, default="")
    """The file in clear, where a version before 1 December 2026 kept it; else empty."""
    packed = models.BinaryField(default=b"")
    """The file, packed; empty where `content` holds it."""

    class Meta:
        abstract = True

    @property
    def received(self) -> bytes:
        """The file, byte by byte."""
        return zlib.decompress(self.packed) if self.packed else self.content.encode()


class ImportBatch(ReceivedFile):
    """One received file, kept as received."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, unique=True)
    counts = models.JSONField()
    """Resource type → {"understood": n, "kept": n}."""
    incomplete = models.CharField(max_length=300, blank=True)
    """Why the file is not the whole record, in words; empty where nothing says so."""
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=200)


class WaitingFile(ReceivedFile):
    """A received file of a patient who is here already: it waits until a person compares it."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="waiting_files")
    """Whose chart it is compared with."""
    by_number = models.BooleanField()
    """True where its record number is the patient's; false where only name and birth date are, or
    a person chose the chart."""
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    """When it was compared or set aside; None while it waits."""
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=300, blank=True)
    """What became of it, in words."""

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(closed_at=None), name="a_file_waits_once"
            )
        ]


class KeptResource(Row):
    """A resource of a batch that Mooring does not read: kept whole and listed, never dropped."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="kept")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    """Its place in the bundle, from 0."""
    resource_type = models.CharField(max_length=64)
    resource_id = models.CharField(max_length=128, blank=True)
    reason = models.CharField(max_length=300)
    subject = models.CharField(max_length=300, blank=True)
    """What it is about in its own words, for example "Body weight"; empty where it has none."""
    value = models.CharField(max_length=300, blank=True)
    """What it says of that, for example "154 lb"; empty where nothing can be shown."""
    dated = models.DateField(null=True)
    """The day it is about, in the clinic's zone; None where it has none that can be read."""
    concern = models.CharField(max_length=20, choices=Concern.choices, blank=True)
    """What of the chart it would have been, had it been read; empty where nothing is missed."""
    content = models.TextField()

    class Meta:
        ordering = ["position"]
