from django.apps import AppConfig
from django.db.models.signals import post_save


class AuditConfig(AppConfig):
    name = "mooring.clinic.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sign the chain's head at every sign-off, whoever writes the entry."""
        from mooring.clinic.audit.checkpoints import after_sign_off

        post_save.connect(after_sign_off, sender="treatment.SessionEntry", dispatch_uid="sign_off")
