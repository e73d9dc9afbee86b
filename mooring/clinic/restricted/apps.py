from django.apps import AppConfig


class RestrictedConfig(AppConfig):
    name = "mooring.clinic.restricted"
    label = "restricted"
    default_auto_field = "django.db.models.BigAutoField"
