from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "mooring.clinic.consents"
    label = "consents"
    default_auto_field = "django.db.models.BigAutoField"
