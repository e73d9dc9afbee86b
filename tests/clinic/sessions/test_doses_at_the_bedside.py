"""A session under an order that no pump gives: sprays are charted one by one."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import columns
from mooring.clinic.sessions import screen
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.sessions.log import plan_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.usual import BY_DRUG_AND_ROUTE, STOPPING, usual
from mooring.clinic.vials.models import VialCheck
from mooring.core.drugs.dosed import DrugOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder
from mooring.core.drugs.order import InjectionOrder
from mooring.core.drugs.products import NasalDevice, NasalSpray, product
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.quantities import Kilograms, Milligrams, MilligramsPerMillilitre, Minutes
from tests.clinic.sessions.steps import (
    PUMP,
    START,
    measured,
    minute,
    planned,
    ready_to_start,
    wrote,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sprays(order: Order) -> Order:
    """Three sprays of 10 mg, ten minutes apart, in the course of the infusions."""
    bottle = product("ketamine_nasal_spray_100")
    assert isinstance(bottle, NasalSpray)
    spray = NasalSprayOrder(bottle, (Minutes(0), Minutes(10), Minutes(20)), None)
    return another(order, spray)


FIFTY = MilligramsPerMillilitre(50)


def injection(strength: MilligramsPerMillilitre | None = FIFTY) -> DrugOrder:
    """35 mg into a muscle."""
    weight = Weight(Kilograms(70), START.date(), WeightMethod.WEIGHED)
    return InjectionOrder(
        Drug.RACEMIC_KETAMINE, Route.INTRAMUSCULAR, Milligrams(35), weight, strength
    )


def another(order: Order, written: DrugOrder) -> Order:
    """A second order in the same course."""
    facts = {"findings": {}, "signed_by": order.signed_by, "signed_at": order.signed_at}
    return Order.objects.create(course=order.course, **columns(written, None), **facts)


@pytest.fixture
def nasal(sprays: Order, bob: User) -> TreatmentSession:
    """Its session, ready for the first spray."""
    session = planned(sprays, bob)
    ready_to_start(bob, session)
    return session


def spray(step: int, milligrams: str = "10") -> dict[str, object]:
    return {"kind": "dose_given", "step": step, "amount_mg": milligrams}


def test_the_plan_holds_each_spray_with_its_minute_and_side(sprays: Order) -> None:
    assert [(d.minute, d.milligrams, d.words) for d in plan_of(sprays).doses] == [
        (0, 10, "one spray into the right nostril"),
        (10, 10, "one spray into the left nostril"),
        (20, 10, "one spray into the right nostril"),
    ]


def test_what_is_drawn_up_stands_beside_an_injection(order: Order) -> None:
    (dose,) = plan_of(another(order, injection())).doses
    assert dose.words == "one intramuscular injection, 0.7 mL of 50 mg/mL"


def test_a_strength_that_is_left_open_names_no_volume(order: Order) -> None:
    (dose,) = plan_of(another(order, injection(None))).doses
    assert dose.words == "one intramuscular injection"


def test_a_stop_rule_between_two_sprays_is_said_where_the_next_would_be_charted(
    nasal: TreatmentSession, bob: User
) -> None:
    wrote(bob, nasal, START, spray(1))
    measured(bob, nasal, minute(5), "170/90")
    assert screen.live(nasal, minute(11))["view"].withheld is not None
    assert not [chip for chip in screen.live(nasal, minute(11))["due"] if chip.panel == "dose"]


def test_what_a_stop_left_open_is_printed_as_not_given(signed_in, nasal, bob) -> None:
    wrote(bob, nasal, START, spray(1))
    wrote(bob, nasal, minute(2), {"kind": "dosing_stopped", "reason": "Patient asks"})
    page = signed_in(bob).get(f"/sessions/{nasal.pk}/record/").content.decode()
    assert "one spray into the left nostril, not given, the doses were ended" in page
    assert "not charted" not in page
    assert "less given than ordered" in page


def test_every_stop_rule_runs_by_every_route(order: Order, sprays: Order, bob: User) -> None:
    assert {"sedation_call", "breathing_limits", "spo2_92", "spo2_88"} <= set(STOPPING)
    assert {one.stopping for one in BY_DRUG_AND_ROUTE.values()} == {STOPPING}
    for each in (order, sprays, another(order, injection())):
        assert usual(each).stopping == STOPPING
    assert planned(sprays, bob).stopping == list(STOPPING)


def test_what_is_usual_depends_on_drug_and_route(order: Order, sprays: Order) -> None:
    device = product("esketamine_nasal_device_28")
    assert isinstance(device, NasalDevice)
    devices = another(order, NasalDeviceOrder(device, 2, None))
    assert usual(order).leaving == "iv_recovery"
    assert usual(sprays).leaving == "intranasal_three_hours"
    assert usual(devices)[:2] == ("esketamine_label", "esketamine_label")
    assert (usual(order).starting, usual(sprays).starting) == ("iv_start", "intranasal_start")
    assert usual(another(order, injection())).starting == "iv_start"
    assert usual(devices).leaving == "esketamine_label"
    assert usual(another(order, injection())).leaving == "single_dose"


def test_doses_are_charted_and_count_as_given(nasal: TreatmentSession, bob: User) -> None:
    wrote(bob, nasal, START, spray(1))
    wrote(bob, nasal, minute(10), spray(2))
    nasal.refresh_from_db()
    assert (nasal.started_at, nasal.ended_at) == (START, None)
    stopped = {"kind": "dosing_stopped", "reason": "Nausea"}
    wrote(bob, nasal, minute(15), stopped)
    nasal.refresh_from_db()
    assert (nasal.ended_at, nasal.stopped_early) == (minute(15), True)
    (given,) = doses_given(nasal.course.patient, minute(60))
    assert (given.drug, given.route) == (Drug.RACEMIC_KETAMINE, Route.INTRANASAL)
    assert given.amount.value == Decimal(20)


def test_the_screen_opens_the_next_dose_with_what_was_ordered(
    nasal: TreatmentSession, bob: User
) -> None:
    wrote(bob, nasal, START, spray(1))
    shown = screen.live(nasal, minute(11))
    assert shown["phase_word"] == "Dosing"
    assert json.loads(shown["next_dose_fill"]) == {
        "step": 2,
        "amount_mg": "10",
        "about": "Dose 2: 10 mg, one spray into the left nostril",
    }
    (chip,) = [chip for chip in shown["due"] if chip.panel == "dose" and chip.state == "due"]
    assert json.loads(chip.fill)["step"] == 2
    leave = next(task for task in shown["leave"] if task.panel == "dose")
    assert leave.text == "Not yet: a dose is still to come"


def test_once_dosing_has_ended_no_dose_is_offered(nasal: TreatmentSession, bob: User) -> None:
    wrote(bob, nasal, START, spray(1))
    wrote(bob, nasal, minute(2), {"kind": "dosing_stopped", "reason": "Patient asks"})
    assert screen.live(nasal, minute(5))["next_dose_fill"] == "{}"


def test_a_dose_that_nobody_checked_the_patient_for_is_refused(sprays: Order, bob: User) -> None:
    with pytest.raises(RefusedError, match="Check-in is not done"):
        wrote(bob, planned(sprays, bob), START, spray(1))


def test_a_withdrawn_order_holds_its_doses(nasal: TreatmentSession, bob: User) -> None:
    nasal.order.withdrawn_at, nasal.order.withdrawn_reason = START, "Another plan"
    nasal.order.save()
    with pytest.raises(RefusedError, match="withdrawn"):
        wrote(bob, nasal, START + timedelta(minutes=1), spray(1))


def test_a_vial_that_does_not_agree_holds_the_start_until_the_right_one_is_checked(
    session: TreatmentSession, order: Order, bob: User
) -> None:
    """The newest check of the day counts; a check decides nothing else."""
    ready_to_start(bob, session)
    VialCheck.objects.create(
        order=order, code="x", product="ketamine_100", read_as="100 mg/mL.", verdict="differs",
        said=[], checked_by=bob, checked_at=minute(-1),
    )  # fmt: skip
    with pytest.raises(RefusedError, match="vial does not agree with the order: 100 mg/mL"):
        wrote(bob, session, START, PUMP)
    tasks = [task.text for task in screen.live(session, START)["start"]]
    assert any("vial does not agree" in text for text in tasks)
    VialCheck.objects.create(
        order=order, code="y", product="ketamine_50", read_as="50 mg/mL.", verdict="agrees",
        said=[], checked_by=bob, checked_at=START,
    )  # fmt: skip
    wrote(bob, session, START, PUMP)


def test_the_printed_record_lists_each_dose_and_draws_it(signed_in, nasal, bob):
    wrote(bob, nasal, START, spray(1))
    wrote(bob, nasal, minute(10), spray(2, "7.5"))
    wrote(bob, nasal, minute(20), {"kind": "dose_not_given", "step": 3, "reason": "Nausea"})
    client = signed_in(bob)
    page = client.get(f"/sessions/{nasal.pk}/record/").content.decode()
    assert "7.5 mg at" in page
    assert "one spray into the right nostril, not given: Nausea" in page
    assert "17.5 mg charted" in page
    assert "↓ 7.5 mg" in page
    chart = client.get(f"/sessions/{nasal.pk}/chart/").json()
    assert [dose["label"] for dose in chart["doses"]] == ["10 mg", "7.5 mg"]
