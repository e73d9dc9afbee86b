from datetime import timedelta

from django.apps import AppConfig

from mooring.clinic.chores import Chore, register


class OnceConfig(AppConfig):
    name = "mooring.clinic.once"
    label = "once"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have old forms forgotten."""
        from mooring.clinic.once.models import forget_old

        register(Chore("forget forms", timedelta(hours=6), forget_old))
