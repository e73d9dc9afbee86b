"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import VIAL_CHECKS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("vials", "0001_initial")]

    operations = [migrations.RunPython(put_up(VIAL_CHECKS), take_down(VIAL_CHECKS), elidable=False)]
