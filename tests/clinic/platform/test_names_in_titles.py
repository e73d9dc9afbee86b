"""No name of a patient stands in a page's title or in an address that a page leads to.

Titles and addresses stay behind in a browser's history, a proxy's log, a screen that is shared.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote_plus

import pytest

from tests.clinic.platform.routes import every_route
from tests.clinic.platform.test_doors import entered
from tests.clinic.platform.test_who_may_open import address, cast, charts  # noqa: F401

pytestmark = pytest.mark.django_db

FAMILY, GIVEN, ENTRY, FILE = "Quillfeather", "Zebulon", "glasswort fever", "Quillfeather.json"
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LEADS = re.compile(r"""(?:href|src|action|hx-get|hx-post|data-[\w-]*url)=["']([^"']*)["']""")


@pytest.fixture
def named(charts):  # noqa: F811
    """Pat's chart under a name, an entry and a file that stand nowhere else."""
    from mooring.clinic.imports.models import ImportBatch, WaitingFile
    from mooring.clinic.people.models import Condition, Patient

    chart = charts["nurse"]
    with_name = {"family_name": FAMILY, "given_name": GIVEN}
    Patient.objects.filter(pk=chart["patient_id"]).update(**with_name)
    Condition.objects.filter(pk=chart["entry_id"]).update(text=ENTRY)
    for files in (ImportBatch, WaitingFile):
        files.objects.update(file_name=FILE)
    return chart


@pytest.mark.parametrize("column", ["nurse", "prescriber", "therapist", "owner", "patient_own"])
def test_no_title_and_no_address_carries_a_name(cast, named, column):  # noqa: F811
    client, wrong, seen, shown = entered(cast[column]), [], 0, 0
    for route in every_route():
        if route.name in {"account_logout", "lock", "stream"}:
            continue
        page = client.get(address(route, named)).content.decode(errors="replace")
        titles = [unescape(each) for each in TITLE.findall(page)]
        seen += len(titles)
        shown += FAMILY in page
        said = [*titles, *(unquote_plus(unescape(each)) for each in LEADS.findall(page))]
        wrong += [
            f"{route.name}: {text}"
            for text in said
            for canary in (FAMILY, GIVEN, ENTRY, FILE)
            if canary.lower() in text.lower()
        ]
    assert seen > 30
    assert shown > (20 if column in {"nurse", "prescriber", "therapist"} else -1)
    assert wrong == []
