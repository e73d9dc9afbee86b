"""The ASGI application that the server runs."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mooring.clinic.settings")

django_application = get_asgi_application()

# Needs the settings that stand by now.
from mooring.clinic.bodies import BodyLimit  # noqa: E402

application = BodyLimit(django_application)
