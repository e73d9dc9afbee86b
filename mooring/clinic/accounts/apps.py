from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mooring.clinic.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Audit who comes in and who leaves."""
        from mooring.clinic.accounts import entrance

        entrance.connect()
