"""Words that whoever guesses a password here would try first: the clinic's, and those of its work.

The list is OWASP ASVS 5.0.0's "context-specific words" (6.1.2, 6.2.11); docs/security.md shows it.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.permissions import Role

OF_THE_WORK = frozenset(
    {"mooring", "ketamine", "esketamine", "spravato", "clinic", "infusion", "password", "welcome"}
)
LEAST_BESIDE = 8
"""Characters that stand beside such words: by themselves they would be a password (6.2.1)."""
LEAST_LETTERS = 4
"""A shorter word of the clinic's name ("of", "the") stands in many passwords by chance."""


def own_words() -> frozenset[str]:
    """Every such word, in small letters."""
    named = re.findall(r"\w+", the_clinic().name.casefold())
    long = {word for word in named if len(word) >= LEAST_LETTERS}
    return OF_THE_WORK | {role.value for role in Role} | long


class OwnWordsValidator:
    """Refuses a password that is little more than such words."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        """Raise ValidationError when too little stands beside them. Their case does not count."""
        rest = password.casefold()
        for word in sorted(own_words(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < LEAST_BESIDE:
            raise ValidationError(
                "Words of the clinic and of its work are guessed first. Add at least"
                f" {LEAST_BESIDE} characters beside them, or take other words.",
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        """What a person reads beside the field."""
        return "Not just words of the clinic and of its work."
