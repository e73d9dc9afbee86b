"""A voiding becomes a row of its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mooring.clinic.rows


def to_rows(apps, schema_editor):  # noqa: ARG001
    """Each voided prescription gets its row; who voided it stands in the audit only."""
    signed = apps.get_model("prescriptions", "SignedPrescription")
    voiding = apps.get_model("prescriptions", "Voiding")
    for row in signed.objects.exclude(voided_at=None):
        voiding.objects.create(prescription=row, reason=row.void_reason, voided_at=row.voided_at)


class Migration(migrations.Migration):
    dependencies = [
        ("prescriptions", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Voiding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mooring.clinic.rows.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.TextField()),
                ("voided_at", models.DateTimeField()),
                (
                    "prescription",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided",
                        to="prescriptions.signedprescription",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="voiding_has_reason",
                    )
                ],
            },
        ),
        migrations.RunPython(to_rows, migrations.RunPython.noop, elidable=False),
    ]
