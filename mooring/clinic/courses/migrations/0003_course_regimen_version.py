"""A course names the version of its regimen; those before all began under the first."""

from django.db import migrations, models


def began_under_the_first(apps, schema_editor):  # noqa: ARG001
    """Every regimen had one version, called 1, until now."""
    courses = apps.get_model("courses", "Course").objects.exclude(regimen="none")
    courses.update(regimen_version="1")


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_order_group_of")]

    operations = [
        migrations.AddField(
            model_name="course",
            name="regimen_version",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(began_under_the_first, migrations.RunPython.noop),
    ]
