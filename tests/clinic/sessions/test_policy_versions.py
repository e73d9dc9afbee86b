"""What was signed stays what was signed: a session keeps the version of each of its rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.protocols.stopping import policy as stopping
from tests.clinic.handbook.reading import text_of
from tests.clinic.sessions.steps import (
    measured,
    minute,
    ready_to_start,
    recovered,
    running,
    signature,
    wrote,
)
from tests.support.policies import Shelf

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
AT_45 = "limit = { value = 45,"
AT_20 = "limit = { value = 20,"
PAGES = ("session", "session_record")


@pytest.fixture
def nurse(signed_in: SignedIn, bob: User) -> Client:
    """Bob's browser."""
    return signed_in(bob)


def signed(by: User, session: TreatmentSession) -> None:
    """A whole session with one reading of +24, which version 1 lets pass, then the sign-off."""
    running(by, session)
    measured(by, session, minute(10), "144/80")
    end = recovered(by, session)
    wrote(by, session, end, signature(by))


def printed(nurse: Client, session: TreatmentSession, page: str = "session_record") -> str:
    """What a page says, but for the minute at which it was printed."""
    answer = nurse.get(reverse(page, args=[session.pk]))
    assert answer.status_code == 200
    return re.sub(r" · printed \d+ \w+ \d+, \d\d:\d\d", "", text_of(answer))


def test_a_session_keeps_the_version_of_each_rule_from_its_first_drug_on(
    session: TreatmentSession, bob: User
) -> None:
    assert session.policy_versions == {}
    running(bob, session)
    session.refresh_from_db()
    named = [*session.stopping, session.monitoring, session.starting, session.leaving]
    assert sorted(key.split("/")[1] for key in session.policy_versions) == sorted(named)
    newest = stopping.load("emory_s2").version
    assert session.policy_versions["stopping/emory_s2"] == newest


@pytest.mark.parametrize("page", PAGES)
def test_a_signed_session_reads_the_same_after_a_new_version_is_released(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
    page: str,
) -> None:
    signed(bob, session)
    before = printed(nurse, session, page)
    assert "144/80 is +24 over baseline" not in before
    shelf.release("stopping", "emory_s2", **{AT_45: AT_20})
    assert printed(nurse, session, page) == before


def test_a_running_session_goes_on_under_the_version_it_was_begun_with(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
) -> None:
    running(bob, session)
    shelf.release("stopping", "emory_s2", **{AT_45: AT_20})
    measured(bob, session, minute(10), "144/80")
    assert "+24 over baseline" not in printed(nurse, session)


def test_a_session_that_was_only_planned_runs_under_the_newest_at_its_start(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
) -> None:
    newest = shelf.release("stopping", "emory_s2", **{AT_45: AT_20})
    running(bob, session)
    measured(bob, session, minute(10), "144/80")
    session.refresh_from_db()
    assert session.policy_versions["stopping/emory_s2"] == newest
    assert "144/80 is +24 over baseline" in printed(nurse, session)


@pytest.mark.parametrize("page", PAGES)
def test_a_renamed_rule_changes_nothing_in_a_signed_session(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
    page: str,
) -> None:
    signed(bob, session)
    before = printed(nurse, session, page)
    shelf.rename("stopping", "emory_s2", "pressure_rise")
    assert printed(nurse, session, page) == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [("stopping", "emory_s2"), ("monitoring", "emory_q10"), ("leaving", "iv_recovery")],
)
def test_a_missing_rule_is_named_and_the_log_stays_readable(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
    kind: str,
    name: str,
) -> None:
    signed(bob, session)
    session.refresh_from_db()
    kept = session.policy_versions[f"{kind}/{name}"]
    shelf.rename(kind, name, "gone", told=False)
    for page in PAGES:
        text = printed(nurse, session, page)
        assert f"{kind} / {name}, version {kept}" in text
        assert "Blood pressure 144/80" in text
        assert f"Signed that the patient may leave: {bob}" in text
    for page in ("session_live", "session_chart"):
        assert nurse.get(reverse(page, args=[session.pk])).status_code == 409
    for page in ("today", "sessions"):
        assert nurse.get(reverse(page)).status_code == 200


def test_while_a_rule_is_missing_what_happens_is_kept_and_nothing_new_begins(
    session: TreatmentSession,
    bob: User,
    shelf: Shelf,
) -> None:
    running(bob, session)
    shelf.rename("stopping", "emory_s2", "gone", told=False)
    measured(bob, session, minute(10), "170/90")
    wrote(bob, session, minute(11), {"kind": "infusion_pause", "reason": "Blood pressure"})
    with pytest.raises(RefusedError, match="stopping / emory_s2, version 1"):
        wrote(bob, session, minute(12), {"kind": "infusion_resume"})
    assert session.entries.count() == 6
    (dose,) = doses_given(session.course.patient, minute(30))
    assert dose.amount is None


def test_while_a_rule_is_missing_the_pump_goes_slower_and_not_faster(
    session: TreatmentSession, bob: User, shelf: Shelf
) -> None:
    running(bob, session)
    shelf.rename("stopping", "emory_s2", "gone", told=False)
    rate = {"kind": "infusion_rate", "reason": "Nausea"}
    wrote(bob, session, minute(5), {**rate, "rate_mg_per_minute": "0.5"})
    faster = {**rate, "rate_mg_per_minute": "0.8"}
    with pytest.raises(RefusedError, match="nothing can be started or signed here"):
        wrote(bob, session, minute(6), faster)
    wrote(bob, session, minute(6), {**faster, "timing": "has_happened"})


def test_once_the_rule_is_back_the_session_is_judged_with_all_that_was_kept(
    session: TreatmentSession,
    nurse: Client,
    bob: User,
    shelf: Shelf,
) -> None:
    running(bob, session)
    shelf.rename("stopping", "emory_s2", "gone", told=False)
    measured(bob, session, minute(10), "170/90")
    shelf.rename("stopping", "gone", "emory_s2", told=False)
    assert "170/90 is +50 over baseline" in printed(nurse, session)


def test_what_began_before_versions_were_kept_is_given_the_only_one_there_was(
    session: TreatmentSession, bob: User
) -> None:
    ready_to_start(bob, session)
    migration = import_module("mooring.clinic.sessions.migrations.0003_policy_versions")
    migration.keep_versions(apps, None)
    session.refresh_from_db()
    assert session.policy_versions == {}
    TreatmentSession.objects.filter(pk=session.pk).update(started_at=minute(0))
    migration.keep_versions(apps, None)
    session.refresh_from_db()
    assert session.policy_versions["stopping/emory_s2"] == "1"
    assert session.policy_versions["leaving/iv_recovery"] == "1"
