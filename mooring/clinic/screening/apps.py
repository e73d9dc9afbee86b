from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "mooring.clinic.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at the decision whenever a chart changes."""
        from mooring.clinic.people.changes import listeners
        from mooring.clinic.screening.look_again import after_change

        listeners.append(after_change)
