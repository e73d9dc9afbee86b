"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import LIST_STATEMENTS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("people", "0002_liststatement")]

    operations = [
        migrations.RunPython(put_up(LIST_STATEMENTS), take_down(LIST_STATEMENTS), elidable=False)
    ]
