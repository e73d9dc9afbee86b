from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "mooring.clinic.sessions"
    # "sessions" is Django's own label for web sessions.
    label = "treatment"
    default_auto_field = "django.db.models.BigAutoField"
