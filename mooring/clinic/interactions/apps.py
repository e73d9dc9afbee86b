from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "mooring.clinic.interactions"
    label = "interactions"
    default_auto_field = "django.db.models.BigAutoField"
