from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "mooring.clinic.handbook"
    label = "handbook"
    default_auto_field = "django.db.models.BigAutoField"
