"""A second file of a patient is compared entry by entry, and merged as a person chose."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.tables import take_over
from mooring.clinic.audit.verdict import examine
from mooring.clinic.imports.comparing import How, compare
from mooring.clinic.imports.models import ImportBatch, KeptResource, WaitingFile
from mooring.clinic.people.models import Condition, Measurement, Medication, Patient
from mooring.clinic.tasks.models import Task
from mooring.exchange.fhir.received import read_content
from tests.clinic.people.correcting import corrected, ended, struck
from tests.exchange.bundles import NOW, bundle, coded, condition, medication, observation, text
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ASTHMA = condition(id="c2", code=coded("http://snomed.info/sct", "195967001", "Asthma"))
STOPPED = medication(status="stopped")


def weight(value: str, **changes: Any) -> dict[str, Any]:
    return observation("29463-7", value, "kg", **{"id": "w", **changes})


FIRST = bundle(condition(), medication(), weight("70"))


def sent(client: Client, data: Any, name: str = "second.json") -> str:
    """The page that comes after a file was sent."""
    file = SimpleUploadedFile(name, text(data).encode())
    answer = client.post(reverse("patient_import"), {"file": file}, follow=True)
    assert answer.status_code == 200
    return told(answer)


def told(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def compared(data: Any) -> dict[How, list[str]]:
    """What a file is beside the chart of its patient: the lines of each kind."""
    received = read_content(text(data).encode(), "second.json", NOW)
    found = compare(Patient.objects.get(), received)
    return {how: [entry.says for entry in found.of(how)] for how in How if found.of(how)}


@pytest.fixture
def here(signed_in: SignIn, bob: User) -> Client:
    """Bob's browser, with the first file in the chart."""
    client = signed_in(bob)
    sent(client, FIRST, "first.json")
    return client


def choose(client: Client, **choices: str) -> Any:
    """The comparison as it opens, with these choices, sent. `entry_1="mine"`, `who_sex="mine"`."""
    address = reverse("import_compare", args=[WaitingFile.objects.get(closed_at=None).pk])
    form = client.get(address).context["form"]
    marked = {field.html_name: "on" for _, field in form.new if field.initial}
    named = {name.replace("_", "-", 1): value for name, value in choices.items()}
    values = {"seen": form.compared.fingerprint, **marked, **named}
    return client.post(address, {k: v for k, v in values.items() if v}, follow=True)


HYPERTENSION = "Hypertension, active since 29 Jul 2005"
FLUOXETINE = "Fluoxetine 20 MG, active since 17 Jan 2020"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FIRST, {How.HERE: 3}),
        (bundle(condition(), ASTHMA), {How.NEW: 1, How.HERE: 1}),
        (bundle(STOPPED), {How.DIFFERS: 1}),
        (bundle(condition(onsetDateTime="2006-01-02")), {How.DIFFERS: 1}),
        (bundle(medication(authoredOn="2021-01-17")), {How.NEW: 1}),  # ordered again
        (bundle(weight("71")), {How.DIFFERS: 1}),
        (bundle(weight("71", effectiveDateTime="2026-11-21T09:30:00+01:00")), {How.NEW: 1}),
        (bundle(condition(code=coded("http://snomed.info/sct", "38341003", "High pressure"))),
         {How.DIFFERS: 1}),
        (bundle(condition(code={"text": "hypertension"})), {How.DIFFERS: 1}),
        (bundle(condition(), condition(id="c9")), {How.HERE: 1, How.NEW: 1}),
    ],
)  # fmt: skip
def test_each_entry_is_new_here_already_or_differs(
    data: Any, expected: dict[How, int], here: Client
) -> None:
    assert {how: len(lines) for how, lines in compared(data).items()} == expected


def test_a_second_file_waits_and_the_chart_says_so(here: Client, bob: User) -> None:
    page = sent(here, bundle(condition(), ASTHMA))
    assert "Compare with the chart" in page
    assert "0 resources" not in page, "where everything was read, nothing is said to be kept"
    assert "Asthma, active since 29 Jul 2005" in page
    assert "In the chart already: 1" in page
    patient = Patient.objects.get()
    assert patient.conditions.count() == 1, "nothing is written before somebody says so"
    chart = told(here.get(reverse("patient", args=[patient.pk])))
    assert "Waits to be compared" in chart
    task = Task.objects.get(kind="import_waiting")
    assert (task.owner, task.closed_at) == (bob, None)


def test_what_is_new_is_added_and_what_is_here_is_kept_beside(here: Client, bob: User) -> None:
    sent(here, bundle(condition(), ASTHMA))
    page = told(choose(here))
    assert "Merged into the chart." in page
    assert {row.text for row in Condition.objects.all()} == {"Hypertension", "Asthma"}
    added = Condition.objects.get(text="Asthma")
    assert added.origin.endswith("; compared by B. Okafor")
    assert "import second.json" in added.origin
    batch = ImportBatch.objects.get(file_name="second.json")
    assert batch.counts["Condition"] == {"understood": 1, "kept": 1}
    (kept,) = KeptResource.objects.filter(batch=batch, resource_type="Condition")
    assert kept.reason == "Compared by B. Okafor: already here."
    assert '"38341003"' in kept.content
    assert Task.objects.get(kind="import_waiting").closed_at is not None
    assert WaitingFile.objects.get().closed_by == bob


def test_nothing_is_chosen_beforehand_where_the_two_differ(here: Client) -> None:
    page = sent(here, bundle(STOPPED, weight("71")))
    assert 'type="radio"' in page
    assert "checked" not in re.findall(r'<input type="radio"[^>]*>', page).__str__()
    answer = choose(here)
    assert answer.status_code == 422
    assert "choose one of these" in told(answer)
    assert Medication.objects.get().status == "active"


def test_keeping_mine_writes_nothing_and_keeps_theirs(here: Client) -> None:
    sent(here, bundle(STOPPED))
    choose(here, entry_0="mine")
    assert Medication.everything.get().status == "active"
    kept = KeptResource.objects.get(
        batch__file_name="second.json", resource_type="MedicationRequest"
    )
    assert kept.reason.startswith("Compared by B. Okafor: not taken.")
    assert '"stopped"' in kept.content


def test_taking_theirs_is_a_correction_of_mine(here: Client, bob: User) -> None:
    sent(here, bundle(STOPPED))
    choose(here, entry_0="theirs")
    old, new = Medication.everything.order_by("recorded_at")
    assert (old.replaced_by, old.withdrawn_by, new.status) == (new, bob, "stopped")
    assert "second.json" in old.withdrawn_why
    assert list(Medication.objects.all()) == [new]
    assert not KeptResource.objects.filter(
        batch__file_name="second.json", reason__contains="not taken"
    ).exists()


def test_adding_beside_leaves_both(here: Client) -> None:
    sent(here, bundle(weight("71")))
    choose(here, entry_0="add")
    assert {str(row.value) for row in Measurement.objects.all()} == {"70.000", "71.000"}


def test_what_was_left_out_is_kept(here: Client) -> None:
    sent(here, bundle(ASTHMA))
    choose(here, entry_0="")
    assert not Condition.objects.filter(text="Asthma").exists()
    kept = KeptResource.objects.get(batch__file_name="second.json", resource_type="Condition")
    assert kept.reason == "Compared by B. Okafor: not taken."


def test_what_was_struck_here_is_not_marked_to_come_back(here: Client, bob: User) -> None:
    struck(bob, Condition.objects.get(), why="of a namesake")
    page = sent(here, bundle(condition()))
    assert "The same entry was struck by B. Okafor" in page
    choose(here)
    assert not Condition.objects.exists()


def test_what_was_corrected_here_is_compared_with_what_stands(here: Client, bob: User) -> None:
    """The file says again what was put right: the person sees both, and nothing comes back."""
    now = timezone.now()
    at = "2026-11-20T11:30:00+01:00"
    moment = datetime.fromisoformat(at)
    corrected(bob, Measurement.objects.get(), taken_at=moment, now=now)
    ended(bob, Medication.objects.get(), now=now)
    assert {how: len(lines) for how, lines in compared(FIRST).items()} == {
        How.HERE: 1, How.DIFFERS: 2,
    }  # fmt: skip
    page = sent(here, bundle(medication(), weight("70")))
    assert "Status: <strong>stopped</strong>" in page
    assert "Status: <strong>active</strong>" in page


def test_who_it_is_is_chosen_part_by_part(here: Client, bob: User) -> None:
    page = sent(here, bundle(birthDate="1980-05-04", gender="other"))
    assert "5 Apr 1980" in page
    assert "4 May 1980" in page
    assert choose(here, who_sex="mine").status_code == 422
    choose(here, who_sex="mine", who_birth_date="theirs")
    patient = Patient.objects.get()
    assert (str(patient.birth_date), patient.sex) == ("1980-05-04", "female")
    change = patient.identity_changes.get()
    assert (change.before, change.after) == (
        {"birth_date": "1980-04-05"}, {"birth_date": "1980-05-04"},
    )  # fmt: skip
    assert change.changed_by == bob
    assert "second.json" in change.why


def test_a_number_is_taken_with_who_gave_it(here: Client) -> None:
    other = bundle(identifier=[{"system": "http://other.example/mrn", "value": "MRN-99"}])
    page = sent(here, other)
    assert "MRN-99 (http://other.example/mrn)" in page
    assert "Who it is: 1 differs" in page
    choose(here, who_identifier="theirs")
    patient = Patient.objects.get()
    assert (patient.identifier, patient.identifier_system) == (
        "MRN-99", "http://other.example/mrn",
    )  # fmt: skip


def test_what_a_file_leaves_out_of_a_person_is_no_difference(here: Client) -> None:
    data = bundle(condition())
    del data["entry"][0]["resource"]["gender"]
    assert "Who it is" not in sent(here, data)


def test_a_chart_that_changed_meanwhile_is_shown_as_it_stands(here: Client, bob: User) -> None:
    sent(here, bundle(STOPPED))
    waiting = WaitingFile.objects.get()
    address = reverse("import_compare", args=[waiting.pk])
    seen = here.get(address).context["form"].compared.fingerprint
    corrected(bob, Medication.objects.get(), dose="40 mg")
    answer = here.post(address, {"seen": seen, "entry-0": "theirs"})
    assert answer.status_code == 422
    assert "The chart changed since this page was opened." in told(answer)
    assert Medication.objects.get().dose == "40 mg"


def test_a_file_is_merged_once(here: Client) -> None:
    sent(here, bundle(ASTHMA))
    choose(here)
    waiting = WaitingFile.objects.get()
    address = reverse("import_compare", args=[waiting.pk])
    page = told(here.get(address))
    assert "Compared and merged as second.json" in page
    here.post(address, {"seen": "x"})
    assert Condition.objects.filter(text="Asthma").count() == 1
    assert "imported already, as second.json" in sent(here, bundle(ASTHMA), "again.json")


def test_a_file_can_be_set_aside_and_sent_again(here: Client, bob: User) -> None:
    sent(here, bundle(ASTHMA))
    aside = reverse("import_aside", args=[WaitingFile.objects.get().pk])
    assert here.post(aside, {"why": "  "}).status_code == 422
    assert "Set aside." in told(here.post(aside, {"why": "of a namesake"}, follow=True))
    closed = WaitingFile.objects.get()
    assert (closed.outcome, closed.closed_by) == ("Set aside: of a namesake", bob)
    assert not Condition.objects.filter(text="Asthma").exists()
    assert "Compare with the chart" in sent(here, bundle(ASTHMA))


def test_a_namesake_s_file_waits_and_may_open_a_chart_of_its_own(here: Client) -> None:
    other = bundle(ASTHMA, identifier=[{"system": "http://example.org/mrn", "value": "MRN-99"}])
    page = sent(here, other)
    assert "Is this the same person?" in page
    waiting = WaitingFile.objects.get()
    here.post(reverse("import_own", args=[waiting.pk]))
    assert {patient.identifier for patient in Patient.objects.all()} == {"MRN-77", "MRN-99"}
    assert Condition.objects.get(text="Asthma").patient.identifier == "MRN-99"
    waiting.refresh_from_db()
    assert waiting.outcome == "Another person: a chart of its own was opened"


def test_a_file_with_the_patient_s_own_number_opens_no_second_chart(here: Client) -> None:
    sent(here, bundle(ASTHMA))
    here.post(reverse("import_own", args=[WaitingFile.objects.get().pk]))
    assert Patient.objects.count() == 1
    assert WaitingFile.objects.get().closed_at is None


def test_a_file_can_be_sent_for_a_chart_that_a_person_chose(here: Client, clinic_row: Any) -> None:
    chosen = patient_record("Quill-Ames", "Ada", identifier="H-9")
    file = SimpleUploadedFile("third.json", text(bundle(ASTHMA)).encode())
    address = reverse("import_into", args=[chosen.pk])
    assert here.get(address).status_code == 200
    page = told(here.post(address, {"file": file}, follow=True))
    assert "Family name" in page
    assert "Is this the same person?" in page
    assert WaitingFile.objects.get().patient == chosen
    bad = SimpleUploadedFile("bad.json", b"not json")
    assert "line 1, column 1" in told(here.post(address, {"file": bad}))


@pytest.mark.parametrize("who", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
def test_who_may_not_write_in_charts_compares_nothing(
    who: str, here: Client, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    sent(here, bundle(ASTHMA))
    waiting, client = WaitingFile.objects.get(), signed_in(request.getfixturevalue(who))
    for name in ("import_compare", "import_aside", "import_own"):
        address = reverse(name, args=[waiting.pk])
        assert client.post(address, {"why": "x"}).status_code == 403
        assert client.get(address).status_code in (403, 405)
    assert client.get(reverse("import_into", args=[waiting.patient.pk])).status_code == 403
    waiting.refresh_from_db()
    assert waiting.closed_at is None


def test_an_owner_s_file_waits_without_showing_the_chart(
    here: Client, signed_in: SignIn, olga: User
) -> None:
    page = sent(signed_in(olga), bundle(ASTHMA))
    assert "waits until somebody in care has compared it" in page
    assert "Quill" not in page


def test_each_comparison_opened_and_the_merge_are_in_the_audit(here: Client) -> None:
    sent(here, bundle(ASTHMA))
    choose(here)
    actions = set(AuditRow.objects.values_list("action", flat=True))
    assert {"imports.wait_for_comparison", "imports.merge_file"} <= actions
    chart = WaitingFile.objects.get().patient_id
    assert AuditRow.objects.filter(action="chart.opened", patient=chart).count() == 1


@pytest.fixture
def taken_over(bob: User) -> None:
    """What the fixtures wrote past the audit is in it."""
    take_over(command("test"), timezone.now())


def test_the_tables_agree_with_the_audit_after_a_merge(
    taken_over: None, here: Client, bob: User
) -> None:
    sent(here, bundle(ASTHMA, STOPPED, birthDate="1980-05-04"))
    choose(here, entry_1="theirs", who_birth_date="theirs")
    now = timezone.now()
    struck(bob, Condition.objects.get(text="Asthma"), now=now)
    corrected(bob, Measurement.objects.get(), value=Measurement.objects.get().value + 1, now=now)
    verdict = examine()
    assert verdict.whole, verdict.differences
    assert verdict.compared
