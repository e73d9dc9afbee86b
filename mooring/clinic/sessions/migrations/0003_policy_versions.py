"""Keeps with each session the version of each policy it runs under.

What began before versions were kept ran under the only version there was of each.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

ONLY_VERSION = "1"


def keep_versions(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    sessions = apps.get_model("treatment", "TreatmentSession").objects
    begun = Q(started_at__isnull=False) | Q(signed_at__isnull=False)
    for session in sessions.filter(begun).iterator(500):
        named = [
            *(f"stopping/{name}" for name in session.stopping),
            f"monitoring/{session.monitoring}",
            f"starting/{session.starting}",
            f"leaving/{session.leaving}",
        ]
        session.policy_versions = dict.fromkeys(named, ONLY_VERSION)
        session.save(update_fields=["policy_versions"])


class Migration(migrations.Migration):
    dependencies = [("treatment", "0002_append_only")]

    operations = [
        migrations.AddField("treatmentsession", "policy_versions", models.JSONField(default=dict)),
        migrations.RunPython(keep_versions, migrations.RunPython.noop, elidable=False),
    ]
