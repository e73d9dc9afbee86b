from django.apps import AppConfig


class LaddersConfig(AppConfig):
    name = "mooring.clinic.ladders"
    label = "ladders"
    default_auto_field = "django.db.models.BigAutoField"
