"""What is in the hand is held against the signed order: it agrees, it differs, or nobody knows."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day, forget, the_clinic
from mooring.clinic.actions import RefusedError, command
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses import orders
from mooring.clinic.courses.actions import end_course, sign_order, withdraw_order
from mooring.clinic.database.guards import missing
from mooring.clinic.sessions.actions import schedule
from mooring.clinic.sessions.holds import start_holds
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.vials import reading
from mooring.clinic.vials.actions import check_vial
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.clinic.vials.reading import standing_stop, vial_checks
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.products import product
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Minutes
from tests.clinic.courses.steps import acting, decided, started, weighed

pytestmark = pytest.mark.django_db

TEN, HUNDRED = "42023-113-10", "0409-2051-05"
DEVICE = "50458-028-02"
NOBODY_S = "12345-678-90"


@pytest.fixture
def moment():
    return timezone.now()


@pytest.fixture
def course(patient, alice, moment):
    decided(patient, alice, at=moment)
    weighed(patient, at=moment - timedelta(days=1))
    return started(patient, alice, now=moment)


@pytest.fixture
def order(course, alice, moment):
    """35 mg over 40 minutes from a vial of 10 mg/mL."""
    return infusion(course, alice, moment, vial=10)


def infusion(course, by, moment, vial):
    ten = MilligramsPerMillilitre(10)
    written = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        Milligrams(35),
        orders.weight_of(course.patient),
        Minutes(40),
        None if vial is None else MilligramsPerMillilitre(vial),
    )
    return sign_order(acting(by), course=course, order=written, concentration=ten, now=moment)


def panel(client, order, code, **headers):
    """The panel's answer to a code."""
    address = reverse("vial_check", args=[order.pk])
    answer = client.post(address, {"code": code}, headers={"HX-Request": "true", **headers})
    assert answer.status_code == 200
    return html.unescape(" ".join(answer.content.decode().split()))


def test_the_ordered_vial_agrees_and_says_the_volume(signed_in, bob, order):
    words = panel(signed_in(bob), order, TEN)
    assert "Agrees with the order" in words
    assert "35 mg is 3.5 mL of 10 mg/mL." in words
    assert "the full vial holds 200 mg in 20 mL" in words


def test_a_vial_ten_times_as_strong_stops_and_says_what_each_side_says(signed_in, bob, order):
    """PSNet 2021 (evidence file §7.2): 100 instead of 10 mg/mL, ten times the dose."""
    words = panel(signed_in(bob), order, HUNDRED)
    assert "Does not agree with the order" in words
    assert "Agrees with the order" not in words
    assert "intravenous infusion, 10 mg/mL, 10 mg/mL in the line" in words
    assert "KETAmine (racemic) injection 100 mg/mL" in words
    assert "Of this one the dose is 0.35 mL of 100 mg/mL, not the ordered volume." in words


@pytest.mark.parametrize("code", ["ketamine", "040920510", "] <b>", "0300094100025"])
def test_what_is_no_code_is_said_and_lifts_nothing(signed_in, bob, order, moment, code):
    """The last one is a barcode whose check digit does not fit."""
    stop = check_vial(acting(bob), order=order, code=HUNDRED, now=moment - timedelta(minutes=1))
    words = panel(signed_in(bob), order, code)
    assert "This was not read as a code" in words
    assert "grees with the order" not in words.split("Earlier checks")[0]
    assert vial_checks(order)[0].verdict == Verdict.UNREAD
    assert standing_stop(order) == stop


@pytest.mark.parametrize("code", [NOBODY_S, "4006381333931"])
def test_a_code_that_is_not_known_never_agrees(signed_in, bob, order, code):
    """The second one is a barcode of something that is no drug."""
    words = panel(signed_in(bob), order, code)
    assert "This code is not known here" in words
    assert "Nothing was compared." in words
    assert "grees with the order" not in words
    assert VialCheck.objects.get().verdict == Verdict.UNKNOWN
    assert standing_stop(order) is None


def test_a_scanned_package_is_kept_as_it_was_scanned(signed_in, bob, order):
    """(01) of GS1 around NDC 42023-113-10, made by hand: 0 03 4202311310 and its check digit."""
    gs1 = "0100342023113108" + "17271130" + "10LOT7"
    panel(signed_in(bob), order, gs1)
    kept = VialCheck.objects.get()
    assert (kept.code, kept.product) == (gs1, "ketamine_injectable_10")
    assert kept.verdict == Verdict.AGREES
    assert kept.checked_by == bob


def test_a_check_and_its_audit_row_stand_together(order, bob, moment):
    kept = check_vial(acting(bob), order=order, code=TEN, now=moment)
    row = AuditRow.objects.get(action="vials.check_vial")
    assert str(kept.pk) in row.body
    assert kept.digest() in row.body
    assert row.patient == order.course.patient_id


def test_who_may_not_check_leaves_no_row(order, tara, moment):
    with pytest.raises(PermissionDenied):
        check_vial(acting(tara), order=order, code=TEN, now=moment)
    assert not VialCheck.objects.exists()
    assert not AuditRow.objects.filter(action="vials.check_vial").exists()


def test_a_check_is_never_changed_or_deleted(order, bob, moment):
    kept = check_vial(acting(bob), order=order, code=HUNDRED, now=moment)
    assert missing() == []
    for change in (
        lambda: VialCheck.objects.filter(pk=kept.pk).update(verdict="agrees"),
        lambda: kept.delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert VialCheck.objects.get().verdict == Verdict.DIFFERS


def test_the_newest_check_alone_is_a_standing_stop(order, bob, moment):
    first = check_vial(acting(bob), order=order, code=HUNDRED, now=moment)
    assert standing_stop(order) == first
    later = moment + timedelta(minutes=1)
    second = check_vial(acting(bob), order=order, code=TEN, now=later)
    assert vial_checks(order) == [second, first]
    assert standing_stop(order) is None


def test_a_check_of_an_earlier_session_says_nothing_of_this_one(order, bob, moment):
    check_vial(acting(bob), order=order, code=HUNDRED, now=moment - timedelta(days=7))
    assert vial_checks(order, since=moment) == []
    assert standing_stop(order, since=moment) is None


def test_the_order_s_page_shows_today_s_check_large_and_those_before_in_a_list(
    signed_in, bob, order, moment
):
    client, page = signed_in(bob), reverse("order", args=[order.pk])
    assert "Nothing was checked today" in client.get(page).content.decode()
    check_vial(acting(bob), order=order, code=HUNDRED, now=moment - timedelta(days=7))
    words = client.get(page).content.decode()
    assert "Nothing was checked today" in words
    assert "■ Does not agree with the order" not in words
    assert re.search(r"Earlier checks.*Does not agree.*0409-2051-05", words, re.DOTALL)
    check_vial(acting(bob), order=order, code=TEN, now=moment)
    assert "● Agrees with the order" in client.get(page).content.decode()


def test_an_order_that_leaves_the_vial_open_says_what_was_compared(
    signed_in, alice, course, moment
):
    words = panel(signed_in(alice), infusion(course, alice, moment, vial=None), HUNDRED)
    assert "The order names no strength, so drug, route and the line were compared." in words
    assert "In the line it is 3.5 mL of 10 mg/mL." in words


def test_esketamine_is_never_taken_for_the_racemic_spray(signed_in, alice, course, moment):
    bottle = product("ketamine_nasal_spray_100")
    spray = NasalSprayOrder(bottle, (Minutes(0),), orders.weight_of(course.patient))
    order = sign_order(acting(alice), course=course, order=spray, now=moment)
    words = panel(signed_in(alice), order, DEVICE)
    assert "Does not agree with the order" in words
    assert "They are different drugs" in words
    assert "its label is compared by eye" in words


def test_an_order_that_is_no_longer_used_is_not_checked(signed_in, alice, order, moment):
    withdraw_order(acting(alice), order=order, reason="Another route.", now=moment)
    assert "This order was withdrawn" in panel(signed_in(alice), order, TEN)
    assert 'name="code"' not in panel(signed_in(alice), order, TEN)
    assert not VialCheck.objects.exists()


def test_a_course_that_has_ended_and_a_command_check_nothing(alice, order, moment):
    with pytest.raises(RefusedError, match="signed in"):
        check_vial(command("mooring"), order=order, code=TEN, now=moment)
    end_course(acting(alice), course=order.course, reason="Moved away.", now=moment)
    order.course.refresh_from_db()
    with pytest.raises(RefusedError, match="The course has ended"):
        check_vial(acting(alice), order=order, code=TEN, now=moment)


def test_a_page_without_scripts_comes_back_to_the_order(signed_in, bob, order):
    address = reverse("vial_check", args=[order.pk])
    nothing = signed_in(bob).post(address, {"code": " "}, follow=True)
    assert "Scan or type the code of what is in the hand." in nothing.content.decode()
    answer = signed_in(bob).post(address, {"code": TEN}, follow=True)
    assert answer.redirect_chain == [(reverse("order", args=[order.pk]), 302)]
    assert "● Agrees with the order" in answer.content.decode()


def test_a_therapist_reads_the_checks_and_has_no_field_to_type_in(signed_in, tara, order):
    words = signed_in(tara).get(reverse("order", args=[order.pk])).content.decode()
    assert "Check the vial" in words
    assert 'name="code"' not in words


def scanned(last_day, lot="LOT7"):
    """GS1 of the ordered vial: product, last day, lot."""
    return f"010034202311310817{last_day:%y%m%d}10{lot}"


def test_lot_and_last_day_are_shown_and_kept_with_the_check(signed_in, bob, order, moment):
    last = clinic_day(moment) + timedelta(days=30)
    words = panel(signed_in(bob), order, scanned(last))
    assert "Agrees with the order" in words
    assert f"Last day</dt><dd>{last.day} {last:%b %Y}" in words
    kept = VialCheck.objects.get()
    assert (kept.lot, kept.serial, kept.expires_on) == ("LOT7", "", last)


def test_a_code_without_lot_and_day_says_that_they_were_not_read(signed_in, bob, order):
    words = panel(signed_in(bob), order, TEN)
    assert words.count("not read from this code") == 2
    kept = VialCheck.objects.get()
    assert (kept.lot, kept.serial, kept.expires_on) == ("", "", None)


def test_a_vial_past_its_last_day_is_said_plainly_and_holds_like_a_wrong_one(
    signed_in, bob, order, moment
):
    today = clinic_day(moment)
    assert "■ Past its last day" in panel(signed_in(bob), order, scanned(today - timedelta(days=1)))
    stop = standing_stop(order)
    assert stop is not None
    assert stop.verdict == Verdict.EXPIRED
    assert any("The vial is past its last day" in each.text for each in start_holds(order, moment))
    assert "● Agrees with the order" in panel(signed_in(bob), order, scanned(today))
    assert standing_stop(order) is None
    assert start_holds(order, moment) == []


@pytest.mark.parametrize("before", ["3725\x1d", "240ABC\x1d", "4140342023113104", "91X\x1d"])
def test_a_last_day_holds_behind_what_else_the_package_says(signed_in, bob, order, before):
    words = panel(signed_in(bob), order, f"]d20100342023113108{before}17200131")
    assert "■ Past its last day" in words
    assert "Expired: its last day was 31 Jan 2020." in words
    assert standing_stop(order).expires_on == date(2020, 1, 31)


def test_a_web_address_on_the_package_is_held_against_the_order(signed_in, bob, order, moment):
    last = clinic_day(moment) + timedelta(days=30)
    address = f"https://maker.invalid/01/00342023113108/10/LOT9?17={last:%y%m%d}"
    assert "● Agrees with the order" in panel(signed_in(bob), order, address)
    kept = VialCheck.objects.get()
    assert (kept.code, kept.lot, kept.expires_on) == (address, "LOT9", last)


def test_a_lot_whose_end_cannot_be_told_is_left_to_the_label(signed_in, bob, order, moment):
    last = clinic_day(moment) + timedelta(days=30)
    words = panel(signed_in(bob), order, scanned(last, lot="LOT911250101"))
    assert "Where the lot in this code ends cannot be told: read it on the label." in words
    assert 'Lot</dt><dd><span class="code">' not in words
    assert VialCheck.objects.get().lot == ""


def test_an_expired_vial_that_is_not_known_here_holds_too(order, bob, moment):
    day = clinic_day(moment) - timedelta(days=1)
    kept = check_vial(
        acting(bob), order=order, code=f"(01)00312345678906(17){day:%y%m%d}", now=moment
    )
    assert (kept.verdict, kept.product) == (Verdict.EXPIRED, "")
    assert standing_stop(order) == kept


def test_the_day_is_the_clinic_s(order, bob, moment):
    """An hour after the clinic's midnight its new day counts, whatever the day elsewhere."""
    clinic = the_clinic()
    clinic.time_zone = "Pacific/Auckland"
    clinic.save()
    forget()
    zone = ZoneInfo("Pacific/Auckland")
    one = moment.astimezone(zone).replace(hour=1, minute=0)
    code = scanned(one.date() - timedelta(days=1))
    assert one.astimezone(UTC).date() < one.date()
    assert check_vial(acting(bob), order=order, code=code, now=one).verdict == Verdict.EXPIRED
    before = one - timedelta(hours=2)
    assert check_vial(acting(bob), order=order, code=code, now=before).verdict == Verdict.AGREES


def test_no_lot_goes_from_one_session_into_the_next(order, alice, bob, moment):
    last = clinic_day(moment) + timedelta(days=30)
    kept = check_vial(acting(bob), order=order, code=scanned(last), now=moment)
    assert reading.panel(order, moment).newest == kept
    begin(order, alice, moment + timedelta(seconds=5))
    later = moment + timedelta(seconds=10)
    after = reading.panel(order, later)
    assert (after.newest, after.begun, after.earlier) == (None, True, [kept])


def begin(order, by, moment):
    """A session of that order that has started."""
    session = schedule(
        acting(by), order=order, scheduled_at=moment, room="1", sitter=by, now=moment
    )
    TreatmentSession.objects.filter(pk=session.pk).update(started_at=moment)
