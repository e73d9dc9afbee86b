"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import HAND_OVERS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_urgent_tasks")]

    operations = [migrations.RunPython(put_up(HAND_OVERS), take_down(HAND_OVERS), elidable=False)]
