from django.apps import AppConfig


class VialsConfig(AppConfig):
    name = "mooring.clinic.vials"
    label = "vials"
    default_auto_field = "django.db.models.BigAutoField"
