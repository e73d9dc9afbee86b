"""An order on screen, as short calls: typed, read back, signed."""

from __future__ import annotations

import html
import re

from mooring.clinic.courses.ways import USUAL, way
from tests.clinic.courses.steps import decided_for
from tests.support.cast import PASSWORD

TYPED = {
    "dose_value": "0.5",
    "dose_unit": "mg/kg",
    "over_minutes": "40",
    "concentration": "10",
}
HARD = {**TYPED, "dose_value": "1.1", "over_minutes": "90"}
CONFIRMED = {
    "second_username": "bob",
    "second_password": PASSWORD,
    "second_reason": "Reviewed together; anaesthetist in the house.",
}


def text(response):
    """The page as words, with white space as one space."""
    return html.unescape(" ".join(html.unescape(response.content.decode()).split()))


def preview(client, course, typed):
    """The fragment that reads the order back."""
    return client.post(f"/courses/{course.pk}/orders/preview/", typed)


def read(client, course, typed):
    """What the page shows as read for what is typed."""
    page = preview(client, course, typed).content.decode()
    found = re.search(r'name="read" value="([^"]*)"', page)
    return html.unescape(found.group(1)) if found else ""


def sign(client, course, typed, **more):
    """Type, read back, sign. Another drug or route than the usual is screened for first."""
    chosen = way(typed.get("way", USUAL.id))
    if chosen != USUAL:
        decided_for(course, chosen.drug, chosen.route)
    sent = {**typed, "read": read(client, course, typed), **more}
    return client.post(f"/courses/{course.pk}/orders/new/", sent)
