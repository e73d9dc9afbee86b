"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import AUDIT, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(put_up(AUDIT), take_down(AUDIT), elidable=False)]
