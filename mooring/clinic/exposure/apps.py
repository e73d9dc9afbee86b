from django.apps import AppConfig


class ExposureConfig(AppConfig):
    name = "mooring.clinic.exposure"
    label = "exposure"
    default_auto_field = "django.db.models.BigAutoField"
