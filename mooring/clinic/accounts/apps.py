from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mooring.clinic.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
