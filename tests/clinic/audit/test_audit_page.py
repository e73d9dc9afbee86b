"""The audit page: newest first, searched by record, person, action and day, verified on request."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mooring.clinic.actions import command
from mooring.clinic.audit import asked, chain
from mooring.clinic.audit.checkpoints import begin_anew, checkpoint
from mooring.clinic.audit.models import AuditRow
from tests.clinic.audit.conftest import NOON, write_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(audrey, signed_in) -> Client:
    return signed_in(audrey)


def event(at: datetime = NOON, **facts: object) -> AuditRow:
    given = {"actor_name": "B. Okafor", "action": "people.add_condition", "patient": None}
    given = {"subject_id": "1", **given}
    return chain.append(at=at, actor="1", subject="x", **{**given, **facts})


def shown(client: Client, **search: object) -> list[int]:
    """The numbers of the rows on the page."""
    page = client.get("/audit/", search).content.decode()
    return [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', page)]


def test_the_newest_row_stands_first(auditor):
    write_rows(3, first=2)
    assert shown(auditor) == [4, 3, 2, 1]


def test_a_page_holds_fifty_rows_and_leads_to_the_older_ones(auditor):
    write_rows(70, first=2)
    assert shown(auditor) == list(range(71, 21, -1))
    page = auditor.get("/audit/").content.decode()
    assert 'href="?before=22"' in page
    assert shown(auditor, before=22) == list(range(21, 0, -1))


def test_a_search_keeps_its_words_on_the_older_pages(auditor):
    write_rows(70, first=2)
    page = auditor.get("/audit/", {"person": "Okafor"}).content.decode()
    assert 'href="?person=Okafor&amp;before=22"' in page


def test_rows_are_found_by_record_number(auditor, patient):
    about = event(patient=patient.pk)
    event()
    assert shown(auditor, patient=patient.identifier) == [about.sequence]
    assert shown(auditor, patient="H-9999") == []


def test_rows_are_found_by_person_and_action(auditor):
    by_alice = event(actor_name="A. Lindqvist", action="courses.sign_order")
    event()
    assert shown(auditor, person="lindq") == [by_alice.sequence]
    assert shown(auditor, action="sign_order") == [by_alice.sequence]
    assert shown(auditor, person="lindq", action="condition") == []


def test_a_day_is_the_clinic_s_day(auditor):
    """Summer in London: 23:30 UTC on 1 July is 00:30 on 2 July at the clinic."""
    late = event(at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    early = event(at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert shown(auditor, day="2026-07-02") == [late.sequence]
    assert shown(auditor, day="2026-07-01") == [early.sequence]


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", "1e9"])
def test_a_day_that_cannot_be_read_or_has_no_rows_shows_none(auditor, day):
    assert shown(auditor, day=day) == []


def test_a_day_that_cannot_be_read_says_how_to_write_it(auditor):
    page = auditor.get("/audit/", {"day": "yesterday"}).content.decode()
    assert "Write the day like 2026-03-12." in page


@pytest.mark.parametrize("before", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_number_that_makes_no_sense_harms_nothing(auditor, before):
    assert auditor.get("/audit/", {"before": before}).status_code == 200


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE audit_auditrow; --", "<b>", "%", "\x00", "é" * 300]
)
def test_no_search_breaks_the_page_or_is_shown_as_markup(auditor, text):
    for field in ("patient", "person", "action"):
        answer = auditor.get("/audit/", {field: text})
        assert answer.status_code == 200
        assert b"<b>" not in answer.content
    assert AuditRow.objects.exists()


def test_whoever_audits_sees_record_numbers_and_no_names_of_patients(auditor, patient):
    event(patient=patient.pk)
    page = auditor.get("/audit/").content.decode()
    assert patient.identifier in page
    assert patient.family_name not in page


def test_verify_now_says_what_was_found_and_is_audited(auditor):
    write_rows(3, first=2)
    page = auditor.post("/audit/verify/", follow=True).content.decode()
    assert "The audit is whole, but the tables do not hold what it says was written:" in page
    assert "was added: no action wrote it" in page, "the people of this test came by no action"
    last = AuditRow.objects.last()
    assert (last.action, last.actor_name) == ("audit.verified", "A. Mensah")


def test_verify_now_names_what_was_tampered_with(auditor, tamper):
    write_rows(3, first=2)
    tamper("UPDATE audit_auditrow SET body = replace(body, 'Okafor', 'Okafar') WHERE sequence = 3")
    page = auditor.post("/audit/verify/", follow=True).content.decode()
    assert "The body of row 3 was edited after it was written." in page


def test_a_long_audit_is_verified_beside_the_page_which_says_since_when(auditor, monkeypatch):
    write_rows(3, first=2)
    monkeypatch.setattr(asked, "MANY", 3)
    begun = []
    monkeypatch.setattr(asked, "work", lambda by: begun.append(by.name))
    page = auditor.post("/audit/verify/", follow=True).content.decode()
    assert "A verification runs since" in page
    auditor.post("/audit/verify/")
    assert begun == ["A. Mensah"], "nobody begins a second one meanwhile"
    monkeypatch.undo()
    monkeypatch.setattr(asked, "cores", lambda: 1)
    asked.work(command("verify"))
    page = auditor.get("/audit/").content.decode()
    assert "A verification runs since" not in page
    assert "by verify: The audit is whole" in page


def test_reading_the_page_writes_nothing(auditor):
    before = AuditRow.objects.count()
    auditor.get("/audit/")
    assert AuditRow.objects.count() == before


def test_verifying_takes_a_post(auditor):
    assert auditor.get("/audit/verify/").status_code == 405


def test_times_are_in_order_of_the_clinic(auditor):
    event(at=NOON + timedelta(hours=2))
    assert "2 Mar 2026 14:00:00" in auditor.get("/audit/").content.decode()


def test_readings_and_refusals_are_found_apart_and_say_what_they_were(auditor):
    event(action="chart.opened", detail="screening")
    event(action="list.read", subject_id="today", detail="12 patients")
    event(action="refused.order_new", detail="not permitted: order.sign")
    event()
    read = auditor.get("/audit/", {"kind": "readings"}).content.decode()
    assert "today: 12 patients" in read and "order.sign" not in read
    assert len(shown(auditor, kind="readings")) == 2
    refused = auditor.get("/audit/", {"kind": "refusals"}).content.decode()
    assert "not permitted: order.sign" in refused
    assert shown(auditor, kind="rest") == [5, 1]


def test_a_checkpoint_is_told_in_words(auditor, own_checkpoints, clinic_row):
    checkpoint(NOON)
    begin_anew(command("verify"), "the disk was replaced", NOON)
    page = auditor.get("/audit/").content.decode()
    assert re.search(r"Line 1 follows, signed by [0-9a-f]{8}…\.<", page)
    assert re.search(r"Line 2 follows, signed by [0-9a-f]{8}…\. Begun anew: the disk was", page)
    assert "{" not in re.sub(r"hx-headers='[^']*'|content='[^']*'", "", page)
