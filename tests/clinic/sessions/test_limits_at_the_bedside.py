"""Limits as a nurse meets them: the banner on the page, what was seen, an arrest as a reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.sessions import panels, screen
from mooring.clinic.sessions.charting import lines
from mooring.clinic.sessions.log import columns, content_of, policies_of, read_view
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.sessions.signs import Banner
from mooring.core.session.entries import Reading
from tests.clinic.sessions.steps import START, content, measured, minute, running, wrote

pytestmark = pytest.mark.django_db


def banners(session: TreatmentSession, at: float) -> list[Banner]:
    found: list[Banner] = screen.live(session, minute(at))["banners"]
    return found


def test_a_reading_that_meets_three_rules_is_one_banner_on_the_page(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    measured(bob, session, minute(10), "200/130")
    client.force_login(bob)
    page = client.get(reverse("session", args=[session.pk])).content.decode()
    assert page.count('data-rule="blood_pressure_rise"') == 1
    assert 'data-rule="pressure_high' not in page
    assert "200/130 is +80/+52 over baseline 120/78" in page
    assert "Very high blood pressure: 200/130: systolic 200 or more, diastolic 115 or more" in page


def test_one_touch_marks_every_rule_of_the_banner_as_seen(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    measured(bob, session, minute(10), "200/130")
    (banner,) = banners(session, 10)
    wrote(bob, session, minute(11), json.loads(banner.seen))
    (banner,) = banners(session, 11)
    assert banner.seen == ""
    assert {alert.seen_by for alert in banner.fact.alerts} == {str(bob)}


def test_an_alert_seen_as_it_was_stored_before_banners_named_several_rules_still_reads(
    session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    row = measured(bob, session, minute(10), "165/90")
    old = {"rule": "blood_pressure_rise", "reading": str(row.pk), "detail": None}
    SessionEntry.objects.create(
        session=session, sequence=99, kind="alert_seen", effective_at=minute(11),
        recorded_at=minute(11), author=bob, detail=old,
    )  # fmt: skip
    (banner,) = banners(session, 11)
    assert banner.seen == ""


def test_what_is_over_stands_below_once_for_each_fact(
    client: Client, session: TreatmentSession, bob: User
) -> None:
    running(bob, session)
    measured(bob, session, minute(10), "200/130")
    measured(bob, session, minute(12), "130/80")
    client.force_login(bob)
    page = client.get(reverse("session", args=[session.pk])).content.decode()
    assert "Earlier alerts: 1" in page
    assert banners(session, 12) == []


@pytest.mark.parametrize(
    "vital",
    [
        {"heart_rate": 0}, {"respiratory_rate": 0}, {"spo2": 0}, {"heart_rate": 14}, {"spo2": 39},
        {"systolic": 25, "diastolic": 5}, {"systolic": 1, "diastolic": 0},
    ],
)  # fmt: skip
def test_an_arrest_is_charted_and_speaks(
    client: Client, session: TreatmentSession, bob: User, vital: dict[str, int]
) -> None:
    running(bob, session)
    client.force_login(bob)
    sent = {
        "id": "01890a5d-ac96-774b-bcce-b302099a8057", "effective_at": minute(10).isoformat(),
        "content": {"kind": "reading", **vital},
    }  # fmt: skip
    url = reverse("session_entry", args=[session.pk])
    answer = client.post(url, sent, content_type="application/json")
    assert answer.status_code == 201
    row = SessionEntry.objects.get(kind="reading", effective_at=minute(10))
    assert {name: getattr(row, name) for name in vital} == vital
    assert content_of(row) == Reading.model_validate({"kind": "reading", **vital})
    (banner,) = banners(session, 10)
    assert banner.level == "stop"


@pytest.mark.parametrize("vital", [{"spo2": 101}, {"heart_rate": -1}, {"systolic": 0}])
def test_what_no_patient_has_is_still_refused(vital: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(vital))):
        content(kind="reading", **{"diastolic": 0, **vital} if "systolic" in vital else vital)


def test_the_database_takes_an_oxygen_saturation_of_0_and_none_above_100(
    session: TreatmentSession, bob: User
) -> None:
    row: dict[str, Any] = columns(Reading(spo2=0))
    place = {"session": session, "author": bob, "effective_at": START, "recorded_at": START}
    SessionEntry.objects.create(sequence=1, **place, **row)
    with pytest.raises(IntegrityError, match="spo2_is_percent"), transaction.atomic():
        SessionEntry.objects.create(sequence=2, **place, **{**row, "spo2": 101})


def test_the_log_is_still_append_only_after_its_table_was_rebuilt(
    session: TreatmentSession, bob: User
) -> None:
    row = measured(bob, session, minute(0), "120/78")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        SessionEntry.objects.filter(pk=row.pk).update(systolic=110)


def test_the_number_pad_takes_what_an_entry_takes(session: TreatmentSession) -> None:
    for vital in panels.panels(session)["vitals"]:
        low = {"diastolic": 0} if vital.name == "systolic" else {}
        if vital.name == "diastolic":
            low = {"systolic": 300}
        for value in (vital.least, vital.most):
            content(kind="reading", **low, **{vital.name: value})


def test_the_chart_draws_the_next_line_on_each_side_in_words_of_its_own(
    session: TreatmentSession, bob: User
) -> None:
    """Baseline 120/78. What lies beyond the next line comes into sight when that is reached."""
    running(bob, session)
    found = lines(policies_of(session), read_view(session, minute(1)))
    assert [line["words"] for line in found] == [
        "systolic 165 or more (baseline +45)",
        "diastolic 108 or more (baseline +30)",
        "systolic below 90",
        "diastolic and heart rate below 50",
        "heart rate above 150",
        "respiratory rate below 10",
        "respiratory rate above 30",
        "SpO2 below 92 %",
        "MOAA/S 2 or lower",
    ]
    measured(bob, session, minute(10), "170/100")
    found = lines(policies_of(session), read_view(session, minute(10)))
    assert [line["words"] for line in found if line["measure"] == "systolic"] == [
        "systolic 165 or more (baseline +45)",
        "systolic 180 or more",
        "systolic below 90",
    ]
