"""Loading Django in a process that helps another. Imports nothing that needs it loaded."""

from __future__ import annotations

import os


def load() -> None:
    """Load Django on the data folder of the environment; what is written, only its user reads."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mooring.clinic.settings")
    import django

    django.setup()
