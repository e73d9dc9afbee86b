"""What the check-in answers holds the start, or asks a prescriber; nothing of it is dropped."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import BASELINE, CHECK_IN, PUMP, START, minute, wrote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is looked at when the pump would start."""
    monkeypatch.setattr("mooring.clinic.sessions.views.now", lambda: START)


def arrives(by: User, session: TreatmentSession, **answers: Any) -> None:
    """Everything is there, but for what the answers say otherwise."""
    told = {name: value for name, value in (CHECK_IN | answers).items() if value is not None}
    wrote(by, session, minute(-15), told)
    wrote(by, session, minute(-10), BASELINE)
    wrote(by, session, minute(-5), BASELINE)


def page(client: Client, by: User, session: TreatmentSession) -> str:
    client.force_login(by)
    return client.get(f"/sessions/{session.pk}/").content.decode()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"substances_today": "Six beers and cannabis"}, "Taken today: Six beers"),
        ({"substances_today": "Six beers and cannabis"}, "Taken today: cannabis"),
        (
            {"medicines_today": "oxycodone 40 mg, diazepam 20 mg one hour ago"},
            "Taken today: diazepam 20 mg one hour ago (20 mg as diazepam)",
        ),
        (
            {"medicines_today": "oxycodone 40 mg, diazepam 20 mg one hour ago"},
            "Taken today: oxycodone 40 mg",
        ),
        ({"medicines_today": "two glasses of brandy"}, "Taken today: two glasses of brandy"),
        ({"medicines_today": "cannabis"}, "Taken today: cannabis"),
        ({"medicines_today": "ketamine 100 mg"}, "Taken today: ketamine 100 mg"),
        ({"medicines_today": "Spravato"}, "Taken today: Spravato"),
        ({"medicines_today": "phenelzine 15 mg"}, "Taken today: phenelzine 15 mg"),
        ({"medicines_today": "Ritalin"}, "Taken today: Ritalin"),
        ({"substances_today": "declined"}, "Taken today: declined"),
        ({"medicines_today": "blorfex"}, "Taken today, not recognised: blorfex"),
        ({"last_food_at": "2026-03-02T09:40:00Z"}, "Food: 6 h without it are needed"),
        ({"identified_by": ["name"]}, "Identity: 2 identifiers told by the patient are needed"),
        ({"identified_by": None}, "Identity: 2 identifiers told by the patient are needed"),
    ],
)
def test_an_answer_that_speaks_against_the_start_is_not_green(
    client: Client, session: TreatmentSession, bob: User, answers: dict[str, Any], says: str
) -> None:
    arrives(bob, session, **answers)
    shown = page(client, bob, session)
    assert says in shown
    assert "Everything for the start is there" not in shown
    with pytest.raises(RefusedError, match=r"Taken today|Food|Identity"):
        wrote(bob, session, START, PUMP)


def test_a_medicine_of_the_list_that_is_cannabis_or_ketamine_is_weighed(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    arrives(bob, session, medicines_today=None, medicines=[{"name": "dronabinol", "dose": "5 mg"}])
    assert "Taken today: dronabinol 5 mg" in page(client, bob, session)


def test_with_nothing_against_it_the_start_is_open(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    arrives(bob, session)
    assert "Everything for the start is there" in page(client, bob, session)


def test_a_hold_that_time_opens_says_when(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    arrives(bob, session, last_food_at="2026-03-02T09:40:00Z")
    assert "opens by itself at 15:40" in page(client, bob, session)


def test_a_prescriber_weighs_and_the_start_opens(
    client: Client, session: TreatmentSession, alice: User, bob: User
) -> None:
    arrives(bob, session, substances_today="cannabis")
    assert 'aria-label="Weigh: Taken today: cannabis"' not in page(client, bob, session)
    assert 'aria-label="Weigh: Taken today: cannabis"' in page(client, alice, session)
    about = {"hold": "taken.substance", "fact": "cannabis", "text": "Taken today: cannabis"}
    decision = {
        "kind": "prescriber_decision", "decision": "go_on", "weighed": [about],
        "reason": "Last night; awake and steady.",
    }  # fmt: skip
    wrote(alice, session, minute(-1), decision)
    shown = page(client, bob, session)
    assert "Everything for the start is there" in shown
    assert "Weighed: Taken today: cannabis" in shown
    assert "Last night; awake and steady." in shown
    wrote(bob, session, START, PUMP)


def test_a_new_answer_after_the_decision_holds_again(
    session: TreatmentSession, alice: User, bob: User
) -> None:
    arrives(bob, session, substances_today="cannabis")
    about = {"hold": "taken.substance", "fact": "cannabis", "text": "Taken today: cannabis"}
    decision = {
        "kind": "prescriber_decision", "decision": "go_on", "weighed": [about], "reason": "Steady.",
    }  # fmt: skip
    wrote(alice, session, minute(-2), decision)
    wrote(bob, session, minute(-1), {"kind": "check_in", "substances_today": "two vodkas"})
    with pytest.raises(RefusedError, match="two vodkas"):
        wrote(bob, session, START, PUMP)


def test_the_panel_offers_the_medicines_of_this_patient(
    client: Client, session: TreatmentSession, patient: Patient, bob: User
) -> None:
    for text, status in (("lorazepam", "active"), ("zolpidem", "stopped")):
        patient.medications.create(
            text=text, dose="1 mg at night", status=status, origin="by hand", recorded_at=START
        )
    shown = page(client, bob, session)
    assert 'data-item="lorazepam"' in shown
    assert 'value="1 mg at night"' in shown
    assert 'data-item="zolpidem"' not in shown


def test_structured_answers_read_in_the_timeline(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    answers = {
        "kind": "check_in", "identified_by": ["name", "birth_date"], "last_food": "4_to_6_h",
        "substances": [], "medicines": [{"name": "sertraline", "dose": "100 mg"}],
    }  # fmt: skip
    wrote(bob, session, minute(-15), answers)
    assert (
        "Check-in; identified by: name, birth date; last food: 4 to 6 h before; "
        "substances: none; medicines: sertraline 100 mg"
    ) in page(client, bob, session)
