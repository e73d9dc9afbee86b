"""`mooring handbook build`: a folder of pages that needs no server and tells patients no doses."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from mooring.core import evidence
from mooring.core.handbook import Face, load
from mooring.core.handbook.readers import readable_by_patients
from tests.support.command import mooring, python

BASE, BOOK = evidence.load(), load()
AMOUNT = re.compile(r"\d\s*(?:mg|mcg|µg|g|mL)\b(?!/m[lL])")
REVISED = """
from django.utils import timezone
from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import Actor
from mooring.clinic.handbook import publishing
from mooring.clinic.handbook.reading.current import current, digest
editor = User.objects.create_user("alice", password="x", display_name="A. Lindqvist")
RoleAssignment.objects.create(user=editor, role="prescriber")
other = User.objects.create_user("olga", password="x", display_name="O. Brandt")
RoleAssignment.objects.create(user=other, role="owner")
book = current().handbook
before = next(p for p in book.passages.values() if p.patient and p.clinician)
draft = before.model_copy(update={"patient": before.patient + " Ask us anything."})
made = publishing.propose(Actor(str(editor), editor.roles, user=editor), draft=draft,
                          opened_digest=digest(before), why="Invites questions.",
                          now=timezone.now())
publishing.publish(Actor(str(other), other.roles, user=other), draft=made, now=timezone.now())
print(before.id)
"""

CRISIS_WORDS = """
from mooring.clinic.accounts.models import Clinic
Clinic.objects.update(crisis_text="Harbour words for a crisis.", crisis_phone="555 0177")
"""


def build(home: Path, *words: object) -> str:
    """Run the command; what it said."""
    done = mooring(home, "handbook", "build", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Both faces, as shipped."""
    place = tmp_path_factory.mktemp("both")
    build(place / "home", place / "site", "--clinicians")
    return place / "site"


@pytest.fixture(scope="module")
def patients(tmp_path_factory):
    """The patients' face alone, as shipped."""
    place = tmp_path_factory.mktemp("patients")
    build(place / "home", place / "site")
    assert not (place / "home" / "mooring.sqlite3").exists(), "no clinic is opened for it"
    return place / "site"


def read(folder: Path) -> dict[str, str]:
    """Every file by its path."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pages(folder: Path) -> dict[str, str]:
    return {name: text for name, text in read(folder).items() if name.endswith(".html")}


class Links(HTMLParser):
    """Where a page leads to, what can be led to within it, and what it would run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.anchors: set[str] = set()
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.to += [address for key in ("href", "src") if (address := named.get(key))]
        self.anchors |= {named["id"]} if named.get("id") else set()
        self.scripts += [tag] if tag == "script" else []
        self.scripts += [name for name in named if name.startswith("on")]


def test_every_chapter_stands_in_the_face_that_it_is_written_for(both, patients):
    for face, folder in ((Face.PATIENT, patients), (Face.CLINICIAN, both / "clinicians")):
        wanted = {f"{chapter.id}.html" for chapter in BOOK.for_reader(face).chapters}
        assert wanted
        assert wanted <= {path.name for path in folder.glob("*.html")}
    assert not (patients / "clinicians").exists()


def test_every_link_is_relative_and_leads_to_a_page_that_is_there(both):
    known = {path: Links(html) for path, html in pages(both).items()}
    for path, links in known.items():
        for address in links.to:
            target, anchor = urldefrag(unquote(address))
            assert not re.match(r"[a-z]+:|/", address), (path, address)
            file = (both / path).parent / target if target else both / path
            assert file.is_file(), (path, address)
            name = str(file.resolve().relative_to(both.resolve()))
            assert not anchor or anchor in known[name].anchors, (path, address)


def test_without_a_clinic_every_page_says_whom_to_call_and_invents_no_number(both):
    for path, html in pages(both).items():
        assert "call your local emergency number now" in unescape(html), path
        assert "tel:" not in html, path


def test_every_page_has_the_clinics_own_crisis_words_and_number(clinic_home, tmp_path):
    python(clinic_home, CRISIS_WORDS)
    build(clinic_home, tmp_path / "site", "--clinicians")
    for path, html in pages(tmp_path / "site").items():
        assert "Harbour words for a crisis." in html, path
        assert 'href="tel:5550177"' in html, path


def test_no_page_runs_a_script(both):
    assert [path for path, html in pages(both).items() if Links(html).scripts] == []


def test_patients_find_no_claim_that_tells_doses_or_dangers(both, patients):
    kept = {claim.id for claim in BASE.claims.values() if not readable_by_patients(claim)}
    assert kept
    for folder in (patients, both):
        assert not {path.stem for path in (folder / "claims").glob("*.html")} & kept
    for path, html in pages(patients).items():
        for claim in kept:
            assert f"claims/{claim}.html" not in html, path


def test_patients_chapters_name_no_amount_and_no_text_for_clinicians(patients):
    for chapter in BOOK.chapters:
        page = patients / f"{chapter.id}.html"
        html = page.read_text(encoding="utf-8") if page.exists() else ""
        assert not AMOUNT.search(html), chapter.id
        for passage in chapter.passages:
            if passage.clinician and not passage.patient:
                assert f'id="{passage.id}"' not in html


def test_every_claim_that_a_chapter_cites_has_its_page(both):
    for face, folder in ((Face.PATIENT, both), (Face.CLINICIAN, both / "clinicians")):
        for passage in BOOK.for_reader(face).passages.values():
            for name in re.findall(r"\{([\w.\-]+)\}", passage.text(face)):
                if name in BASE.claims:
                    html = (folder / "claims" / f"{name}.html").read_text(encoding="utf-8")
                    assert BASE.claims[name].status.in_words in unescape(html)


def test_two_builds_are_the_same_to_the_byte(patients, tmp_path):
    build(tmp_path / "home", tmp_path / "again")
    assert read(tmp_path / "again") == read(patients)


def test_a_clinics_accepted_changes_are_in_its_site(clinic_home, tmp_path):
    passage = python(clinic_home, REVISED).strip()
    build(clinic_home, tmp_path / "site")
    chapter = (tmp_path / "site" / f"{passage.partition('.')[0]}.html").read_text("utf-8")
    assert "Ask us anything." in chapter
    changed = (tmp_path / "site" / "changes.html").read_text(encoding="utf-8")
    assert "Invites questions." in changed
    assert "Lindqvist" not in changed, "a site names nobody"


def refused(folder: Path, *words: str) -> str:
    done = mooring(folder.parent / "home", "handbook", "build", folder, *words)
    assert done.returncode == 1
    return done.stderr.strip()


@pytest.mark.parametrize("words", [(), ("--replace",)])
def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path, words):
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    assert refused(folder, *words).endswith("is not empty. Name an empty folder, or a new one.")
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "site").write_text("mine")
    assert refused(tmp_path / "site").endswith("is a file. Name a folder for the site.")


def test_what_was_built_before_is_replaced_when_asked_and_nothing_else(tmp_path):
    folder = tmp_path / "site"
    build(tmp_path / "home", folder, "--clinicians")
    (folder / "logo.svg").write_text("ours")
    assert refused(folder).endswith("holds a handbook built before. To replace it: --replace")
    build(tmp_path / "home", folder, "--replace")
    assert not list((folder / "clinicians").rglob("*.html"))
    assert (folder / "logo.svg").read_text() == "ours"
    assert (folder / "index.html").is_file()
