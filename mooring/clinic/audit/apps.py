from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class AuditConfig(AppConfig):
    name = "mooring.clinic.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign the chain's head at every sign-off and every five minutes; note each newest row.

        Each migration ends with all guards up.
        """
        from mooring.clinic.audit import checkpoints, newest
        from mooring.clinic.chores import Chore, register
        from mooring.clinic.database.guards import put_up_all

        post_save.connect(
            checkpoints.after_sign_off, sender="treatment.SessionEntry", dispatch_uid="sign_off"
        )
        post_save.connect(newest.after_save, sender="audit.AuditRow", dispatch_uid="newest")
        post_migrate.connect(put_up_all, sender=self, dispatch_uid="guards")
        register(Chore("checkpoint", timedelta(minutes=5), checkpoints.when_moved))
