"""What was given over time and the four-organ watch, as staff read and write them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.database.guards import SESSION_LOG, lifted
from mooring.clinic.exposure.actions import record_look, record_review
from mooring.clinic.exposure.drawing import place, ticks
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import organs, pressing
from mooring.clinic.people.models import BloodPressure, Medication
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.today.readiness import watch
from mooring.core.protocols.watch import Organ, Result, State
from mooring.core.quantities import Milligrams
from tests.clinic.sessions.steps import PUMP, START
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def acting(user):
    return Actor(name=str(user), roles=user.roles, user=user)


def looked(by, patient, item="liver_tests", result=Result.NOTHING, words="ALT 22 U/L", **more):
    values = {"taken_on": NOW.date(), "now": NOW, **more}
    return record_look(acting(by), patient=patient, item=item, result=result, words=words, **values)


def page(client, patient):
    answer = client.get(reverse("exposure", args=[patient.id]))
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


@pytest.fixture
def infused(patient, alice):
    """35 mg by vein at 0.875 mg/min for 40 minutes, on 2 March 2026."""
    session = session_for(patient, alice, START)
    session.started_at = START
    session.save()
    detail = {key: value for key, value in PUMP.items() if key != "kind"}
    for number, (kind, minute, content) in enumerate(
        (("infusion_start", 0, detail), ("infusion_complete", 40, {})), start=1
    ):
        at = START + timedelta(minutes=minute)
        session.entries.create(
            sequence=number,
            kind=kind,
            effective_at=at,
            recorded_at=at,
            author=alice,
            detail=content,
        )
    return session


def test_a_dose_is_read_from_its_session(infused, patient):
    (dose,) = doses_given(patient, NOW)
    assert (dose.amount, dose.day.isoformat()) == (Milligrams(35), "2026-03-02")


def never_ended(session):
    """The same session without the line that says the infusion is complete."""
    with lifted(SESSION_LOG):
        session.entries.filter(kind="infusion_complete").delete()


def test_a_pump_that_nobody_charted_as_ended_is_an_unknown_amount_and_not_grams(infused, patient):
    """0.875 mg a minute: after two days 2.5 g, of a syringe that held 35 mg."""
    never_ended(infused)
    (running,) = doses_given(patient, START + timedelta(minutes=20))
    assert running.amount == Milligrams("17.5")
    (forgotten,) = doses_given(patient, NOW)
    assert forgotten.amount is None


def test_what_a_pump_gave_is_told_to_a_hundredth_of_a_milligram(infused, patient):
    never_ended(infused)
    (dose,) = doses_given(patient, START + timedelta(minutes=17, seconds=20))
    assert dose.amount == Milligrams("15.17")


def test_the_page_says_sums_what_is_due_and_what_is_not_counted(infused, patient, signed_in, bob):
    Medication.objects.create(
        patient=patient, text="ketamine troche", status="active", origin="x", recorded_at=NOW
    )
    read = page(signed_in(bob), patient)
    assert "Intravenous infusion 1 35 mg" in read
    assert "overdue since 2 Mar 2026" in read
    assert "Nothing on record, and 1 day with a dose since 2 Mar 2026." in read
    assert "A course of eight infusions of 35 mg: 280 mg" in read
    assert "not a threshold" in read
    assert "without amounts over time: ketamine troche" in read
    assert AuditRow.objects.filter(action="chart.opened").exists()


def test_without_a_dose_nothing_is_in_order_either(patient, signed_in, bob):
    read = page(signed_in(bob), patient)
    assert "No dose was given here yet." in read
    assert "Nothing on record, and no dose either." in read


def test_a_pressure_of_the_record_is_a_finding_by_its_numbers(patient):
    BloodPressure.objects.create(
        patient=patient,
        systolic=150,
        diastolic=84,
        taken_at=NOW,
        origin="entered by hand",
        recorded_at=NOW,
    )
    pressure = organs(patient, [], NOW)[3]
    assert pressure.watch.organ is Organ.BLOOD_PRESSURE
    assert pressure.whys[0].rule == "finding"
    assert "150/84 mmHg (entered by hand)" in pressure.whys[0].text


def test_a_nurse_writes_a_look_down_and_it_is_audited(patient, signed_in, bob):
    answer = signed_in(bob).post(
        reverse("look_new", args=[patient.id, "liver_tests"]),
        {"taken_on": timezone.localdate().isoformat(), "result": "nothing", "words": "ALT 22 U/L"},
    )
    assert answer.status_code == 302
    entry = WatchEntry.objects.get()
    assert (entry.item, entry.words, entry.recorded_by) == ("liver_tests", "ALT 22 U/L", bob)
    assert AuditRow.objects.filter(action="exposure.record_look").count() == 1


def test_a_correction_leaves_the_entry_and_counts_in_its_place(patient, bob):
    slip = looked(bob, patient, result=Result.FOUND, words="ALT 220 U/L")
    looked(bob, patient, words="ALT 22 U/L", corrects=slip)
    assert WatchEntry.objects.get(pk=slip.pk).words == "ALT 220 U/L"
    assert organs(patient, [], NOW)[1].state is State.DONE
    with pytest.raises(RefusedError, match="corrects this one already"):
        looked(bob, patient, corrects=slip)
    with pytest.raises(RefusedError, match="same item"):
        looked(bob, patient, item="memory_attention", corrects=slip)


def test_the_chart_says_in_a_line_what_the_watch_asks_for(infused, patient, signed_in, bob):
    read = signed_in(bob).get(reverse("patient", args=[patient.id])).content.decode()
    assert "Liver overdue since 2 Mar 2026" in read
    looked(bob, patient, taken_on=NOW.date())
    assert [organ.watch.organ for organ in pressing(patient, doses_given(patient, NOW), NOW)] == [
        Organ.URINARY,
        Organ.COGNITION,
        Organ.BLOOD_PRESSURE,
    ]


def test_without_a_dose_nothing_presses(patient, signed_in, bob):
    assert pressing(patient, (), NOW) == ()
    read = signed_in(bob).get(reverse("patient", args=[patient.id])).content.decode()
    assert "No dose was given here yet." in read


def test_today_names_what_the_watch_asks_for_before_a_session(infused, patient, alice, bob):
    later = session_for(patient, alice, NOW)
    assert [check.text for check in watch(later, NOW)] == [
        "watch, overdue: bladder and urine, liver, memory and attention, blood pressure"
    ]
    assert [check.id for check in watch(infused, START - timedelta(days=1))] == []


def test_an_entry_is_never_changed_or_deleted(patient, bob):
    entry = looked(bob, patient)
    for change in (
        lambda: WatchEntry.objects.filter(pk=entry.pk).update(words="ALT 220 U/L"),
        lambda: WatchEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"result": Result.FOUND, "words": " "}, "Say what was found."),
        ({"result": Result.NOT_DONE, "words": ""}, "Say why it could not be done."),
        ({"result": Result.WITHDRAWN}, "Only an entry that is there"),
        ({"taken_on": NOW.date() + timedelta(days=1)}, "still to come"),
        ({"taken_on": NOW.date() - timedelta(days=4000)}, "last ten years"),
        ({"item": "kidney"}, "One of these is looked at"),
    ],
)
def test_a_look_that_cannot_stand_says_what_would_be_right(patient, bob, values, says):
    with pytest.raises(RefusedError, match=says):
        looked(bob, patient, **values)


def test_only_a_prescriber_reviews_a_finding(patient, alice, bob):
    looked(bob, patient, result=Result.FOUND, words="ALT 220 U/L")
    review = {"patient": patient, "organ": Organ.LIVER, "taken_on": NOW.date(), "now": NOW}
    with pytest.raises(PermissionDenied):
        record_review(acting(bob), words="Pause.", **review)
    with pytest.raises(RefusedError, match="what was decided"):
        record_review(acting(alice), words=" ", **review)
    record_review(acting(alice), words="Pause.", **review)
    assert organs(patient, [], NOW)[1].state is State.DONE


def test_who_may_open_and_write(patient, signed_in, alice, bob, charlie, tara, pat):
    doors = {
        "exposure": reverse("exposure", args=[patient.id]),
        "look": reverse("look_new", args=[patient.id, "liver_tests"]),
        "review": reverse("organ_review", args=[patient.id, "liver"]),
    }
    opens = {
        user.username: [name for name, url in doors.items() if client.get(url).status_code == 200]
        for user in (alice, bob, charlie, tara, pat)
        if (client := signed_in(user))
    }
    assert opens == {
        "alice": ["exposure", "look", "review"],
        "bob": ["exposure", "look"],
        "charlie": [],
        "tara": ["exposure"],
        "pat": [],
    }


def test_the_line_is_logarithmic_and_holds_what_lies_beyond_at_its_end():
    # 10 mg at the left end, 10 kg at the right; 10 g is the middle of the powers of ten.
    assert place(Milligrams(10)) == place(Milligrams(1)) == 5
    assert place(Milligrams(10_000)) == 50
    assert place(Milligrams(10_000_000)) == place(Milligrams(90_000_000)) == 95
    assert [word for _, word in ticks()] == ["10 mg", "1 g", "100 g", "10 kg"]
