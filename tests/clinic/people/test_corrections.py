"""An entry of the chart is ended, corrected or struck: by whom, why, and nothing is overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import OWN_CHART, RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.corrections import ROWS, correct_entry, strike_entry
from mooring.clinic.people.models import (
    Condition,
    Measurement,
    Medication,
    Patient,
)
from tests.clinic.people.correcting import (
    NOW,
    WHY,
    acting,
    added,
    as_it_is,
    corrected,
    ended,
    one_of_each,
    pressed,
    struck,
    weighed,
)
from tests.support.behind import update_behind
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db
CHANGE = {
    "condition": {"text": "Asthma in childhood"},
    "medication": {"dose": "100 mg daily"},
    "allergy": {"since": date(2020, 1, 2)},
    "measurement": {"value": Decimal("71.5")},
    "blood_pressure": {"systolic": Decimal(132)},
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_corrected_entry_stands_in_the_place_of_the_one_before(
    kind: str, patient: Patient, bob: User, alice: User
) -> None:
    old = one_of_each(bob, patient)[kind]
    new = corrected(alice, old, now=NOW + timedelta(hours=1), **CHANGE[kind])
    (name, value), *_ = CHANGE[kind].items()
    assert getattr(new, name) == value
    assert new.origin == "entered by hand by B. Okafor; corrected by A. Lindqvist"
    before = ROWS[kind].everything.get(pk=old.pk)
    assert before.replaced_by == new
    assert before.withdrawn_by == alice
    assert before.withdrawn_why == WHY
    assert before.withdrawn_at == NOW + timedelta(hours=1)
    assert list(ROWS[kind].objects.filter(patient=patient)) == [new]


@pytest.mark.parametrize("kind", ROWS)
def test_a_struck_entry_stands_no_longer_and_stays_readable(
    kind: str, patient: Patient, bob: User, alice: User
) -> None:
    old = one_of_each(bob, patient)[kind]
    struck(alice, old)
    assert not ROWS[kind].objects.exists()
    left = ROWS[kind].everything.get()
    assert (left.replaced_by, left.withdrawn_by) == (None, alice)
    assert left.withdrawn_why == "belongs in another chart"


@pytest.mark.parametrize(
    ("kind", "text", "status"),
    [
        ("medication", "Diazepam 5 mg", "stopped"),
        ("medication", "Amoxicillin", "completed"),
        ("condition", "Pregnancy", "resolved"),
        ("allergy", "Egg", "resolved"),
    ],
)
def test_an_entry_ends_on_a_day(
    kind: str, text: str, status: str, patient: Patient, bob: User
) -> None:
    old = added(bob, patient, kind, text, since=date(2026, 1, 1))
    new = ended(bob, old, status, until=date(2026, 11, 1))
    assert (new.text, new.status, new.until) == (text, status, date(2026, 11, 1))
    assert new.since == date(2026, 1, 1)
    assert new.origin.endswith("; ended by B. Okafor")


def test_an_end_that_nobody_knows_the_day_of_has_none(patient: Patient, bob: User) -> None:
    assert ended(bob, added(bob, patient, "medication", "Diazepam")).until is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"until": date(2026, 11, 6)}, "until"),  # still to come
        ({"until": date(2025, 12, 31)}, "until"),  # before it began
        ({"status": "active"}, "status"),
        ({"status": "resolved"}, "status"),  # a condition's word
        ({"why": " \t"}, "why"),
        ({"why": "x" * 301}, "why"),
        ({"why": "turned \u202e round"}, "why"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    more: dict[str, object], field: str, patient: Patient, bob: User
) -> None:
    row = added(bob, patient, "medication", "Diazepam", since=date(2026, 1, 1))
    with pytest.raises(RefusedError) as refused:
        ended(bob, row, **more)
    assert refused.value.field == field
    assert Medication.objects.get() == row


def test_what_is_over_already_does_not_end_again(patient: Patient, bob: User) -> None:
    row = added(bob, patient, "medication", "Diazepam", "stopped")
    with pytest.raises(RefusedError, match="over already"):
        ended(bob, row)


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
@pytest.mark.parametrize("do", [struck, corrected])
def test_a_reason_of_blanks_is_none(do, blank: str, patient: Patient, bob: User) -> None:
    row = added(bob, patient, "condition", "Asthma")
    changes = {"text": "Eczema"} if do is corrected else {}
    with pytest.raises(RefusedError) as refused:
        do(bob, row, why=blank, **changes)
    assert refused.value.field == "why"
    assert Condition.objects.get() == row
    assert Condition.everything.count() == 1


def test_nothing_changed_is_no_correction(patient: Patient, bob: User) -> None:
    for row in one_of_each(bob, patient).values():
        with pytest.raises(RefusedError, match="stands there already"):
            corrected(bob, row)


@pytest.mark.parametrize("how", [struck, ended, corrected])
def test_who_reads_an_entry_that_no_longer_stands_is_told_who_took_it_back(
    how, patient: Patient, bob: User, alice: User
) -> None:
    """Two people have one entry open; the second to save meets what the first has said."""
    row = added(bob, patient, "medication", "Diazepam 5 mg")
    struck(alice, row, why="she never took it")
    changes = {"dose": "10 mg"} if how is corrected else {}
    with pytest.raises(RefusedError) as refused:
        how(bob, row, **changes)
    assert str(refused.value) == "A. Lindqvist struck this entry already: she never took it."
    assert Medication.everything.count() == 1


def test_a_stale_correction_is_sent_to_what_stands_now(
    patient: Patient, bob: User, alice: User
) -> None:
    row = weighed(bob, patient)
    corrected(alice, row, value=Decimal(72))
    with pytest.raises(RefusedError, match="Look at what stands in its place"):
        corrected(bob, row, value=Decimal(73))
    assert Measurement.objects.get().value == 72


def test_every_correction_keeps_where_the_entry_first_came_from(
    patient: Patient, bob: User, alice: User
) -> None:
    """The origin names the source and the last hand: it does not grow with each correction."""
    row = added(bob, patient, "condition", "Asthma", source="told by the patient")
    again = corrected(alice, corrected(alice, row, text="Eczema"), text="Psoriasis")
    twice = corrected(bob, again, text="Lupus")
    origin = "entered by hand by B. Okafor: told by the patient"
    assert twice.origin == f"{origin}; corrected by B. Okafor"


def test_a_long_origin_never_cuts_off_who_corrected(patient: Patient, bob: User) -> None:
    row = added(bob, patient, "condition", "Asthma")
    update_behind(Condition.objects.all(), origin="import " + "x" * 293)
    row.refresh_from_db()
    new = corrected(bob, row, text="Eczema")
    assert len(new.origin) == 300
    assert new.origin.endswith("…; corrected by B. Okafor")


def coded(by: User, patient: Patient) -> Condition:
    """A condition that came with a code."""
    row = added(by, patient, "condition", "Hypertension")
    snomed = {"system": "http://snomed.info/sct", "code": "38341003"}
    codings = [{**snomed, "display": "Hypertension"}]
    update_behind(Condition.objects.filter(pk=row.pk), **snomed, codings=codings)
    return Condition.objects.get(pk=row.pk)


def test_other_words_ask_whether_the_code_belongs_to_them(patient: Patient, bob: User) -> None:
    row = coded(bob, patient)
    with pytest.raises(RefusedError) as refused:
        corrected(bob, row, text="Hypotension")
    assert refused.value.field == "codes_fit"
    new = corrected(bob, row, text="Hypotension", codes_fit=False)
    assert (new.system, new.code, new.codings) == (None, None, [])


def test_a_slip_of_the_words_keeps_the_code(patient: Patient, bob: User) -> None:
    new = corrected(bob, coded(bob, patient), text="Arterial hypertension", codes_fit=True)
    assert (new.code, len(new.codings)) == ("38341003", 1)


def test_another_day_leaves_the_code_alone(patient: Patient, bob: User) -> None:
    assert corrected(bob, coded(bob, patient), since=date(2020, 1, 2)).code == "38341003"


def test_a_code_alone_can_be_taken_away(patient: Patient, bob: User) -> None:
    assert corrected(bob, coded(bob, patient), codes_fit=False).code is None


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("condition", {"text": "  "}, "text"),
        ("condition", {"status": "stopped"}, "status"),
        ("condition", {"since": date(2026, 11, 6)}, "since"),
        ("medication", {"text": "none"}, "text"),
        ("measurement", {"value": Decimal(7)}, "value"),
        ("measurement", {"taken_at": NOW + timedelta(days=1)}, "taken_at"),
        ("measurement", {"value": Decimal("155")}, "doubt_settled"),
        ("blood_pressure", {"systolic": Decimal(70)}, "systolic"),
        ("blood_pressure", {"systolic": Decimal("120.5")}, "systolic"),
        ("blood_pressure", {"taken_at": NOW + timedelta(days=1)}, "taken_at"),
    ],
)
def test_a_correction_is_refused_what_adding_is(
    kind: str, changes: dict[str, object], field: str, patient: Patient, bob: User
) -> None:
    weighed(bob, patient, taken_at=NOW - timedelta(days=20))
    row = one_of_each(bob, patient)[kind]
    with pytest.raises(RefusedError) as refused:
        corrected(bob, row, **changes)
    assert refused.value.field == field
    assert ROWS[kind].objects.filter(pk=row.pk).exists()


def test_a_status_and_an_end_that_came_with_an_import_can_stay(patient: Patient, bob: User) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    update_behind(Medication.objects.all(), status="on-hold", until=date(2027, 1, 1))
    row.refresh_from_db()
    new = corrected(bob, row, dose="5 mg at night")
    assert (new.status, new.until) == ("on-hold", date(2027, 1, 1))


def test_a_weight_is_not_held_against_the_slip_it_corrects(patient: Patient, bob: User) -> None:
    """154 for 70 is about 2.2 times: that is asked about the slip, and not about its correction."""
    slip = weighed(bob, patient, "154", doubt_settled=True)
    assert slip.checked_again
    new = corrected(bob, slip, value=Decimal(70))
    assert (new.value, new.checked_again) == (Decimal(70), False)


def test_a_weight_corrected_in_pounds_is_kept_in_kilograms(patient: Patient, bob: User) -> None:
    assert corrected(bob, weighed(bob, patient), value=Decimal(155), pounds=True).value == Decimal(
        "70.307"
    )


def test_a_weight_that_was_checked_stays_checked_while_its_number_does(
    patient: Patient, bob: User
) -> None:
    row = weighed(bob, patient, "130", doubt_settled=True)
    new = corrected(bob, row, method="stated by the patient", doubt_settled=True)
    assert new.checked_again
    assert new.origin.endswith("; corrected by B. Okafor; checked again")


def test_a_form_s_minute_leaves_the_seconds_of_a_monitor_alone(patient: Patient, bob: User) -> None:
    row = weighed(bob, patient, taken_at=NOW - timedelta(minutes=5, seconds=17))
    new = corrected(bob, row, value=Decimal(71), taken_at=row.taken_at.replace(second=0))
    assert new.taken_at == row.taken_at


def test_an_entry_is_corrected_by_values_of_its_own_kind(patient: Patient, bob: User) -> None:
    anew = as_it_is(pressed(bob, patient))
    with pytest.raises(TypeError):
        correct_entry(acting(bob), row=weighed(bob, patient), anew=anew, why=WHY, now=NOW)


@pytest.mark.parametrize("who", ["charlie", "tara", "olga", "audrey", "ray", "pat"])
@pytest.mark.parametrize("how", [struck, ended, corrected])
def test_who_may_not_add_to_the_record_may_not_correct_it(
    how, who: str, patient: Patient, bob: User, request: pytest.FixtureRequest
) -> None:
    row = added(bob, patient, "medication", "Diazepam")
    with pytest.raises(PermissionDenied):
        how(request.getfixturevalue(who), row)
    assert Medication.objects.get() == row


@pytest.mark.parametrize("how", [struck, ended, corrected])
def test_staff_who_are_patients_do_not_correct_their_own_chart(how, pat: User, bob: User) -> None:
    row = added(bob, pat.patient, "medication", "Diazepam")
    RoleAssignment.objects.create(user=pat, role="nurse")
    nurse = User.objects.get(pk=pat.pk)
    changes = {"dose": "5 mg"} if how is corrected else {}
    with pytest.raises(PermissionDenied, match=OWN_CHART):
        how(nurse, row, **changes)
    assert Medication.objects.get() == row
    of_another = added(bob, patient_record("Harper", "Alex"), "medication", "Diazepam")
    how(nurse, of_another, **changes)


def test_a_command_has_no_name_to_correct_under(patient: Patient, bob: User) -> None:
    row = added(bob, patient, "allergy", "Egg")
    with pytest.raises(RefusedError, match="name of a person"):
        strike_entry(command("import"), row=row, why=WHY, now=NOW)


def test_the_audit_has_the_entry_that_stands_and_the_one_that_does_not(
    patient: Patient, bob: User
) -> None:
    row = added(bob, patient, "condition", "Asthma")
    new = corrected(bob, row, text="Eczema")
    taken, made = AuditRow.objects.order_by("sequence")[1:3]
    assert (taken.action, made.action) == ("people.withdrawn", "people.correct_entry")
    assert str(row.pk) in taken.body
    assert WHY in taken.body
    assert str(new.pk) in made.body
    assert {taken.patient, made.patient} == {patient.pk}
