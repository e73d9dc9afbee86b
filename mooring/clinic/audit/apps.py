from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class AuditConfig(AppConfig):
    name = "mooring.clinic.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign the chain's head at every sign-off; end each migration with all guards up."""
        from mooring.clinic.audit.checkpoints import after_sign_off
        from mooring.clinic.database.guards import put_up_all

        post_save.connect(after_sign_off, sender="treatment.SessionEntry", dispatch_uid="sign_off")
        post_migrate.connect(put_up_all, sender=self, dispatch_uid="guards")
