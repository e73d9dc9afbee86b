"""Changes no table: that it runs puts up the guards of every table of signed or answered rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_written_rows")]

    operations: list[object] = []
