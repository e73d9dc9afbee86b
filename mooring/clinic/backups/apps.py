from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "mooring.clinic.backups"
    label = "backups"

    def ready(self) -> None:
        """Have the server make copies and try them."""
        from mooring.clinic.backups import chores

        chores.add()
