from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "mooring.clinic.interactions"
    label = "interactions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at the standing order whenever a medicine is corrected or struck."""
        from mooring.clinic.interactions.relied import after_change
        from mooring.clinic.people.changes import listeners

        listeners.append(after_change)
