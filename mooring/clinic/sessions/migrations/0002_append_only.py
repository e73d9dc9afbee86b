"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import SESSION_LOG, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("treatment", "0001_initial")]

    operations = [migrations.RunPython(put_up(SESSION_LOG), take_down(SESSION_LOG), elidable=False)]
