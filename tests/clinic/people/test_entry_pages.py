"""Ending, correcting and striking through the chart's pages, and reading what stood before."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.corrections import kind_of
from mooring.clinic.people.models import (
    BloodPressure,
    Condition,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)
from tests.clinic.people.correcting import (
    added,
    corrected,
    ended,
    one_of_each,
    pressed,
    struck,
    weighed,
)
from tests.clinic.people.test_patients import SignIn
from tests.support.behind import update_behind
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db
DOORS = ("entry_end", "entry_correct", "entry_strike")


def address(row: RecordRow, name: str = "record_entry") -> str:
    return reverse(name, args=[row.patient_id, kind_of(row), row.pk])


def told(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def filled(client: Client, row: RecordRow, name: str, **changes: str) -> Any:
    """The form as it opens, with these changes, sent."""
    page = client.get(address(row, name))
    assert page.status_code == 200
    form = page.context["form"]
    as_shown = {bound.html_name: bound.value() for bound in form}
    values = {
        name: form[name].field.widget.format_value(value)
        if name == "taken_at"
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in as_shown.items()
        if value not in (None, False)
    }
    return client.post(address(row, name), {**values, **changes}, follow=True)


def chart(client: Client, patient: Patient) -> str:
    return told(client.get(reverse("patient", args=[patient.pk])))


def test_each_entry_of_the_chart_opens_its_own_page(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    rows = one_of_each(bob, patient)
    client = signed_in(bob)
    page = chart(client, patient)
    for row in rows.values():
        assert f'href="{address(row)}"' in page
        answer = client.get(address(row))
        assert answer.status_code == 200
        assert "entered by hand by B. Okafor" in told(answer)


def test_a_chart_at_rest_has_no_buttons_in_its_rows(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    rows = one_of_each(bob, patient)
    page = chart(signed_in(bob), patient)
    for row in rows.values():
        for door in DOORS:
            assert address(row, door) not in page


def test_a_nurse_ends_a_medicine(signed_in: SignIn, bob: User, patient: Patient) -> None:
    row = added(bob, patient, "medication", "Diazepam 5 mg")
    today = timezone.localdate()
    page = told(
        filled(signed_in(bob), row, "entry_end", until=today.isoformat(), why="tapered off")
    )
    assert "Ended. What stood there stays readable." in page
    assert "Stopped or finished: 1" in page
    assert Medication.objects.get().until == today


def test_a_nurse_corrects_a_weight(signed_in: SignIn, bob: User, patient: Patient) -> None:
    row = weighed(bob, patient, "77")
    page = told(filled(signed_in(bob), row, "entry_correct", value="71.5", why="read wrongly"))
    assert "71.5 kg" in page
    assert "77 kg" not in page
    assert Measurement.objects.get().taken_at == row.taken_at


def test_a_doubted_correction_of_a_weight_asks_once_more(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    weighed(bob, patient, "70", taken_at=timezone.now().replace(year=2026, month=10))
    row, client = weighed(bob, patient, "71"), signed_in(bob)
    answer = filled(client, row, "entry_correct", value="154", why="x")
    assert answer.status_code == 422
    assert "I checked the number and its unit again" in told(answer)
    filled(client, row, "entry_correct", value="154", why="x", doubt_settled="on")
    assert Measurement.objects.get(value=154).checked_again


def test_a_nurse_corrects_a_blood_pressure(signed_in: SignIn, bob: User, patient: Patient) -> None:
    filled(signed_in(bob), pressed(bob, patient), "entry_correct", systolic="132", why="slip")
    assert BloodPressure.objects.get().systolic == 132


def test_a_nurse_strikes_a_condition_of_another_chart(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "condition", "Schizophrenia"), signed_in(bob)
    page = told(filled(client, row, "entry_strike", why="of a namesake"))
    assert "Struck: 1" in page
    assert "<del>Schizophrenia, active</del>" in page
    assert "struck by B. Okafor" in page
    assert "of a namesake" in page
    assert not Condition.objects.exists()
    left = told(client.get(address(row)))
    assert "▲ Struck: it counts nowhere" in left
    assert address(row, "entry_correct") not in left, "what no longer stands is not corrected"


def test_a_nurse_says_that_a_condition_is_the_mother_s(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "condition", "Schizophrenia"), signed_in(bob)
    filled(client, row, "entry_correct", relation="mother", why="misread the letter")
    assert Condition.objects.get().relation == "mother"


def test_what_was_corrected_is_reachable_from_what_stands(
    signed_in: SignIn, bob: User, alice: User, patient: Patient
) -> None:
    first = added(bob, patient, "medication", "Sertraline", dose="500 mg")
    second = corrected(alice, first, why="a zero too many", dose="50 mg")
    third = ended(bob, second, why="changed to another")
    client = signed_in(bob)
    page = told(client.get(address(third)))
    assert page.index("<del>Sertraline, 50 mg, active</del>") < page.index(
        "<del>Sertraline, 500 mg, active</del>"
    )
    assert "ended by B. Okafor" in page
    assert "corrected by A. Lindqvist" in page
    assert "a zero too many" in page
    old = told(client.get(address(first)))
    assert f'href="{address(second)}">What stands in its place' in old


def test_older_numbers_stand_behind_the_newest_and_open_too(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    older = weighed(bob, patient, "69", taken_at=timezone.now().replace(year=2026, month=1))
    weighed(bob, patient, "70")
    page = chart(signed_in(bob), patient)
    assert "Earlier: 1" in page
    assert f'href="{address(older)}"' in page


def test_a_struck_number_leads_to_no_newest(signed_in: SignIn, bob: User, patient: Patient) -> None:
    older = weighed(bob, patient, "69", taken_at=timezone.now().replace(year=2026, month=1))
    struck(bob, weighed(bob, patient, "70"))
    page = chart(signed_in(bob), patient)
    assert page.index("69 kg") < page.index("Struck: 1") < page.index("Weight 70 kg")
    assert f'href="{address(older)}"' in page


@pytest.mark.parametrize("door", DOORS)
def test_a_reason_is_asked_for(door: str, signed_in: SignIn, bob: User, patient: Patient) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    answer = filled(signed_in(bob), row, door, why="   ")
    assert answer.status_code == 422
    assert "Why</a>: This field is required" in told(answer)
    assert Medication.objects.get() == row


@pytest.mark.parametrize("door", DOORS)
def test_who_saves_on_an_entry_that_was_struck_meanwhile_is_told(
    door: str, signed_in: SignIn, alice: User, bob: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "medication", "Diazepam"), signed_in(bob)
    values = {"status": "stopped", "text": "Diazepam", "why": "x", "dose": "5 mg"}
    struck(alice, row, why="never taken")
    answer = client.post(address(row, door), values)
    assert answer.status_code == 422
    page = told(answer)
    assert "A. Lindqvist struck this entry already: never taken." in page
    assert 'name="why"' not in page, "there is nothing to save any more"


def test_a_status_from_elsewhere_can_stay(signed_in: SignIn, bob: User, patient: Patient) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    update_behind(Medication.objects.all(), status="on-hold")
    filled(signed_in(bob), row, "entry_correct", dose="5 mg", why="told on the phone")
    assert Medication.objects.get().status == "on-hold"


def test_other_words_for_a_code_ask_whether_it_fits(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "condition", "Hypertension"), signed_in(bob)
    update_behind(Condition.objects.all(), system="http://snomed.info/sct", code="38341003")
    answer = filled(client, row, "entry_correct", text="Hypotension", why="heard wrongly")
    assert "Say whether the code belongs" in told(answer)
    assert "Code 38341003." in told(answer)
    filled(client, row, "entry_correct", text="Hypotension", codes_fit="no", why="heard wrongly")
    assert (Condition.objects.get().text, Condition.objects.get().code) == ("Hypotension", None)


@pytest.mark.parametrize("who", ["charlie", "olga", "audrey", "ray", "pat"])
def test_who_has_no_part_in_care_opens_no_entry(
    who: str, signed_in: SignIn, bob: User, patient: Patient, request: pytest.FixtureRequest
) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    client = signed_in(request.getfixturevalue(who))
    for name in ("record_entry", *DOORS):
        assert client.get(address(row, name)).status_code == 403
    for name in DOORS:
        assert client.post(address(row, name), {"why": "x"}).status_code == 403
    assert Medication.objects.get() == row


def test_a_therapist_reads_an_entry_and_finds_no_buttons(
    signed_in: SignIn, bob: User, tara: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "medication", "Diazepam"), signed_in(tara)
    page = told(client.get(address(row)))
    for name in DOORS:
        assert address(row, name) not in page
        assert client.get(address(row, name)).status_code == 403


@pytest.mark.parametrize("name", ["record_entry", *DOORS])
def test_an_entry_opened_is_in_the_audit(
    signed_in: SignIn, bob: User, patient: Patient, name: str
) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    signed_in(bob).get(address(row, name))
    opened = AuditRow.objects.filter(action="chart.opened", patient=patient.pk)
    assert [f'"detail":"{name}"' in each.body for each in opened] == [True]


def test_an_entry_is_found_in_its_own_chart_only(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    row, client = added(bob, patient, "medication", "Diazepam"), signed_in(bob)
    other = patient_record("Harper", "Alex")
    for place in (
        [other.pk, "medication", row.pk],
        [patient.pk, "condition", row.pk],
        [patient.pk, "spell", row.pk],
    ):
        assert client.get(reverse("record_entry", args=place)).status_code == 404
    number = weighed(bob, patient)
    assert client.get(address(number, "entry_end")).status_code == 404


# Identity


CORRECT = {
    "family_name": "Marsh", "given_name": "Patricia", "birth_date": "1981-03-12",
    "sex": "female", "identifier": "H-0001", "why": "the passport says so", "seen": "0",
}  # fmt: skip


def test_a_nurse_corrects_an_identity_and_it_stays_readable(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    client = signed_in(bob)
    correct = reverse("identity_correct", args=[patient.pk])
    assert 'value="Pat"' in told(client.get(correct))
    page = told(client.post(correct, CORRECT, follow=True))
    assert "<h1>Marsh, Patricia</h1>" in page
    assert "Corrected 1 time: what stood there" in page
    history = told(client.get(reverse("identity_history", args=[patient.pk])))
    assert "Given name: <del>Pat</del> → <strong>Patricia</strong>" in history
    assert "corrected by B. Okafor" in history
    assert "the passport says so" in history


def test_a_namesake_is_asked_about_before_it_is_taken(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    patient_record("Marsh", "Patricia", identifier="H-0002")
    client, correct = signed_in(bob), reverse("identity_correct", args=[patient.pk])
    answer = client.post(correct, CORRECT)
    assert answer.status_code == 422
    assert "This is another person of the same name" in told(answer)
    assert client.post(correct, {**CORRECT, "another_person": "on"}).status_code == 302


def test_an_identity_that_was_corrected_meanwhile_is_shown_as_it_stands(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    client, correct = signed_in(bob), reverse("identity_correct", args=[patient.pk])
    client.post(correct, CORRECT)
    answer = client.post(correct, {**CORRECT, "given_name": "Patsy"})
    assert answer.status_code == 422
    assert "corrected this since the page was opened" in told(answer)


@pytest.mark.parametrize("who", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
def test_who_opens_no_chart_for_writing_corrects_no_identity(
    who: str, signed_in: SignIn, patient: Patient, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    correct = reverse("identity_correct", args=[patient.pk])
    assert client.get(correct).status_code == 403
    assert client.post(correct, CORRECT).status_code == 403
    history = client.get(reverse("identity_history", args=[patient.pk])).status_code
    assert history == (200 if who == "tara" else 403)
    patient.refresh_from_db()
    assert patient.given_name == "Pat"
