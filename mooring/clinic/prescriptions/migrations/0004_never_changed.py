"""Gates are kept, and what was signed or voided is never changed again.

Apart from 0003, which writes rows: PostgreSQL alters no table whose rows wait for their checks.
"""

from django.db import migrations, models

from mooring.clinic.database.guards import PRESCRIPTIONS, VOIDINGS, put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("prescriptions", "0003_voidings")]

    operations = [
        migrations.RemoveConstraint(
            model_name="signedprescription", name="prescription_voided_with_reason"
        ),
        migrations.RemoveField(model_name="signedprescription", name="voided_at"),
        migrations.RemoveField(model_name="signedprescription", name="void_reason"),
        migrations.AddField(
            model_name="signedprescription",
            name="gates",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(put_up(PRESCRIPTIONS), take_down(PRESCRIPTIONS), elidable=False),
        migrations.RunPython(put_up(VOIDINGS), take_down(VOIDINGS), elidable=False),
    ]
