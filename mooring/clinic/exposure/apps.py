from django.apps import AppConfig


class ExposureConfig(AppConfig):
    name = "mooring.clinic.exposure"
    label = "exposure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow a blood pressure that is corrected or struck."""
        from mooring.clinic.exposure.calling import after_change
        from mooring.clinic.people.changes import listeners

        listeners.append(after_change)
