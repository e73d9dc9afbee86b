"""Things that a named person has to do, and when they were done."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL
ALWAYS_URGENT = ("self_harm_answer",)
"""Kinds of tasks that earlier builds opened without a clock of their own."""

ALONE_REVIEW = "alone_review"
"""To look at what one person opened alone: `mooring.clinic.alone`."""


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
    escalates_every = models.PositiveSmallIntegerField(null=True)
    """Minutes. From its due time on the next person holds an urgent task as well, and one more
    after each of these; None for a task that waits for its owner alone."""
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
            models.CheckConstraint(
                condition=Q(escalates_every__isnull=True) | Q(escalates_every__gt=0),
                name="task_escalates_after_a_time",
            ),
        ]

    @property
    def urgent(self) -> bool:
        """True for a task with a clock: it stands first on Today."""
        return self.escalates_every is not None or self.kind in ALWAYS_URGENT


class HandOver(Row):
    """A task given by one person to another, and why. Never changed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="hand_overs")
    from_person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    handed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()

    class Meta:
        ordering = ["handed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hand_over_has_reason"),
            models.CheckConstraint(
                condition=~Q(from_person=models.F("to_person")), name="hand_over_to_another"
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the task."""
        return self.task.patient_id
