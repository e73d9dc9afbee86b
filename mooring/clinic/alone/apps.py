from django.apps import AppConfig


class AloneConfig(AppConfig):
    name = "mooring.clinic.alone"
    label = "alone"
    default_auto_field = "django.db.models.BigAutoField"
