from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "mooring.clinic.clock"
    label = "clock"
    default_auto_field = "django.db.models.BigAutoField"
