from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "mooring.clinic.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
