from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    name = "mooring.clinic.prescriptions"
    label = "prescriptions"
    default_auto_field = "django.db.models.BigAutoField"
