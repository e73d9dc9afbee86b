from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "mooring.clinic.courses"
    label = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at the signed orders whenever a weight is corrected or struck."""
        from mooring.clinic.courses.relied import after_change
        from mooring.clinic.people.changes import listeners

        listeners.append(after_change)
