import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mooring.clinic.rows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("screening", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Course",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mooring.clinic.rows.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("indication", models.CharField(max_length=60)),
                ("indication_detail", models.TextField(blank=True)),
                ("model_of_care", models.CharField(max_length=60)),
                ("model_reason", models.TextField()),
                ("regimen", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="people.patient",
                    ),
                ),
                (
                    "prescriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.screeningdecision",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mooring.clinic.rows.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("written", models.JSONField()),
                ("drug", models.CharField(max_length=40)),
                ("route", models.CharField(max_length=40)),
                ("total_mg", models.DecimalField(decimal_places=6, max_digits=12)),
                ("over_minutes", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                (
                    "concentration_mg_per_ml",
                    models.DecimalField(decimal_places=2, max_digits=6, null=True),
                ),
                ("findings", models.JSONField()),
                ("reason", models.TextField(blank=True)),
                ("second_reason", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="courses.course",
                    ),
                ),
                (
                    "second_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-signed_at"],
            },
        ),
        migrations.CreateModel(
            name="TherapyVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mooring.clinic.rows.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("preparation", "Preparation"),
                            ("integration", "Integration"),
                            ("therapy", "Therapy"),
                        ],
                        max_length=20,
                    ),
                ),
                ("visited_at", models.DateTimeField()),
                ("summary", models.TextField()),
                ("intention", models.TextField(blank=True)),
                ("touch_consent", models.CharField(blank=True, max_length=300)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="therapy_visits",
                        to="courses.course",
                    ),
                ),
                (
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["visited_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("model_reason", ""), _negated=True),
                name="model_of_care_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                    models.Q(
                        ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="course_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("total_mg__gt", 0)), name="order_amount_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "infusion"), ("route", "intravenous_infusion")),
                    models.Q(("kind", "bolus"), ("route", "intravenous_bolus")),
                    models.Q(
                        ("kind", "injection"), ("route__in", ("intramuscular", "subcutaneous"))
                    ),
                    models.Q(
                        ("kind__in", ("nasal_spray", "nasal_device")), ("route", "intranasal")
                    ),
                    models.Q(("kind", "by_mouth"), ("route__in", ("sublingual", "oral"))),
                    _connector="OR",
                ),
                name="order_kind_has_its_route",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("concentration_mg_per_ml__gt", 0),
                        ("kind__in", ("infusion", "bolus")),
                        ("over_minutes__gt", 0),
                    ),
                    models.Q(
                        models.Q(("kind__in", ("infusion", "bolus")), _negated=True),
                        ("concentration_mg_per_ml__isnull", True),
                        ("over_minutes__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="order_into_a_line_has_minutes_and_concentration",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_person__isnull", True), ("second_reason", "")),
                    models.Q(
                        ("second_person__isnull", False),
                        models.Q(("second_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="second_person_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_person__isnull", True),
                    models.Q(("second_person", models.F("signed_by")), _negated=True),
                    _connector="OR",
                ),
                name="second_person_is_another",
            ),
        ),
    ]
