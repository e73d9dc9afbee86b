from django.apps import AppConfig


class SuicidalityConfig(AppConfig):
    name = "mooring.clinic.suicidality"
    label = "suicidality"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Call somebody when the interview answers with a moderate or high tier."""
        from mooring.clinic.people.changes import listeners
        from mooring.clinic.suicidality.answered import after_change

        listeners.append(after_change)
