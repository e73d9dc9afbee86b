"""Which weight counts: of one minute the later entry, everywhere; a first one once checked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.people.chart import read_chart
from mooring.clinic.people.models import Measurement
from mooring.clinic.people.record import read_record
from mooring.clinic.screening.glance import glance
from tests.clinic.courses.screen import TYPED, preview, sign, text
from tests.support.behind import delete_behind, update_behind

EARLIER_KEY = UUID(int=1)


def entered(patient, code, value, unit, taken_at, recorded_at, **more):
    return Measurement.objects.create(
        patient=patient, code=code, value=Decimal(value), unit=unit, method="weighed",
        taken_at=taken_at, recorded_at=recorded_at, origin="entered by hand by B. Okafor", **more,
    )  # fmt: skip


@pytest.fixture
def two_of_one_minute(today):
    """80 kg by a monitor at the 40th second; then by hand 72 kg, for the same minute.

    The later entry has the earlier key and the earlier second: neither decides.
    """
    minute = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    late = minute + timedelta(seconds=40)
    entered(today.patient, "weight", "80", "kg", late, minute + timedelta(minutes=1))
    entered(
        today.patient, "weight", "72", "kg", minute, minute + timedelta(minutes=2), id=EARLIER_KEY
    )
    return today


def test_of_two_weights_of_one_minute_the_order_takes_the_later_entry(
    prescriber, two_of_one_minute
):
    assert orders.weight_of(two_of_one_minute.patient).text().startswith("72 kg")
    assert "0.5 mg/kg × 72 kg" in text(preview(prescriber, two_of_one_minute, TYPED))


def test_screening_reads_the_later_entry_last(two_of_one_minute):
    record = read_record(two_of_one_minute.patient, clinic_day(timezone.now()))
    assert [m.value for m in record.measurements if m.code == "weight"][-1] == 72


def test_the_chart_shows_the_later_entry(prescriber, two_of_one_minute):
    patient = two_of_one_minute.patient
    chart = read_chart(patient, clinic_day(timezone.now()))
    assert chart.measured[0].row.value == 72
    shown = text(prescriber.get(reverse("patient", args=[patient.pk])))
    assert shown.index("72 kg") < shown.index("Earlier: 2") < shown.index("80 kg")


def test_a_new_weight_is_held_against_the_later_entry(bob, signed_in, two_of_one_minute):
    """86 kg is within a fifth of 72 only by a hair's breadth; 87 kg is not, but is of 80."""
    page = weigh(signed_in(bob), two_of_one_minute.patient, "87")
    assert "21 % more than the last weight 72 kg" in page


def test_the_session_and_its_exposure_take_the_weight_that_was_signed(
    prescriber, two_of_one_minute
):
    sign(prescriber, two_of_one_minute, TYPED)
    order = Order.objects.get()
    assert order.total_mg == 36
    assert str(order.as_written.weight.value.value) == "72"


def weigh(client, patient, kilograms, **more):
    values = {
        "measured": "weight", "value": kilograms, "method": "weighed",
        "taken_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **more,
    }  # fmt: skip
    answer = client.post(reverse("record_add", args=[patient.pk, "measurement"]), values)
    return text(answer) if answer.status_code == 200 else "saved"


def tall(patient, centimetres="175"):
    at = timezone.now() - timedelta(days=2)
    entered(patient, "height", centimetres, "cm", at, at)


@pytest.fixture
def never_weighed(today):
    delete_behind(Measurement.objects.all())
    tall(today.patient)
    return today


def test_a_first_weight_that_looks_like_pounds_is_asked_about_where_it_is_entered(
    bob, signed_in, never_weighed
):
    client = signed_in(bob)
    page = weigh(client, never_weighed.patient, "154")
    assert "154 kg at 175 cm makes a body mass index of 50: is it in pounds?" in page
    assert "I checked the number and its unit again" in page
    assert not Measurement.objects.filter(code="weight").exists()
    assert weigh(client, never_weighed.patient, "154", doubt_settled="on") == "saved"


def test_a_first_weight_in_pounds_that_says_so_is_taken_without_a_question(
    bob, signed_in, never_weighed
):
    client = signed_in(bob)
    assert weigh(client, never_weighed.patient, "154", measured="weight_lb") == "saved"
    assert Measurement.objects.get(code="weight").value == Decimal("69.853")


def test_a_first_weight_from_an_import_holds_the_order_until_a_person_has_checked_it(
    prescriber, never_weighed, bob, signed_in
):
    """It came from another system: nobody here was asked."""
    hour = timezone.now() - timedelta(hours=1)
    entered(never_weighed.patient, "weight", "154", "kg", hour, hour)
    words = text(preview(prescriber, never_weighed, TYPED))
    assert "154 kg at 175 cm makes a body mass index of 50: is it in pounds?" in words
    assert "On hold: something is missing" in words
    assert sign(prescriber, never_weighed, TYPED).status_code == 422
    # A second one in the same unit settles nothing: only a person does.
    entered(never_weighed.patient, "weight", "155", "kg", hour, timezone.now())
    assert sign(prescriber, never_weighed, TYPED).status_code == 422
    weigh(signed_in(bob), never_weighed.patient, "154", doubt_settled="on")
    assert sign(prescriber, never_weighed, TYPED).status_code == 302


def test_once_checked_the_next_weight_near_it_is_taken_as_it_is(
    prescriber, never_weighed, bob, signed_in
):
    client = signed_in(bob)
    weigh(client, never_weighed.patient, "154", doubt_settled="on")
    assert weigh(client, never_weighed.patient, "156") == "saved"
    assert orders.weight_doubts(never_weighed.patient) == ()


def test_a_height_that_is_entered_later_asks_about_the_weight_before_it(prescriber, today):
    update_behind(Measurement.objects.all(), value=110)
    assert orders.weight_doubts(today.patient) == ()
    tall(today.patient, "160")
    assert "is it in pounds?" in orders.weight_doubts(today.patient)[0]


def test_the_head_of_the_bedside_shows_the_later_entry(two_of_one_minute):
    shown = glance(two_of_one_minute.patient, clinic_day(timezone.now())).weight
    assert shown is not None
    assert shown.value == 72
