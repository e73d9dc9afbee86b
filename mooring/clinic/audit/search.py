"""Looking for audit rows: by record number, person, action, day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.models import Patient

READINGS = Q(action__in=("chart.opened", "chart.broken_into", "list.read"))
REFUSALS = Q(action__startswith="refused.")
KINDS = {"readings": READINGS, "refusals": REFUSALS, "rest": ~READINGS & ~REFUSALS}


class SearchForm(forms.Form):
    """What to look for; every field may stay empty."""

    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "Everything"),
            ("readings", "Charts and lists that were read"),
            ("refusals", "What was refused"),
            ("rest", "Everything else"),
        ],
    )

    patient = forms.CharField(label="Record number", max_length=100, required=False)
    person = forms.CharField(label="Person", max_length=200, required=False)
    action = forms.CharField(label="Action", max_length=100, required=False)
    day = forms.DateField(
        label="Day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the day like 2026-03-12."},
        validators=[
            MinValueValidator(date(1900, 1, 1), "Choose a day after 1900."),
            MaxValueValidator(date(2199, 12, 31), "Choose a day before 2200."),
        ],
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


def found(form: SearchForm) -> QuerySet[AuditRow]:
    """The rows that match, newest first; none while a field cannot be read."""
    rows = AuditRow.objects.order_by("-sequence")
    if not form.is_valid():
        return rows.none()
    wanted = form.cleaned_data
    if wanted["before"] is not None:
        rows = rows.filter(sequence__lt=wanted["before"])
    if wanted["kind"]:
        rows = rows.filter(KINDS[wanted["kind"]])
    if wanted["patient"]:
        keys = Patient.objects.filter(identifier=wanted["patient"]).values("pk")
        rows = rows.filter(patient__in=keys)
    if wanted["person"]:
        rows = rows.filter(actor_name__icontains=wanted["person"])
    if wanted["action"]:
        rows = rows.filter(action__icontains=wanted["action"])
    if wanted["day"] is not None:
        rows = rows.filter(at__gte=midnight(wanted["day"]))
        rows = rows.filter(at__lt=midnight(wanted["day"] + timedelta(days=1)))
    return rows


def midnight(day: date) -> datetime:
    """When a day begins in the clinic's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
