"""Prescriptions: signed whole by a prescriber, limited by the follow-up, never edited."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.actions import RefusedError
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.prescriptions import actions, paper
from mooring.clinic.prescriptions.models import SignedPrescription, TakeHomeSwitch, Voiding
from mooring.clinic.prescriptions.record import GATES, given_under_watch
from mooring.clinic.prescriptions.switch import switch_take_home, take_home_switched_on
from mooring.clinic.suicidality.actions import enter_tier
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.drug import Route
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Milligrams, Minutes
from mooring.core.words import day
from tests.clinic.sessions.steps import acting, planned, signed_order
from tests.support.cast import person

pytestmark = pytest.mark.django_db


def order_of(written, patient, alice):
    """A signed order in a course of the patient's."""
    enter_tier(
        acting(alice), patient=patient, tier="none", reasons="Asked today.", now=timezone.now()
    )
    infusion = signed_order(patient, alice, at=timezone.now())
    facts = {"findings": {}, "signed_by": alice, "signed_at": timezone.now()}
    return Order.objects.create(course=infusion.course, **columns(written, None), **facts)


@pytest.fixture
def sprays(patient, alice):
    """Five sprays of 10 mg, ten minutes apart."""
    minutes = tuple(Minutes(10 * number) for number in range(5))
    spray = NasalSprayOrder(product("ketamine_nasal_spray_100"), minutes, None)
    return order_of(spray, patient, alice)


def typed(**more):
    """Everything a pharmacy needs, for eight doses in four weeks."""
    return {
        "doses": "8", "per_week": "2", "where": "clinic", "counted": "hydrochloride",
        "follow_up_on": (timezone.localdate() + timedelta(days=28)).isoformat(),
        "priming_sprays": "4", "indication": "Depression", "patient_address": "2 Mole Lane",
        "clinic_address": "1 Quay Street #2", "clinic_telephone": "555 0100",
        "registration": "AL0000000", "notes": "*No* bitter vehicle $x$", **more,
    }  # fmt: skip


def signed(client, order, **more):
    """Read as a whole, then signed as it was read."""
    url = reverse("prescription_new", args=[order.pk])
    facts = typed(**more)
    read = client.post(url, facts).context["read"]
    return client.post(url, {**facts, "read": read})


def test_a_prescription_is_read_as_a_whole_and_then_signed(sprays, alice, signed_in):
    client = signed_in(alice)
    url = reverse("prescription_new", args=[sprays.pk])
    page = client.post(url, typed())
    assert "4.4 mL (44 sprays)" in page.content.decode()
    assert not SignedPrescription.objects.exists()
    assert signed(client, sprays).status_code == 302
    kept = SignedPrescription.objects.get()
    assert (kept.doses, kept.at_home, kept.signed_by) == (8, False, alice)
    assert AuditRow.objects.filter(action="prescriptions.sign").count() == 1


def test_what_changed_after_it_was_read_is_read_again(sprays, alice, signed_in):
    client = signed_in(alice)
    url = reverse("prescription_new", args=[sprays.pk])
    read = client.post(url, typed()).context["read"]
    assert client.post(url, {**typed(doses="7"), "read": read}).status_code == 200
    assert not SignedPrescription.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"registration": ""}, "This field is required"),
        ({"doses": "9"}, "Until the follow-up 8 doses last at 2 a week: write no more."),
        ({"doses": "0"}, "A whole number from 1 to 60 is needed."),
        ({"follow_up_on": timezone.localdate().isoformat()}, "The follow-up comes after today."),
        ({"where": "home"}, "This clinic gives nothing to take home: the switch is off."),
    ],
)
def test_what_cannot_be_signed_says_what_would_be_right(sprays, alice, signed_in, more, says):
    answer = signed(signed_in(alice), sprays, **more)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SignedPrescription.objects.exists()


def test_a_birth_date_that_is_unknown_blocks_by_name(sprays, alice, signed_in):
    patient = sprays.course.patient
    patient.birth_date = None
    patient.save()
    answer = signed(signed_in(alice), sprays)
    assert "A pharmacy needs the patient&#x27;s date of birth." in answer.content.decode()


def yes_to_all(**more):
    """A yes to every gate, with what each asks to be written down."""
    yes = {f"gate_{gate.id}": "yes" for gate in GATES.home}
    return {
        **yes, "gate_sitter_words": "Her sister Jo, 555 0101", "gate_locked_words": "A gun safe",
        "gate_supervised_dose_words": "Three doses at the university in May.",
        "gate_register_on": timezone.localdate().isoformat(), **more,
    }  # fmt: skip


def test_home_use_asks_every_gate_even_with_the_switch_on(sprays, alice, olga, signed_in):
    switch_take_home(acting(olga), on=True, reason="Decided on 1 March.", now=timezone.now())
    client = signed_in(alice)
    some = signed(client, sprays, where="home").content.decode()
    assert "Not answered: Is there a place with a lock" in some
    every = yes_to_all()
    no = {**every, "gate_locked": "no"}
    assert (
        "Answered with no: Is there a place"
        in signed(client, sprays, where="home", **no).content.decode()
    )
    assert signed(client, sprays, where="home", **every).status_code == 302
    assert SignedPrescription.objects.get().at_home
    assert "at home, with an adult beside" in SignedPrescription.objects.get().text


def test_the_pdf_holds_every_line_and_reads_no_typed_sign_as_markup(sprays, alice, signed_in):
    client = signed_in(alice)
    signed(client, sprays)
    kept = SignedPrescription.objects.get()
    answer = client.get(reverse("prescription_pdf", args=[kept.pk]))
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    read = " ".join(" ".join(page.extract_text() for page in pages).split())
    for _, lines in kept.sections:
        for line in lines:
            assert " ".join(line.split()) in read
    assert "*No* bitter vehicle $x$" in read
    assert "1 Quay Street #2" in read
    assert "Signed in the clinic's record by A. Lindqvist, MD" in read
    assert f"Prescription {kept.number}" in read
    assert f"Page 1 of {len(pages)}" in read


def test_the_plain_text_is_what_was_signed(sprays, alice, bob, signed_in):
    signed(signed_in(alice), sprays)
    kept = SignedPrescription.objects.get()
    answer = signed_in(bob).get(reverse("prescription_text", args=[kept.pk]))
    said = answer.content.decode()
    assert kept.text in said
    assert said.startswith(f"Prescription {kept.number}")
    assert "needs the prescriber's signature by hand" in said


def test_a_voided_prescription_stays_and_says_so_everywhere(sprays, alice, signed_in):
    client = signed_in(alice)
    signed(client, sprays)
    kept = SignedPrescription.objects.get()
    url = reverse("prescription_void", args=[kept.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Wrong pharmacy"}).status_code == 302
    assert client.post(url, {"reason": "Again"}).status_code == 422
    assert "Wrong pharmacy" in client.get(reverse("prescription", args=[kept.pk])).content.decode()
    said = client.get(reverse("prescription_text", args=[kept.pk])).content.decode()
    assert said.startswith("VOID: Wrong pharmacy")
    pdf = client.get(reverse("prescription_pdf", args=[kept.pk])).content
    assert "VOID" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_the_next_one_begins_with_what_was_written_before(sprays, alice, signed_in):
    client = signed_in(alice)
    signed(client, sprays)
    page = client.get(reverse("prescription_new", args=[sprays.pk])).content.decode()
    for said in ("2 Mole Lane", "1 Quay Street #2", "555 0100", "AL0000000", "Depression"):
        assert said in page


def test_troches_say_themselves_what_they_count(patient, alice, signed_in):
    troches = ByMouthOrder(
        product("ketamine_troche"), Route.SUBLINGUAL, Milligrams(50), 2, "hydrochloride", None
    )
    order = order_of(troches, patient, alice)
    assert signed(signed_in(alice), order, doses="4").status_code == 302
    assert "8 troches" in SignedPrescription.objects.get().text


def test_what_no_pharmacy_makes_has_no_prescription_here(sprays, alice, signed_in):
    infusion = sprays.course.orders.get(kind="infusion")
    answer = signed_in(alice).get(reverse("prescription_new", args=[infusion.pk]))
    assert answer.status_code == 404


def test_a_withdrawn_order_carries_no_prescription(sprays, alice, signed_in):
    sprays.withdrawn_at, sprays.withdrawn_reason = timezone.now(), "Another plan"
    sprays.save()
    assert "This order is withdrawn" in signed(signed_in(alice), sprays).content.decode()


def test_home_use_is_off_until_the_owner_says_otherwise(olga, alice, signed_in):
    assert not take_home_switched_on()
    client, url = signed_in(olga), reverse("take_home")
    assert "It is off" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Decided on 1 March."}).status_code == 302
    assert take_home_switched_on()
    with pytest.raises(RefusedError, match="on already"):
        switch_take_home(acting(olga), on=True, reason="x", now=timezone.now())
    with pytest.raises(RefusedError, match="Say why"):
        switch_take_home(acting(olga), on=False, reason=" ", now=timezone.now())
    with pytest.raises(PermissionDenied):
        switch_take_home(acting(alice), on=False, reason="x", now=timezone.now())
    for change in (
        TakeHomeSwitch.objects.all().delete,
        lambda: TakeHomeSwitch.objects.update(on=False),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- what is lawful, and what is not lost ---


def test_a_follow_up_after_the_prescription_can_be_filled_no_more_is_refused(
    sprays, alice, signed_in
):
    later = (timezone.localdate() + timedelta(days=190)).isoformat()
    answer = signed(signed_in(alice), sprays, follow_up_on=later)
    assert answer.status_code == 422
    assert "A prescription issued today is not filled after" in answer.content.decode()


def test_signing_twice_keeps_one_prescription(sprays, alice, signed_in):
    client = signed_in(alice)
    assert signed(client, sprays).status_code == 302
    again = signed(client, sprays)
    assert again.status_code == 422
    kept = SignedPrescription.objects.get()
    assert f"Prescription {kept.number} of this patient lasts until" in again.content.decode()


def test_after_a_void_it_is_written_anew_and_begins_without_the_voided_words(
    sprays, alice, signed_in
):
    client = signed_in(alice)
    signed(client, sprays, patient_address="Wrong Lane")
    first = SignedPrescription.objects.get()
    actions.void(acting(alice), prescription=first, reason="Wrong address", now=timezone.now())
    page = client.get(reverse("prescription_new", args=[sprays.pk])).content.decode()
    assert "Wrong Lane" not in page
    assert signed(client, sprays).status_code == 302
    assert SignedPrescription.objects.count() == 2


def test_another_prescriber_voids_under_their_own_name(sprays, alice, signed_in):
    cleo = person("cleo", "C. Brandt", "prescriber", "MD")
    signed(signed_in(alice), sprays)
    kept = SignedPrescription.objects.get()
    row = actions.void(acting(cleo), prescription=kept, reason="Recalled", now=timezone.now())
    assert row.voided_by == cleo
    page = signed_in(alice).get(reverse("prescription", args=[kept.pk])).content.decode()
    assert f"by {cleo}" in page
    with pytest.raises(RefusedError, match="voided already"):
        actions.void(acting(alice), prescription=kept, reason="Again", now=timezone.now())


def test_what_was_signed_or_voided_is_never_changed(sprays, alice, signed_in):
    signed(signed_in(alice), sprays)
    kept = SignedPrescription.objects.get()
    actions.void(acting(alice), prescription=kept, reason="Recalled", now=timezone.now())
    for change in (
        lambda: SignedPrescription.objects.update(text="other"),
        lambda: Voiding.objects.all().delete(),
        lambda: Voiding.objects.update(reason="other"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_course_that_ended_carries_no_prescription(sprays, alice, signed_in):
    course = sprays.course
    course.ended_at, course.end_reason = timezone.now(), "Moved away"
    course.save()
    assert "This course has ended" in signed(signed_in(alice), sprays).content.decode()


# --- every gate, with who answered and when ---


@pytest.fixture
def switched_on(olga):
    """Home use, by the owner's word."""
    switch_take_home(acting(olga), on=True, reason="Decided on 1 March.", now=timezone.now())


@pytest.mark.usefixtures("switched_on")
def test_the_answers_to_the_gates_are_kept_and_shown(sprays, alice, bob, signed_in):
    signed(signed_in(alice), sprays, where="home", **yes_to_all())
    kept = SignedPrescription.objects.get()
    assert [gate["gate"] for gate in kept.gates] == [gate.id for gate in GATES.home]
    assert all(gate["yes"] is True for gate in kept.gates)
    page = signed_in(bob).get(reverse("prescription", args=[kept.pk])).content.decode()
    assert "Her sister Jo, 555 0101" in page
    assert f"Looked up on {day(timezone.localdate())}" in page
    assert "The record said: no session here gave this product" in page


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"gate_sitter_words": ""}, "Not written down: who stays"),
        ({"gate_register_on": ""}, "No day is written down"),
        ({"gate_supervised_dose_words": ""}, "no session here gave this product"),
    ],
)
def test_a_yes_alone_is_not_enough(sprays, alice, signed_in, more, says):
    answer = signed(signed_in(alice), sprays, where="home", **yes_to_all(**more))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not SignedPrescription.objects.exists()


@pytest.mark.usefixtures("switched_on")
def test_a_dose_here_under_watch_is_what_the_record_asks_for(sprays, patient, alice, bob):
    assert not given_under_watch(sprays)
    session = planned(sprays, bob, at=timezone.now())
    session.started_at = session.signed_at = timezone.now()
    session.save()
    assert given_under_watch(sprays)


@pytest.mark.usefixtures("switched_on")
def test_one_patient_has_one_prescription_at_home(sprays, patient, alice, signed_in):
    client = signed_in(alice)
    signed(client, sprays, where="home", **yes_to_all())
    troches = ByMouthOrder(
        product("ketamine_troche"), Route.SUBLINGUAL, Milligrams(50), 2, "hydrochloride", None
    )
    other = order_of(troches, patient, alice)
    assert signed(client, other, where="home", **yes_to_all()).status_code == 422
    assert signed(client, other).status_code == 302


@pytest.mark.usefixtures("switched_on")
def test_what_is_at_home_is_told_when_the_switch_is_turned_off(sprays, alice, olga, signed_in):
    signed(signed_in(alice), sprays, where="home", **yes_to_all())
    kept = SignedPrescription.objects.get()
    switch_take_home(acting(olga), on=False, reason="A bottle was lost.", now=timezone.now())
    page = signed_in(alice).get(reverse("prescription", args=[kept.pk])).content.decode()
    assert "Home use is off since" in page
    assert "A bottle was lost." in page
    switch = signed_in(olga).get(reverse("take_home")).content.decode()
    assert kept.number in switch
    assert "these still stand" in switch


# --- the sheet ---


def read_pdf(body):
    return pypdf.PdfReader(io.BytesIO(body))


def said_in(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_sheet_is_tagged_for_screen_readers(sprays, alice, signed_in):
    signed(signed_in(alice), sprays)
    reader = read_pdf(paper.pdf(SignedPrescription.objects.get()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title.startswith("Prescription ")
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Ελένη Παπαδοπούλου", "Сергей Иванов", "Nguyễn Thị Ánh",
     '#read("/etc/passwd") *x* $y$ @z <w>', "Van der " + "Longname-" * 18],
)  # fmt: skip
def test_a_name_stands_on_the_sheet_as_it_is_written(sprays, alice, signed_in, name):
    patient = sprays.course.patient
    patient.family_name = name
    patient.save()
    signed(signed_in(alice), sprays)
    read = said_in(read_pdf(paper.pdf(SignedPrescription.objects.get())))
    assert name.replace(" ", "") in read.replace(" ", "")


def test_a_letter_that_no_font_has_stops_the_sheet_and_is_named(sprays, alice, signed_in):
    """A sign of Linear A, which nobody's name holds and no font here draws."""
    patient = sprays.course.patient
    patient.family_name = "Mar𐘀sh"
    patient.save()
    client = signed_in(alice)
    url = reverse("prescription_new", args=[sprays.pk])
    assert "No font here has 𐘀" in client.post(url, typed()).content.decode()
    signed(client, sprays)
    kept = SignedPrescription.objects.get()
    answer = client.get(reverse("prescription_pdf", args=[kept.pk]))
    assert answer.status_code == 422
    assert "There is no PDF of this prescription" in answer.content.decode()
    assert "Mar𐘀sh" in client.get(reverse("prescription_text", args=[kept.pk])).content.decode()


def test_a_long_prescription_names_itself_and_its_void_on_every_page(sprays, alice, signed_in):
    signed(signed_in(alice), sprays, notes="\n".join(f"Line {n} of the notes" for n in range(40)))
    kept = SignedPrescription.objects.get()
    actions.void(acting(alice), prescription=kept, reason="Recalled", now=timezone.now())
    pages = read_pdf(paper.pdf(SignedPrescription.objects.get())).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        read = " ".join(page.extract_text().split())
        assert f"Prescription {kept.number}" in read
        assert f"Page {number} of 2" in read
        assert "VOID" in read
        assert "born" in read
