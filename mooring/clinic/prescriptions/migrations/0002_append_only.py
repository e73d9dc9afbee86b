"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import TAKE_HOME, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("prescriptions", "0001_initial")]

    operations = [migrations.RunPython(put_up(TAKE_HOME), take_down(TAKE_HOME), elidable=False)]
