"""Puts up the guards of the append-only tables."""

from django.db import migrations

from mooring.clinic.database.guards import (
    SAFETY_PLANS,
    TIER_OPENINGS,
    TIERS,
    put_up,
    take_down,
)

TABLES = (TIERS, SAFETY_PLANS, TIER_OPENINGS)


class Migration(migrations.Migration):
    dependencies = [("suicidality", "0001_initial")]

    operations = [
        migrations.RunPython(put_up(guard), take_down(guard), elidable=False) for guard in TABLES
    ]
