"""Puts up the guards of the append-only tables."""

from django.db import migrations

from mooring.clinic.database.guards import SCREENING_PLANS, SIDES_TAKEN, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_plans_and_sides")]

    operations = [
        migrations.RunPython(put_up(SCREENING_PLANS), take_down(SCREENING_PLANS), elidable=False),
        migrations.RunPython(put_up(SIDES_TAKEN), take_down(SIDES_TAKEN), elidable=False),
    ]
