"""What a tier holds: a group, a supply for home, a start; and who opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course
from mooring.clinic.courses.second import SecondPerson
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.screening.standing import screen, snapshot
from mooring.clinic.suicidality.actions import open_setting
from mooring.clinic.suicidality.models import TierOpening
from mooring.clinic.suicidality.settings import setting_holds, start_holds
from tests.clinic.courses.steps import acting, decided, started
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GROUP = {"model_of_care": "psycholytic", "regimen": "sublingual_group"}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def screened(patient, alice, now):
    """Pat, whom a prescriber decided to go on with."""
    decided(patient, alice, at=now - DAY)
    return patient


def look_again(patient, by, now):
    """A prescriber decides on what the chart says with the tier on it."""
    ScreeningDecision.objects.create(
        patient=patient, policy="iv_ketamine", policy_version="1", verdict="", decision="proceed",
        findings=snapshot(screen(patient, clinic_day(now))), reason="Read with the tier.",
        override=False, decided_by=by, decided_at=now,
    )  # fmt: skip


def opened(patient, by, second, now, setting="group"):
    confirmed = SecondPerson(second, "I know her well; the group holds her.") if second else None
    return open_setting(
        acting(by), patient=patient, setting=setting, reason="She asks for it.",
        second=confirmed, now=now,
    )  # fmt: skip


@pytest.mark.parametrize("tier", ["moderate", "high"])
def test_group_course_needs_a_second_person_and_a_reason(enter, screened, alice, bob, now, tier):
    enter(bob, tier, now=now)
    look_again(screened, alice, now)
    with pytest.raises(RefusedError, match="needs a second, distinct person and a reason"):
        started(screened, alice, now, **GROUP)
    opened(screened, alice, bob, now)
    assert started(screened, alice, now, **GROUP).regimen == "sublingual_group"


def test_group_course_waits_while_the_tier_is_unknown(screened, alice, bob, enter, now):
    enter(bob, "unknown", now=now)
    look_again(screened, alice, now)
    with pytest.raises(RefusedError, match="waits until the suicidality tier is known"):
        started(screened, alice, now, **GROUP)
    assert setting_holds(screened, "home", now) != []
    with pytest.raises(RefusedError, match="The tier is unknown: enter it first"):
        opened(screened, alice, bob, now)


@pytest.mark.parametrize("tier", ["none", "low"])
def test_low_or_none_holds_no_group(enter, screened, alice, bob, now, tier):
    enter(bob, tier, now=now)
    look_again(screened, alice, now)
    assert started(screened, alice, now, **GROUP)


def test_course_outside_a_group_is_not_held(screened, alice, now):
    assert started(screened, alice, now)


def test_opening_ends_with_the_next_tier(enter, screened, alice, bob, now):
    enter(bob, "moderate", now=now - DAY)
    opened(screened, alice, bob, now - DAY)
    assert setting_holds(screened, "group", now) == []
    enter(bob, "high", now=now)
    assert setting_holds(screened, "group", now) != []


def test_opening_is_for_its_setting_alone(enter, screened, alice, bob, now):
    enter(bob, "moderate", now=now)
    opened(screened, alice, bob, now)
    assert setting_holds(screened, "home", now) != []


@pytest.mark.parametrize(
    ("second", "says"),
    [
        (None, "A second person has to confirm"),
        ("alice", "Someone other than you"),
        ("tara", "a prescriber or a nurse"),
    ],
)
def test_second_person_is_a_distinct_prescriber_or_nurse(
    enter, screened, request, alice, bob, tara, now, second, says
):
    enter(bob, "high", now=now)
    person = request.getfixturevalue(second) if second else None
    with pytest.raises(RefusedError, match=says):
        opened(screened, alice, person, now)
    assert not TierOpening.objects.exists()


def test_high_asks_a_prescriber_about_the_start_and_for_that_day_alone(
    enter, screened, alice, bob, now
):
    enter(bob, "high", now=now - DAY)
    (hold,) = start_holds(screened, now)
    assert hold.text == ("The suicidality tier is high: a prescriber decides about today's start.")
    opened(screened, alice, None, now, "start")
    assert start_holds(screened, now) == []
    assert start_holds(screened, now + DAY) != []


@pytest.mark.parametrize("tier", ["none", "low", "moderate", "unknown"])
def test_other_tiers_leave_the_start_to_whoever_may(enter, screened, bob, now, tier):
    enter(bob, tier, now=now)
    assert start_holds(screened, now) == []


def post(client, patient, **facts):
    return client.post(f"/patients/{patient.pk}/suicidality/", facts)


def opening_form(**more):
    return {
        "form": "opening_form", "setting": "group", "reason": "She asks for it.",
        "second_username": "bob", "second_password": PASSWORD, "second_reason": "I agree.", **more,
    }  # fmt: skip


def test_two_people_open_it_on_the_page(signed_in, enter, screened, alice, bob, now):
    enter(bob, "high", now=now)
    assert post(signed_in(alice), screened, **opening_form()).status_code == 302
    row = TierOpening.objects.get()
    assert (row.opened_by, row.second_person, row.second_reason) == (alice, bob, "I agree.")


@pytest.mark.parametrize(
    "change", [{"second_password": "wrong"}, {"second_username": "alice"}, {"reason": ""}]
)
def test_page_opens_nothing_without_the_second_persons_password(
    signed_in, enter, screened, alice, bob, now, change
):
    enter(bob, "high", now=now)
    assert post(signed_in(alice), screened, **opening_form(**change)).status_code == 422
    assert not TierOpening.objects.exists()


def test_nurse_is_shown_no_form_to_open_and_may_not(signed_in, enter, screened, alice, bob, now):
    enter(bob, "high", now=now)
    client = signed_in(bob)
    page = client.get(f"/patients/{screened.pk}/suicidality/").content.decode()
    assert "Open what the tier holds" not in page
    form = opening_form(second_username="alice")
    assert post(client, screened, **form).status_code == 403


def test_tier_is_entered_on_the_page_and_a_form_without_reasons_comes_back(
    signed_in, screened, bob
):
    client = signed_in(bob)
    lacking = post(client, screened, form="tier_form", tier="high", reasons="")
    assert (lacking.status_code, "Say it in words." in lacking.content.decode()) == (422, True)
    assert post(client, screened, form="tier_form", tier="high", reasons="A plan.").url == (
        f"/patients/{screened.pk}/suicidality/"
    )
    page = client.get(f"/patients/{screened.pk}/suicidality/").content.decode()
    assert '<span class="state stop' in page
    assert "A plan." in page


def test_screener_without_licensed_text_is_answered_by_number(signed_in, screened, bob):
    client = signed_in(bob)
    page = client.get(f"/patients/{screened.pk}/suicidality/").content.decode()
    assert "Its words need a licence and are not part of Mooring." in page
    assert "Question 6.recent of your form" in page
    answers = {"cssrs.1": "no", "cssrs.2": "yes", "cssrs.3": "yes", "cssrs.4": "no"}
    answers |= {"cssrs.5": "no", "cssrs.6": "no"}
    assert post(client, screened, form="screener_form", **answers).status_code == 302
    assert screened.tier_entries.get().tier == "moderate"
    wrong = post(client, screened, form="screener_form", **{**answers, "cssrs.2": "no"})
    assert "it is not asked after these answers" in wrong.content.decode()


def test_licensed_text_stands_with_its_notice(signed_in, screened, bob, tmp_path, monkeypatch):
    from tests.core.protocols.suicidality.test_suicidality_policy import IDS, pack

    monkeypatch.setenv("MOORING_HOME", str(tmp_path))
    (tmp_path / "licensed").mkdir()
    pack(tmp_path / "licensed", IDS)
    page = signed_in(bob).get(f"/patients/{screened.pk}/suicidality/").content.decode()
    assert "Text of cssrs.4" in page
    assert "Licensed to Harbour Clinic: No. 17 of the holder." in page
    pack(tmp_path / "licensed", IDS[1:])
    page = signed_in(bob).get(f"/patients/{screened.pk}/suicidality/").content.decode()
    assert "items.cssrs.1 has no text" in page
    assert "Question 4 of your form" in page


@pytest.mark.parametrize("tier", ["moderate", "high"])
def test_a_moderate_or_high_tier_puts_help_first_on_the_patients_page(
    signed_in, enter, screened, bob, pat, tier
):
    enter(bob, tier)
    page = signed_in(pat).get("/scales/mine/").content.decode()
    assert page.index("You can call now") < page.index("Questions for you")
    assert page.count("555-0100") == 2
    assert not Course.objects.exists()
