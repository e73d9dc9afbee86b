"""Things that a named person has to do, and when they were done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class Task(Row):
    """One thing to do, with an owner. Closing it takes a name, a time and an outcome together."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=40)
    """For example self_harm_answer."""
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="tasks")
    source = models.CharField(max_length=100)
    """What it came from, as "measures.Response:<id>"; one open task for one source."""
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source"], name="one_task_a_source"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="task_closed_with_name_and_outcome",
            ),
        ]
