"""Puts up the guards of the append-only tables."""

from django.db import migrations

from mooring.clinic.database.guards import INTENTION, TOUCH_CONSENT, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial")]

    operations = [
        migrations.RunPython(put_up(guard), take_down(guard), elidable=False)
        for guard in (TOUCH_CONSENT, INTENTION)
    ]
