from django.apps import AppConfig


class SuicidalityConfig(AppConfig):
    name = "mooring.clinic.suicidality"
    label = "suicidality"
    default_auto_field = "django.db.models.BigAutoField"
