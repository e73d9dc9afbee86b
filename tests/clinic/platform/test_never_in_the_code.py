"""What no module, template or script of Mooring does, so that whole kinds of attack have no place.

Each exception stands here by its file. A new one has to be thought through and added by hand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULES = sorted((ROOT / "mooring").rglob("*.py"))
TEMPLATES = sorted((ROOT / "mooring").rglob("templates/**/*.html"))
SCRIPTS = sorted((ROOT / "frontend/js").rglob("*.js"))

ELSEWHERE = {
    "requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client", "ftplib",
    "telnetlib", "smtplib", "imaplib", "poplib", "xmlrpc", "ldap", "ldap3", "django.core.mail",
}  # fmt: skip
"""Modules that reach out to other machines."""
OBJECTS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
"""Modules that make objects of whatever a text asks for."""
XML = {"xml", "lxml", "defusedxml", "xmltodict"}
TEMPLATE_TEXT = {"Template", "from_string"}
RUN = {"eval", "exec", "compile", "__import__"}


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> Iterator[str]:
    """Each module that is named in an import, by its whole name."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call by the last part of its name: `re.compile(...)` is "re.compile"."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def importing(modules: set[str]) -> set[str]:
    return {
        place(file)
        for file in MODULES
        if any(name == each or name.startswith(f"{each}.") for name in imported(file)
               for each in modules)
    }  # fmt: skip


def place(file: Path) -> str:
    return str(file.relative_to(ROOT))


def lines(files: list[Path], pattern: str) -> set[str]:
    found = re.compile(pattern)
    return {
        f"{place(file)}: {line.strip()}"
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if found.search(line)
    }


def test_there_is_something_to_look_at():
    assert len(MODULES) > 300
    assert len(TEMPLATES) > 100
    assert len(SCRIPTS) > 30


def test_nothing_reaches_out_to_another_machine():
    assert importing(ELSEWHERE) == set()


def test_sockets_are_opened_only_to_listen():
    assert importing({"socket", "ssl"}) == {
        "mooring/cli/serve.py",
        "mooring/cli/recovery_sheet.py",  # only to say this machine's own name on the sheet
    }


def test_nothing_makes_objects_of_what_a_text_asks_for():
    assert importing(OBJECTS) == set()


def test_no_xml_is_read():
    assert importing(XML) == set()


def test_no_text_is_run_as_a_program():
    ran = {(place(file), name) for file in MODULES for name, _ in calls(file) if name in RUN}
    assert ran == set()


def test_modules_are_found_by_name_only_in_folders_of_our_own():
    """`import_module` takes names of the program's own folders, never what somebody sent."""
    assert importing({"importlib.import_module"}) == {
        "mooring/cli/__init__.py",
        "mooring/cli/evidence.py",
        "mooring/core/evidence/lint/relation.py",
        "mooring/core/evidence/lint/running.py",
        "mooring/core/pharmacology/simulation/extras.py",
        "mooring/exchange/fhir/registry.py",
    }


def test_other_programs_are_run_in_known_places_and_never_by_a_shell():
    assert importing({"subprocess", "pty"}) == {
        "mooring/cli/copying.py",  # PostgreSQL's own tools
        "mooring/cli/restoring.py",  # Mooring itself, on the copy that it examines
        "mooring/clinic/backups/chores.py",  # Mooring itself, beside the server
    }
    shells = {
        (place(file), name)
        for file in MODULES
        for name, call in calls(file)
        if name in {"os.system", "os.popen"} or any(each.arg == "shell" for each in call.keywords)
    }
    assert shells == set()


SQL = {
    "mooring/clinic/backups/swapping.py",  # the name of a schema that the journal keeps
    "mooring/cli/restoring_postgresql.py",  # names of schemas made of the time, and a constant
    "mooring/clinic/database/guards.py",  # names of tables written in the program
    "mooring/clinic/live/listening.py",  # the name of the channel, a constant
    "mooring/clinic/database/triggers.py",  # names of tables and columns written in the program
    "mooring/clinic/database/roles.py",  # the same, and names out of the database, quoted
    "mooring/clinic/audit/walk.py",  # two fixed queries, each with its values beside it
    "mooring/cli/owner.py",  # the statements of roles.py
}


def test_a_statement_is_put_together_from_pieces_only_where_the_program_wrote_them():
    """Everything else goes through the ORM, or is a fixed text with its values beside it."""
    loose = {
        place(file)
        for file in MODULES
        if "/migrations/" not in place(file)
        for name, call in calls(file)
        if name.endswith((".execute", ".executescript", ".raw", ".extra", "RawSQL"))
        and call.args
        and not isinstance(call.args[0], ast.Constant)
    }
    assert loose - SQL == {"mooring/cli/checkups.py"}  # its own settings of the scratch file


def test_no_template_is_made_of_text():
    made = {
        (place(file), name)
        for file in MODULES
        for name, _ in calls(file)
        if name.split(".")[-1] in TEMPLATE_TEXT
    }
    assert made == set()


def test_markup_is_trusted_in_two_places():
    assert importing({"django.utils.safestring.mark_safe"}) == {
        "mooring/clinic/handbook/reading/chapters.py",
        "mooring/clinic/measures/qr.py",
    }
    assert lines(TEMPLATES, r"\|\s*safe\b|autoescape\s+off") == {
        "mooring/clinic/templates/django/forms/field.html: "
        '{% if field.help_text %}<div class="help" id="{{ field.auto_id }}_helptext">'
        "{{ field.help_text|safe }}</div>{% endif %}"
    }


def test_no_view_gives_up_the_form_s_token():
    assert importing({"django.views.decorators.csrf"}) == set()


@pytest.mark.parametrize(
    "pattern",
    [
        r"\beval\s*\(|new Function\b",
        r"document\.write|outerHTML\s*=|insertAdjacentHTML|createContextualFragment",
        r"postMessage|addEventListener\([\"']message[\"']",
        r"WebSocket|RTCPeerConnection|importScripts|serviceWorker",
        r"https?://",
    ],
)
def test_no_script_does_this(pattern):
    assert lines(SCRIPTS, pattern) == set()


def test_markup_comes_into_a_page_by_script_in_two_places():
    """A card that the server drew, and three empty elements written in the script."""
    assert {line.split(":")[0] for line in lines(SCRIPTS, r"innerHTML\s*=")} == {
        "frontend/js/card.js",
        "frontend/js/session/newest.js",
    }


def test_nothing_inline_runs_or_styles_in_a_page():
    assert lines(TEMPLATES, r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")") == set()
    assert lines(TEMPLATES, r"\son(click|load|error|change|submit)=|\sstyle=|javascript:") == set()


def test_no_page_asks_another_site_for_anything():
    assert lines(TEMPLATES, r"(src|href|action)=[\"']?(https?:)?//") == set()
