"""What the bedside holds before drug is given, opens by two, and charts once it has been given."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import uuid_utils.compat
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.accounts.models import Clinic, User
from mooring.clinic.actions import RefusedError
from mooring.clinic.alone.actions import state_alone
from mooring.clinic.alone.models import AloneOpening
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.sessions import screen
from mooring.clinic.sessions.gates import HeldError
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.tasks.models import Task
from mooring.clinic.vials.models import VialCheck
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.products import NasalDevice, product
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import (
    Kilograms,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Minutes,
)
from tests.clinic.sessions.steps import (
    PUMP,
    START,
    acting,
    measured,
    minute,
    planned,
    ready_to_start,
    recovered,
    running,
    signature,
    wrote,
)
from tests.support.behind import update_behind
from tests.support.cast import PASSWORD, person

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
TENFOLD = {
    "kind": "infusion_start",
    "rate_mg_per_minute": "7.375",
    "drawn_up_mg": "295",
    "concentration_mg_per_ml": "100",
    "timing": "about_to_happen",
}
AS_ORDERED = {
    **TENFOLD,
    "rate_mg_per_minute": "0.7375",
    "drawn_up_mg": "29.5",
    "concentration_mg_per_ml": "10",
}
NOTHING = {"policies": [], "findings": []}
BAG = {**AS_ORDERED, "drawn_up_mg": "50"}
"""A whole bag where 29.5 mg were ordered: another person may open it."""


@pytest.fixture
def infusion(order: Order) -> Order:
    """29.5 mg over 40 min from 10 mg/mL, in the course of the other."""
    weight = Weight(Kilograms(59), START.date(), WeightMethod.WEIGHED)
    written = InfusionOrder(
        Drug.RACEMIC_KETAMINE,
        Route.INTRAVENOUS_INFUSION,
        MilligramsPerKilogram("0.5"),
        weight,
        Minutes(40),
    )
    facts = columns(written, MilligramsPerMillilitre(10))
    return Order.objects.create(
        course=order.course, **facts, findings=NOTHING, signed_by=order.signed_by, signed_at=START
    )


@pytest.fixture
def ready(infusion: Order, bob: User) -> TreatmentSession:
    """Checked in, with a baseline."""
    session = planned(infusion, bob)
    ready_to_start(bob, session)
    return session


@pytest.fixture
def devices(order: Order, bob: User) -> TreatmentSession:
    """Two esketamine devices five minutes apart, ready for the first."""
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    facts = columns(NasalDeviceOrder(device, 2, None), None)
    two = Order.objects.create(
        course=order.course, **facts, findings=NOTHING, signed_by=order.signed_by, signed_at=START
    )
    session = planned(two, bob)
    ready_to_start(bob, session)
    return session


def device(step: int, **more: Any) -> dict[str, Any]:
    return {"kind": "dose_given", "step": step, "amount_mg": "28", **more}


def happened(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "timing": "has_happened"}


def reasons(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return list(refused.value.reasons)


def checked(order: Order, by: User, verdict: str, at: Any = None, **more: Any) -> VialCheck:
    """A code held against the order, of which only the verdict matters."""
    known = {"agrees": "ketamine_injectable_10", "differs": "ketamine_injectable_100"}
    facts = {"product": known.get(verdict, ""), "read_as": "A code.", "said": [], "code": "x"}
    return VialCheck.objects.create(
        order=order,
        verdict=verdict,
        checked_by=by,
        checked_at=at or minute(-1),
        **{**facts, **more},
    )


def test_the_start_is_held_against_its_order(ready: TreatmentSession, bob: User) -> None:
    with pytest.raises(HeldError) as held:
        wrote(bob, ready, START, TENFOLD)
    assert reasons(held)[:3] == [
        "100 mg/mL in the line: the order says 10 mg/mL",
        "295 mg drawn up: the order says 29.5 mg",
        "7.375 mg/min is faster than ordered: 29.5 mg over 40 min is 0.7375 mg/min",
    ]
    assert any("does not go into a vein undiluted" in said for said in reasons(held))
    assert not held.value.second_person
    wrote(bob, ready, START, AS_ORDERED)


def test_an_entry_that_does_not_say_when_is_held_as_one_that_is_about_to_happen(
    ready: TreatmentSession, bob: User
) -> None:
    with pytest.raises(HeldError):
        wrote(bob, ready, START, {k: v for k, v in TENFOLD.items() if k != "timing"})


def test_what_has_happened_is_charted_marked_and_calls_until_seen(
    ready: TreatmentSession, bob: User
) -> None:
    row = wrote(bob, ready, START, happened(TENFOLD))
    stood = [each["text"] for each in row.detail["against"]]
    assert "295 mg drawn up: the order says 29.5 mg" in stood
    (shown, *_) = screen.live(ready, minute(1))["banners"]
    banner = shown.fact.gravest
    assert (banner.rule, banner.level) == ("given_against_order", "stop")
    seen = {"kind": "alert_seen", "rule": banner.rule, "reading": str(row.pk)}
    wrote(bob, ready, minute(1), seen)
    after = [b.fact.gravest.rule for b in screen.live(ready, minute(2))["banners"]]
    assert "given_against_order" not in after


def test_a_start_without_check_in_that_has_happened_is_charted_and_calls(
    infusion: Order, bob: User
) -> None:
    session = planned(infusion, bob)
    with pytest.raises(HeldError, match="Check-in is not done"):
        wrote(bob, session, START, AS_ORDERED)
    wrote(bob, session, START, happened(AS_ORDERED))
    (alert,) = [a for a in read_view(session, minute(1)).alerts if a.rule == "given_against_order"]
    assert alert.level == "call"
    assert "Check-in is not done" in alert.detail
    session.refresh_from_db()
    assert session.started_at == START


def test_a_later_rate_is_held_upward_and_never_downward(ready: TreatmentSession, bob: User) -> None:
    wrote(bob, ready, START, AS_ORDERED)
    rate = {"kind": "infusion_rate", "reason": "Anxious", "timing": "about_to_happen"}
    wrote(bob, ready, minute(5), {**rate, "rate_mg_per_minute": "0.4"})
    with pytest.raises(HeldError, match="faster than ordered"):
        wrote(bob, ready, minute(6), {**rate, "rate_mg_per_minute": "1.5"})
    wrote(bob, ready, minute(7), {"kind": "infusion_pause", "reason": "Anxious"})
    wrote(bob, ready, minute(8), {"kind": "infusion_stop", "reason": "Anxious"})


def test_a_resume_waits_while_the_order_is_withdrawn(ready: TreatmentSession, bob: User) -> None:
    wrote(bob, ready, START, AS_ORDERED)
    wrote(bob, ready, minute(5), {"kind": "infusion_pause", "reason": "Anxious"})
    ready.order.withdrawn_at, ready.order.withdrawn_reason = minute(6), "Another plan"
    ready.order.save()
    with pytest.raises(HeldError, match="withdrawn"):
        wrote(bob, ready, minute(7), {"kind": "infusion_resume"})


def test_what_was_given_before_its_order_was_withdrawn_is_not_against_it(
    ready: TreatmentSession, bob: User
) -> None:
    ready.order.withdrawn_at, ready.order.withdrawn_reason = minute(6), "Another plan"
    ready.order.save()
    row = wrote(bob, ready, START, happened(AS_ORDERED), now=minute(10))
    assert row.detail["against"] == []
    late = wrote(bob, ready, minute(7), happened({"kind": "infusion_rate", "reason": "x",
                 "rate_mg_per_minute": "0.5"}), now=minute(10))  # fmt: skip
    assert "withdrawn" in late.detail["against"][0]["text"]


# By the view, with the second person.


@pytest.fixture
def tablet(signed_in: SignedIn, bob: User) -> Client:
    return signed_in(bob)


def body(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(uuid_utils.compat.uuid7()),
        "effective_at": START.isoformat(),
        "content": content,
    }


def send(client: Client, session: TreatmentSession, content: dict[str, Any]) -> HttpResponse:
    address = reverse("session_entry", args=[session.pk])
    return client.post(address, json.dumps(body(content)), content_type="application/json")


def opened(
    client: Client, session: TreatmentSession, content: dict[str, Any], **second: str
) -> HttpResponse:
    address = reverse("session_entry_opened", args=[session.pk])
    given = {"second_username": "alice", "second_password": PASSWORD, "second_reason": "Bag"}
    return client.post(address, {"entry": json.dumps(body(content)), **given, **second})


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic's clock stands at the start."""
    from mooring.clinic.sessions import views

    monkeypatch.setattr(views, "now", lambda: START)


def test_the_answer_says_that_it_holds_and_who_may_open_it(
    tablet: Client, ready: TreatmentSession, today: None
) -> None:
    answer = send(tablet, ready, BAG)
    assert answer.status_code == 409
    assert answer.json() == {
        "reasons": ["50 mg drawn up: the order says 29.5 mg"], "held": True, "second_person": True,
    }  # fmt: skip
    assert send(tablet, ready, TENFOLD).json()["second_person"] is False


def test_a_second_person_opens_what_differs_with_their_password_and_reason(
    tablet: Client, ready: TreatmentSession, alice: User, today: None
) -> None:
    assert opened(tablet, ready, BAG).status_code == 201
    kept = SessionEntry.objects.get(session=ready, kind="infusion_start").detail["opened"]
    assert (kept["by"], kept["account"], kept["reason"]) == ("A. Lindqvist", str(alice.pk), "Bag")
    assert kept["stood"] == [
        {"id": "order.drawn_up", "text": "50 mg drawn up: the order says 29.5 mg"}
    ]
    assert screen.live(ready, minute(1))["banners"] == []


@pytest.mark.parametrize(
    ("second", "field"),
    [
        ({"second_password": "wrong"}, "second_password"),
        ({"second_username": "bob"}, "second_username"),
        ({"second_username": ""}, "second_username"),
        ({"second_username": "tara"}, "second_username"),
        ({"second_reason": " "}, "second_reason"),
    ],
)
def test_the_second_person_is_another_who_may_and_says_why(
    tablet: Client,
    ready: TreatmentSession,
    tara: User,
    today: None,
    second: dict[str, str],
    field: str,
) -> None:
    answer = opened(tablet, ready, BAG, **second)
    assert (answer.status_code, answer.json()["field"]) == (409, field)
    assert not SessionEntry.objects.filter(kind="infusion_start").exists()


def test_a_second_person_opens_neither_a_missing_baseline_nor_an_undiluted_vial(
    tablet: Client, infusion: Order, bob: User, alice: User, today: None
) -> None:
    unchecked = planned(infusion, bob)
    assert opened(tablet, unchecked, AS_ORDERED).status_code == 409
    assert opened(tablet, unchecked, TENFOLD).status_code == 409
    assert not SessionEntry.objects.filter(kind="infusion_start").exists()


def test_a_second_person_where_nothing_holds_leaves_no_trace(
    tablet: Client, ready: TreatmentSession, alice: User, today: None
) -> None:
    assert opened(tablet, ready, AS_ORDERED).status_code == 201
    assert SessionEntry.objects.get(kind="infusion_start").detail["opened"] is None


@pytest.mark.parametrize("who", ["charlie", "tara", "olga"])
def test_who_may_not_chart_opens_nothing(
    request: pytest.FixtureRequest,
    signed_in: SignedIn,
    ready: TreatmentSession,
    alice: User,
    who: str,
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert opened(client, ready, BAG).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("against", [{"id": "x", "text": "x"}]),
        ("opened", {"by": "x", "account": str(uuid_utils.compat.uuid7()), "reason": "x",
                    "stood": []}),
        ("vial", "checked, agrees"),
    ],
)  # fmt: skip
def test_what_the_server_makes_is_not_taken_from_a_device(
    tablet: Client, ready: TreatmentSession, today: None, field: str, value: Any
) -> None:
    answer = send(tablet, ready, {**AS_ORDERED, field: value})
    assert answer.status_code == 422
    assert answer.json()["problems"] == [
        {"field": field, "say": "is made by the server; leave it out"}
    ]


def test_nor_within_a_correction(tablet: Client, ready: TreatmentSession, today: None) -> None:
    start = wrote_id(tablet, ready)
    withheld = {"kind": "dose_not_given", "step": 1, "reason": "x", "withheld": "y"}
    correction = {
        "kind": "correction", "corrects": start, "reason": "Slip", "replacement": withheld,
    }  # fmt: skip
    answer = send(tablet, ready, correction)
    assert answer.json()["problems"][0]["field"] == "withheld"


def wrote_id(client: Client, session: TreatmentSession) -> str:
    sent = body(AS_ORDERED)
    address = reverse("session_entry", args=[session.pk])
    assert (
        client.post(address, json.dumps(sent), content_type="application/json").status_code == 201
    )
    return str(sent["id"])


def test_an_entry_that_was_marked_is_answered_when_it_is_sent_again(
    tablet: Client, ready: TreatmentSession, today: None
) -> None:
    sent = body(happened(TENFOLD))
    address = reverse("session_entry", args=[ready.pk])
    first, again = (
        tablet.post(address, json.dumps(sent), content_type="application/json") for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    correction = body(
        {"kind": "correction", "corrects": sent["id"], "reason": "Slip",
         "replacement": happened(AS_ORDERED)}
    )  # fmt: skip
    first, again = (
        tablet.post(address, json.dumps(correction), content_type="application/json")
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


# Corrections.


def corrects(row: SessionEntry, replacement: dict[str, Any] | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": "correction", "corrects": str(row.pk), "reason": "Slip"}
    return said if replacement is None else {**said, "replacement": replacement}


def test_a_note_does_not_become_a_start_or_a_signature(
    session: TreatmentSession, bob: User, alice: User
) -> None:
    note = wrote(bob, session, START, {"kind": "note", "text": "Came late"})
    for replacement in (PUMP, signature(alice), signature(bob)):
        with pytest.raises(RefusedError, match="keeps the kind of its entry"):
            wrote(bob, session, START, corrects(note, replacement))
    session.refresh_from_db()
    assert (session.started_at, session.signed_at) == (None, None)


def test_a_corrected_start_is_held_at_order_and_vial_like_a_new_one(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    running(bob, session)
    start = session.entries.get(kind="infusion_start")
    checked(order, bob, "differs", at=minute(1))
    with pytest.raises(HeldError, match="vial does not agree"):
        wrote(bob, session, minute(2), corrects(start, {**PUMP, "drawn_up_mg": "35.004"}))


def test_a_correction_that_says_what_went_in_is_marked_in_what_it_replaces(
    ready: TreatmentSession, bob: User
) -> None:
    start = wrote(bob, ready, START, AS_ORDERED)
    row = wrote(bob, ready, minute(1), corrects(start, happened(TENFOLD)))
    assert row.detail["replacement"]["against"]
    (alert, *_) = read_view(ready, minute(2)).alerts
    assert (alert.rule, alert.trigger) == ("given_against_order", start.pk)


@pytest.fixture
def signed(session: TreatmentSession, bob: User) -> SessionEntry:
    """A whole session, signed by the nurse."""
    running(bob, session)
    end = recovered(bob, session)
    return wrote(bob, session, end, signature(bob))


def test_a_signature_is_struck_by_who_signed_or_a_prescriber(
    session: TreatmentSession, signed: SessionEntry, bob: User, alice: User
) -> None:
    nina = person("nina", "N. Berg", "nurse", "RN")
    later = signed.effective_at + timedelta(minutes=1)
    with pytest.raises(RefusedError, match="struck by who signed, or by a prescriber"):
        wrote(nina, session, later, corrects(signed))
    wrote(bob, session, later, corrects(signed))
    session.refresh_from_db()
    assert session.signed_at is None
    anew = wrote(bob, session, later, signature(bob))
    wrote(alice, session, later, corrects(anew))
    session.refresh_from_db()
    assert session.signed_at is None


def test_a_struck_signature_is_signed_anew_in_one_s_own_name(
    session: TreatmentSession, signed: SessionEntry, bob: User, alice: User
) -> None:
    later = signed.effective_at + timedelta(minutes=1)
    with pytest.raises(RefusedError, match="not replaced"):
        wrote(alice, session, later, corrects(signed, signature(alice)))
    wrote(alice, session, later, corrects(signed))
    with pytest.raises(RefusedError, match="Sign as yourself"):
        wrote(alice, session, later, signature(bob))
    wrote(alice, session, later, signature(alice))
    assert read_view(session, later).signed_by == "A. Lindqvist"


def test_the_page_offers_to_strike_a_signature_to_those_who_may(
    signed_in: SignedIn, session: TreatmentSession, signed: SessionEntry, bob: User, alice: User
) -> None:
    nina = person("nina", "N. Berg", "nurse", "RN")
    address = reverse("session_live", args=[session.pk])
    offered = {
        str(user): "Strike the signature" in signed_in(user).get(address).content.decode()
        for user in (bob, alice, nina)
    }
    assert offered == {"B. Okafor": True, "A. Lindqvist": True, "N. Berg": False}


# Doses that no pump gives.


def test_a_second_device_eighteen_seconds_after_the_first_is_held(
    devices: TreatmentSession, bob: User
) -> None:
    wrote(bob, devices, START, device(1, timing="about_to_happen"))
    soon = START + timedelta(seconds=18)
    with pytest.raises(HeldError) as held:
        wrote(bob, devices, soon, device(2, timing="about_to_happen"))
    assert reasons(held) == ["Dose 2 comes 18 s after dose 1: the order has 5 min between the two"]
    assert held.value.second_person
    wrote(bob, devices, soon, device(2, timing="has_happened"))
    (shown, *_) = screen.live(devices, minute(1))["banners"]
    banner = shown.fact.gravest
    assert (banner.rule, banner.level) == ("given_against_order", "stop")
    assert "18 s after dose 1" in banner.detail


def test_one_more_device_than_ordered_can_be_charted_and_is_marked(
    devices: TreatmentSession, bob: User
) -> None:
    wrote(bob, devices, START, device(1))
    wrote(bob, devices, minute(5), device(2))
    fill = json.loads(screen.live(devices, minute(6))["one_more_fill"])
    wrote(bob, devices, minute(6), device(fill["step"], timing="has_happened"))
    view = read_view(devices, minute(7))
    assert view.given_mg == Decimal(84)
    assert {a.rule for a in view.alerts if a.level == "stop"} == {
        "given_against_order", "given_far_over_order",
    }  # fmt: skip


def test_a_dose_left_out_while_a_rule_holds_keeps_the_rule(
    devices: TreatmentSession, bob: User
) -> None:
    wrote(bob, devices, START, device(1))
    measured(bob, devices, minute(3), "170/90")
    left = {"kind": "dose_not_given", "step": 2, "reason": "Withheld"}
    row = wrote(bob, devices, minute(5), left)
    assert row.detail["withheld"] == "Blood pressure rise"
    dose = read_view(devices, minute(6)).doses[1]
    assert dose.not_given == "Withheld (withheld: Blood pressure rise)"


# The vial.


@pytest.mark.parametrize(
    ("verdict", "says"),
    [("unknown", "not known here"), ("unread", "not read as a code")],
)
def test_a_code_that_says_nothing_holds_the_start_until_two_have_read_the_label(
    devices: TreatmentSession, bob: User, alice: User, verdict: str, says: str
) -> None:
    checked(devices.order, bob, verdict)
    tasks = [task.text for task in screen.live(devices, START)["start"]]
    assert any(says in text for text in tasks)
    with pytest.raises(HeldError, match=says) as held:
        wrote(bob, devices, START, device(1))
    assert held.value.second_person


def test_a_wrong_vial_nobody_opens(ready: TreatmentSession, bob: User) -> None:
    checked(ready.order, bob, "differs")
    with pytest.raises(HeldError, match="does not agree") as held:
        wrote(bob, ready, START, AS_ORDERED)
    assert not held.value.second_person


def test_a_wrong_device_between_two_holds_the_second(devices: TreatmentSession, bob: User) -> None:
    checked(devices.order, bob, "agrees")
    wrote(bob, devices, START, device(1))
    checked(devices.order, bob, "differs", at=minute(4))
    with pytest.raises(HeldError, match="does not agree"):
        wrote(bob, devices, minute(5), device(2))


def test_a_start_without_a_check_says_so_on_the_screen_and_in_the_record(
    signed_in: SignedIn, ready: TreatmentSession, bob: User
) -> None:
    assert screen.live(ready, START)["vial_not_checked"]
    row = wrote(bob, ready, START, AS_ORDERED)
    assert row.detail["vial"] == "not checked"
    page = signed_in(bob).get(reverse("session_record", args=[ready.pk])).content.decode()
    assert "vial not checked" in page


def test_a_checked_vial_stands_with_the_start(ready: TreatmentSession, bob: User) -> None:
    checked(ready.order, bob, "agrees", lot="LOT7")
    assert not screen.live(ready, START)["vial_not_checked"]
    row = wrote(bob, ready, START, AS_ORDERED)
    assert row.detail["vial"] == "checked, agrees, lot LOT7"


def test_a_clinic_may_ask_for_the_check(
    ready: TreatmentSession, bob: User, clinic_row: Clinic
) -> None:
    Clinic.objects.update(vial_check_required=True)
    forget()
    with pytest.raises(HeldError, match="this clinic asks for it") as held:
        wrote(bob, ready, START, AS_ORDERED)
    assert held.value.second_person
    checked(ready.order, bob, "agrees")
    wrote(bob, ready, START, AS_ORDERED)


def test_what_the_clinic_primes_its_line_with_may_be_drawn_up(
    ready: TreatmentSession, bob: User
) -> None:
    """0.5 mL of 10 mg/mL."""
    primed = {**AS_ORDERED, "drawn_up_mg": "34.5"}
    with pytest.raises(HeldError, match=r"34\.5 mg drawn up"):
        wrote(bob, ready, START, primed)
    Clinic.objects.update(priming_ml=Decimal("0.5"))
    forget()
    wrote(bob, ready, START, primed)


def test_undiluted_from_the_strongest_vial_is_refused_by_its_preparation(
    ready: TreatmentSession, bob: User
) -> None:
    """Typed as 10 mg/mL, but 0.295 mL of 100 mg/mL with nothing added."""
    undiluted = {**AS_ORDERED, "vial_mg_per_ml": "100", "diluent_ml": "0"}
    with pytest.raises(HeldError, match="undiluted") as held:
        wrote(bob, ready, START, undiluted)
    assert not held.value.second_person


def test_old_entries_still_open(session: TreatmentSession, bob: User) -> None:
    """As they were stored before an entry said when: no timing, nothing made by the server."""
    ready_to_start(bob, session)
    SessionEntry.objects.create(
        id=uuid_utils.compat.uuid7(), session=session, sequence=4, kind="infusion_start",
        effective_at=START, recorded_at=START, author=bob,
        detail={k: v for k, v in PUMP.items() if k != "kind"},
    )  # fmt: skip
    view = read_view(session, minute(20))
    assert view.given_mg == Decimal("17.5")
    assert "vial" not in view.timeline[-1].text


def test_order_page_and_bedside_say_how_to_prepare_it(
    signed_in: SignedIn, ready: TreatmentSession, bob: User
) -> None:
    """29.5 mg: 0.59 mL of 50 mg/mL, and 2.36 mL more make 2.95 mL of 10 mg/mL."""
    says = "0.59 mL of 50 mg/mL with 2.36 mL of diluent to make 2.95 mL of 10 mg/mL"
    nurse = signed_in(bob)
    for page in (reverse("order", args=[ready.order_id]), reverse("session", args=[ready.pk])):
        assert says in nurse.get(page).content.decode()


def test_where_the_rules_are_missing_what_has_happened_is_kept_and_no_kind_changes(
    ready: TreatmentSession, bob: User
) -> None:
    note = wrote(bob, ready, START, {"kind": "note", "text": "Came late"})
    update_behind(TreatmentSession.objects.filter(pk=ready.pk), starting="gone")
    with pytest.raises(RefusedError, match="rules that this program does not have"):
        wrote(bob, ready, START, AS_ORDERED)
    with pytest.raises(RefusedError, match="keeps the kind"):
        wrote(bob, ready, START, corrects(note, happened(AS_ORDERED)))
    row = wrote(bob, ready, START, happened(AS_ORDERED))
    assert row.detail["against"][0]["id"] == "order.rules"


def test_who_is_alone_by_the_owner_s_word_opens_it_with_their_own_password(
    tablet: Client, ready: TreatmentSession, bob: User, alice: User, olga: User, today: None
) -> None:
    state_alone(
        acting(olga), first_day=timezone.localdate(), last_day=timezone.localdate(),
        weekdays=range(7), from_time=time(0), until_time=time(23, 59, 59),
        reason="One nurse works on Saturdays.", reviewer=alice, now=timezone.now(),
    )  # fmt: skip
    own = {"second_username": "bob"}
    assert opened(tablet, ready, BAG, **own, second_password="wrong").status_code == 409
    assert opened(tablet, ready, BAG, **own).status_code == 201
    row = SessionEntry.objects.get(session=ready, kind="infusion_start")
    assert row.detail["opened"]["by"] == "B. Okafor, alone on duty"
    made = AloneOpening.objects.get()
    assert (made.what_id, made.opened_by, made.reason) == (row.pk, bob, "Bag")
    assert Task.objects.get(kind="alone_review").owner == alice


def test_an_entry_where_nothing_holds_is_not_opened_alone(
    tablet: Client, ready: TreatmentSession, bob: User, alice: User, olga: User, today: None
) -> None:
    state_alone(
        acting(olga), first_day=timezone.localdate(), last_day=timezone.localdate(),
        weekdays=range(7), from_time=time(0), until_time=time(23, 59, 59),
        reason="One nurse works on Saturdays.", reviewer=alice, now=timezone.now(),
    )  # fmt: skip
    assert opened(tablet, ready, AS_ORDERED, second_username="bob").status_code == 201
    assert not AloneOpening.objects.exists()
