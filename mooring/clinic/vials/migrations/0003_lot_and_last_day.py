"""Keeps what a scanned package says of itself. SQLite rebuilds the table, so the guard goes first."""

from django.db import migrations, models
from django.db.models import Q

from mooring.clinic.database.guards import VIAL_CHECKS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("vials", "0002_append_only")]

    operations = [
        migrations.RunPython(take_down(VIAL_CHECKS), put_up(VIAL_CHECKS), elidable=False),
        migrations.RemoveConstraint(
            model_name="vialcheck", name="vial_check_compares_what_it_knows"
        ),
        migrations.AddField(
            model_name="vialcheck", name="expires_on", field=models.DateField(null=True)
        ),
        migrations.AddField(
            model_name="vialcheck", name="lot", field=models.CharField(blank=True, max_length=20)
        ),
        migrations.AddField(
            model_name="vialcheck", name="serial", field=models.CharField(blank=True, max_length=20)
        ),
        migrations.AlterField(
            model_name="vialcheck",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("agrees", "agrees"),
                    ("differs", "does not agree"),
                    ("expired", "past its last day"),
                    ("unknown", "code not known here"),
                    ("unread", "not read as a code"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="vialcheck",
            constraint=models.CheckConstraint(
                condition=Q(verdict__in=("unknown", "unread"), product="")
                | (Q(verdict__in=("agrees", "differs")) & ~Q(product=""))
                | Q(verdict="expired"),
                name="vial_check_compares_what_it_knows",
            ),
        ),
        migrations.AddConstraint(
            model_name="vialcheck",
            constraint=models.CheckConstraint(
                condition=~Q(verdict="expired") | Q(expires_on__isnull=False),
                name="vial_check_expired_names_its_day",
            ),
        ),
        migrations.RunPython(put_up(VIAL_CHECKS), take_down(VIAL_CHECKS), elidable=False),
    ]
