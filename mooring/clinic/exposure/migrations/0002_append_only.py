"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import WATCH, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("exposure", "0001_initial")]

    operations = [migrations.RunPython(put_up(WATCH), take_down(WATCH), elidable=False)]
