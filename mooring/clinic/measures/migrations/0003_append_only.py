"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import WATCHED_ANSWERS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_watched_answers")]

    operations = [
        migrations.RunPython(put_up(WATCHED_ANSWERS), take_down(WATCHED_ANSWERS), elidable=False)
    ]
