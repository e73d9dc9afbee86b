"""Takes an oxygen saturation down to 0: an arrest is a reading. SQLite rebuilds the table."""

from django.db import migrations, models
from django.db.models import Q

from mooring.clinic.database.guards import SESSION_LOG, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("treatment", "0003_policy_versions")]

    operations = [
        migrations.RunPython(take_down(SESSION_LOG), put_up(SESSION_LOG), elidable=False),
        migrations.RemoveConstraint(model_name="sessionentry", name="spo2_is_percent"),
        migrations.AddConstraint(
            model_name="sessionentry",
            constraint=models.CheckConstraint(
                condition=Q(spo2__isnull=True) | Q(spo2__range=(0, 100)), name="spo2_is_percent"
            ),
        ),
        migrations.RunPython(put_up(SESSION_LOG), take_down(SESSION_LOG), elidable=False),
    ]
