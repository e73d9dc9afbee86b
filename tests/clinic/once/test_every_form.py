"""No form that writes is without the id that lets it be taken once."""

from __future__ import annotations

import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

import mooring.clinic
from tests.clinic.platform.routes import every_route
from tests.clinic.platform.test_doors import entered, keys, people  # noqa: F401
from tests.support.page_forms import writing_forms

TEMPLATES = Path(mooring.clinic.__file__).parent / "templates"
POSTED = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)


def forms_in(folder: Path) -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(folder)), form)
        for path in sorted(folder.rglob("*.html"))
        for form in POSTED.findall(path.read_text())
    ]


OTHERWISE = {
    "sessions/panel_held.html": "script sends it, with the id of the entry that it opens",
    "sessions/panel_signing.html": "script sends it, and it writes nothing",
    "accounts/sign.html": "carries the id of the form that waits for the signature",
}


def test_every_posted_form_of_a_template_has_the_tag_that_writes_the_id():
    found = forms_in(TEMPLATES)
    assert len(found) > 60
    assert [
        name for name, form in found if "{% csrf_token %}" not in form and name not in OTHERWISE
    ] == []


def test_a_library_s_forms_get_it_from_the_same_tag():
    page = get_template("account/logout.html").render({"csrf_token": "x" * 32})
    assert all(form.first("_form_id") for form in writing_forms(page))
    assert Path(allauth.__file__).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["alice", "olga", "pat", None])
def test_every_form_of_every_page_carries_an_id(people, keys, name):  # noqa: F811
    """A page rendered past the templates would be found here."""
    client, lacking, count = entered(people.get(name)), [], 0
    for route in every_route():
        answer = client.get(route.path(keys))
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            continue
        for form in writing_forms(answer.content.decode()):
            count += 1
            if not form.first("_form_id") and route.name != "session":
                lacking.append((route.name, form.action))
    assert lacking == []
    assert count > (0 if name is None else 20)
