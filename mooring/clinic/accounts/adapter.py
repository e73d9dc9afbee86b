"""How allauth is bent to a clinic: nobody signs themselves up, and it speaks the clinic's words."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.urls import reverse

from mooring.clinic import home


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the clinic, never from the sign-in page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Username and password do not match. Type both again.",
        "incorrect_password": "That password does not match. Type it again.",
        "enter_current_password": "That is not your password now. Type it again.",
    }

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """On to one's first page."""
        return reverse("home")

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No."""
        return False


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Words of the second step, and a seal on its secrets whose key is not in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code does not match. Type the one that the app shows now.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ARG002
        """What a passkey is called until its owner names it."""
        return "Passkey"

    def encrypt(self, text: str) -> str:
        """Seal one secret."""
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open one secret again."""
        return seal().decrypt(encrypted_text.encode()).decode()


def seal() -> Fernet:
    """The seal of this clinic."""
    return Fernet(urlsafe_b64encode(home.key("factor.key")))
