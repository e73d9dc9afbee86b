"""A restricted chart is open to its team; whoever else needs it says why, and is looked back on."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.accounts.models import RoleAssignment
from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.openings import tell_of_many
from mooring.clinic.restricted.actions import break_glass, restrict, review, set_team
from mooring.clinic.restricted.models import Notice
from mooring.clinic.restricted.reading import closed_to, is_restricted
from mooring.clinic.tasks.models import Task
from tests.clinic.sessions.steps import acting
from tests.support.cast import patient_record, person
from tests.support.whole_chart import whole_chart

pytestmark = pytest.mark.django_db
WHY = "Covers for B. Okafor tonight"


@pytest.fixture
def nina(clinic_row):
    """A nurse who has nothing to do with Pat."""
    return person("nina", "N. Osei", "nurse", "RN")


@pytest.fixture
def chart(patient, alice, bob) -> dict[str, Any]:
    """Pat's chart, restricted by her prescriber; B. Okafor sits with her."""
    found = whole_chart(patient, alice, bob)
    restrict(acting(alice), patient=patient, on=True, reason="Asked.", now=timezone.now())
    return found


def asked_at(patient) -> str:
    return reverse("break_glass", args=[patient.pk])


def test_the_prescriber_and_the_sitter_find_it_open(chart, alice, bob, patient, signed_in):
    for user in (alice, bob):
        assert signed_in(user).get(reverse("patient", args=[patient.pk])).status_code == 200


def test_another_nurse_is_asked_why_and_one_tap_lets_her_in(chart, nina, patient, signed_in):
    client, wanted = signed_in(nina), reverse("session", args=[chart["session_id"]])
    page = client.get(wanted, follow=True)
    said = page.content.decode()
    assert page.redirect_chain[0][0].startswith(asked_at(patient))
    assert "Marsh" not in said and "H-0001" not in said
    assert "555-0100" in said and "555-0199" in said
    reason = page.context["emergencies"][0]
    entered = client.post(asked_at(patient), {"reason": reason, "to": wanted}, follow=True)
    assert entered.redirect_chain == [(wanted, 302)]
    assert "Marsh" in entered.content.decode()


def test_whoever_breaks_in_is_told_of_and_stands_in_the_audit(chart, nina, alice, patient):
    made = break_glass(acting(nina), patient=patient, reason=WHY, now=timezone.now())
    task = Task.objects.get(kind="broken_into")
    assert (task.owner, task.patient) == (alice, patient)
    assert WHY in task.detail and task.due_at - made.at == timedelta(hours=24)
    row = AuditRow.objects.get(action="chart.broken_into")
    assert (row.actor_name, row.patient) == (str(nina), patient.pk)
    assert json.loads(row.body)["detail"] == WHY


def test_a_chart_opened_with_a_reason_closes_after_an_hour(chart, nina, patient):
    now = timezone.now()
    break_glass(acting(nina), patient=patient, reason=WHY, now=now)
    assert patient.pk not in closed_to(nina, now + timedelta(minutes=59))
    assert patient.pk in closed_to(nina, now + timedelta(minutes=60))


def test_nothing_opens_without_a_reason(chart, nina, patient, signed_in):
    client = signed_in(nina)
    assert client.post(asked_at(patient), {"reason": "  "}).status_code == 422
    assert not Notice.objects.exists()
    with pytest.raises(RefusedError, match="Say why"):
        break_glass(acting(nina), patient=patient, reason=" ", now=timezone.now())


def test_what_is_no_page_is_refused_and_that_is_told(chart, nina, patient, signed_in):
    client = signed_in(nina)
    assert client.get(reverse("session_live", args=[chart["session_id"]])).status_code == 403
    answer = client.post(reverse("record_add", args=[patient.pk, "condition"]), {"text": "x"})
    assert answer.status_code == 403
    assert "This chart is restricted" in answer.content.decode()
    told = AuditRow.objects.filter(action="refused.record_add", patient=patient.pk)
    assert json.loads(told.get().body)["detail"] == "not permitted: restricted chart"


@pytest.mark.parametrize("page", ["today", "patients", "sessions", "tasks"])
def test_lists_show_no_name_and_nothing_of_the_chart(chart, nina, patient, signed_in, page):
    said = signed_in(nina).get(reverse(page)).content.decode()
    for word in ("Marsh", "H-0001", "12 Mar 1981", ">Call<", "asthma"):
        assert word not in said
    assert "estricted chart" in said


def test_a_search_leaks_nothing_and_the_whole_number_leads_to_the_question(
    chart, nina, patient, signed_in
):
    client = signed_in(nina)
    for wanted in ("Marsh", "Pat", "H-000", "H-"):
        said = client.post(reverse("patients"), {"q": wanted}).content.decode()
        assert str(patient.pk) not in said and "Restricted chart" not in said
    said = client.post(reverse("patients"), {"q": "h-0001"}).content.decode()
    assert f'href="{reverse("patient", args=[patient.pk])}"' in said and "Marsh" not in said


def test_a_team_member_who_is_named_is_let_in_and_out(chart, nina, alice, patient):
    now = timezone.now()
    set_team(acting(alice), patient=patient, person=nina, on=True, now=now)
    assert patient.pk not in closed_to(nina, now)
    set_team(acting(alice), patient=patient, person=nina, on=False, now=now)
    assert patient.pk in closed_to(nina, now)


def test_a_chart_of_somebody_who_works_here_is_restricted_until_it_is_opened(
    pat, patient, alice, nina
):
    now = timezone.now()
    assert not is_restricted(patient.pk)
    RoleAssignment.objects.create(user=pat, role="researcher")
    assert is_restricted(patient.pk) and patient.pk in closed_to(nina, now)
    restrict(acting(alice), patient=patient, on=False, reason="She asked for it.", now=now)
    assert not is_restricted(patient.pk)


def test_nobody_breaks_into_their_own_chart(chart, pat, patient, signed_in):
    RoleAssignment.objects.create(user=pat, role="nurse")
    assert signed_in(pat).post(asked_at(patient), {"reason": WHY}).status_code == 403
    assert not Notice.objects.exists()


def test_a_patient_reads_their_own_restricted_chart(chart, pat, signed_in):
    assert "Pat Marsh" in signed_in(pat).get(reverse("own_chart")).content.decode()


def test_the_owner_restricts_by_record_number_and_looks_back(patient, alice, olga, nina, signed_in):
    client = signed_in(olga)
    client.post(reverse("notices"), {"number": patient.identifier, "reason": "Asked."})
    assert is_restricted(patient.pk)
    notice = break_glass(acting(nina), patient=patient, reason=WHY, now=timezone.now())
    page = client.get(reverse("notices")).content.decode()
    assert WHY in page and "To look back on: 1" in page and "Marsh" not in page
    said = {"said": "Right: she covered."}
    assert client.post(reverse("notice_review", args=[notice.pk]), said).status_code == 302
    assert "To look back on" not in client.get(reverse("notices")).content.decode()


def test_nobody_looks_back_on_what_they_did_themselves(chart, nina, patient):
    RoleAssignment.objects.create(user=nina, role="owner")
    nina = type(nina).objects.get(pk=nina.pk)
    notice = break_glass(acting(nina), patient=patient, reason=WHY, now=timezone.now())
    with pytest.raises(RefusedError, match="Somebody else"):
        review(acting(nina), notice=notice, said="Fine.", now=timezone.now())


def test_many_charts_in_a_short_time_are_told_the_owner_once(
    clinic_row, bob, signed_in, settings, olga
):
    clinic_row.demonstration = False
    clinic_row.save()
    forget()
    settings.MANY_CHARTS = 3
    by = acting(bob)
    from mooring.clinic.openings import OPENED, RENEWED, read

    for number in range(5):
        key = patient_record("Many", str(number)).pk
        read(by, OPENED, "people.Patient", str(key), RENEWED, key, "patient")
        tell_of_many(by)
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.person) == ("many", bob)
    assert notice.words == "4 different charts within 10 minutes"


def test_a_demonstration_tells_nobody_of_many_charts(clinic_row, bob, settings):
    settings.MANY_CHARTS = 0
    by = acting(bob)
    from mooring.clinic.openings import OPENED, RENEWED, read

    key = patient_record("Many", "One").pk
    read(by, OPENED, "people.Patient", str(key), RENEWED, key, "patient")
    tell_of_many(by)
    assert not Notice.objects.exists()
