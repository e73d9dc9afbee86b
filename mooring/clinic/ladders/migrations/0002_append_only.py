"""Puts up the guard of the append-only table."""

from django.db import migrations

from mooring.clinic.database.guards import STEP_REVIEWS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("ladders", "0001_initial")]

    operations = [
        migrations.RunPython(put_up(STEP_REVIEWS), take_down(STEP_REVIEWS), elidable=False)
    ]
