"""Where an owner states that nobody else is on duty, one person opens what needs two: named below.

Never what goes home, nor a group at a high or unknown suicidality tier; and somebody elsewhere
looks at each afterwards.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

import mooring
from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.alone.actions import end_alone, state_alone
from mooring.clinic.alone.models import AloneOpening, AloneStatement
from mooring.clinic.alone.standing import FOR_HOME, IN_A_GROUP, never, standing
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.courses.models import Order
from mooring.clinic.suicidality.actions import enter_tier
from mooring.clinic.tasks.actions import close_task, hand_over
from mooring.clinic.tasks.models import Task
from tests.clinic.courses.conftest import course, prescriber, today  # noqa: F401
from tests.clinic.courses.screen import HARD, TYPED, sign, text
from tests.support.cast import PASSWORD, person
from tests.support.policies import shelf  # noqa: F401

pytestmark = pytest.mark.django_db
OWN = {
    "second_username": "alice",
    "second_password": PASSWORD,
    "second_reason": "The anaesthetist is on leave; the dose was talked over by telephone.",
}
LONDON = ZoneInfo("Europe/London")


def acting(user) -> Actor:
    return Actor(name=str(user), roles=user.roles, user=user)


@pytest.fixture
def rita(clinic_row):
    """A prescriber elsewhere."""
    return person("rita", "R. Haddad", "prescriber", "MD")


def stated(by, reviewer, now=None, **more) -> AloneStatement:
    """For today, the whole day."""
    now = now or timezone.now()
    day = now.astimezone(LONDON).date()
    facts = {
        "first_day": day, "last_day": day, "weekdays": range(7), "from_time": time(0, 0),
        "until_time": time(23, 59, 59), "reason": "One clinician works on Saturdays.",
        "reviewer": reviewer, "now": now, **more,
    }  # fmt: skip
    return state_alone(acting(by), **facts)


PLACES = {
    "courses/order_views.py": "an order beyond its bounds: alone",
    "sessions/views.py": "drug that is held at the bedside: alone",
    "suicidality/views.py": "a group plan or a supply for home at a moderate or high tier: never",
}
"""Where a second person gives their own password, and whether one who is alone stands in."""
OTHERS = {
    "handbook": "two editors stand behind a text; nobody waits for it at a bedside: never",
    "prescriptions": "a supply for home over a tier needs what suicidality opened: never",
}


def test_the_places_that_ask_for_a_second_person_are_these():
    root = Path(mooring.__file__).parent / "clinic"
    asks = re.compile(r"\bconfirm\(request,")
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if asks.search(
        path.read_text())}  # fmt: skip
    assert found == set(PLACES)
    stands_in = {str(path.relative_to(root)) for path in root.rglob("*.py") if re.search(
        r"\balone\(request,", path.read_text())}  # fmt: skip
    assert stands_in - {"alone/instead.py"} == {
        place for place, words in PLACES.items() if words.endswith(": alone")
    }


def test_an_order_is_opened_alone_with_password_reason_and_a_look_at_it_afterwards(
    prescriber, today, alice, olga, rita  # noqa: F811
):  # fmt: skip
    stated(olga, rita)
    answer = sign(prescriber, today, HARD, **OWN)
    assert answer.status_code == 302
    order = Order.objects.get()
    assert (order.second_person, order.signed_by) == (None, alice)
    opening = AloneOpening.objects.get()
    assert (opening.what_id, opening.opened_by, opening.patient) == (
        order.pk, alice, order.course.patient,
    )  # fmt: skip
    task = Task.objects.get(kind="alone_review")
    assert task.owner == rita
    assert OWN["second_reason"] in task.detail
    page = text(prescriber.get(reverse("order", args=[order.pk])))
    assert "nobody else was on duty (One clinician works on Saturdays.)" in page
    assert "not yet; R. Haddad is asked" in page
    assert verify().whole


def test_the_form_says_so_before(prescriber, today, olga, rita):  # noqa: F811
    where = f"/courses/{today.pk}/orders/new/"
    assert "Nobody else is on duty" not in text(prescriber.get(where))
    stated(olga, rita)
    assert "So O. Petrova stated it until" in text(prescriber.get(where))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"second_password": "wrong"}, "That password does not match. Type it again."),
        ({"second_reason": ""}, "Say it in words"),
    ],
)
def test_without_the_password_or_a_reason_nothing_is_opened(
    prescriber, today, olga, rita, change, says  # noqa: F811
):  # fmt: skip
    stated(olga, rita)
    answer = sign(prescriber, today, HARD, **{**OWN, **change})
    assert answer.status_code == 422
    assert says in text(answer)
    assert not Order.objects.exists()
    assert not AloneOpening.objects.exists()


def test_without_a_statement_for_now_somebody_else_is_needed(
    prescriber, today, olga, rita  # noqa: F811
):  # fmt: skip
    statement = stated(olga, rita)
    end_alone(acting(olga), statement=statement, now=timezone.now())
    answer = sign(prescriber, today, HARD, **OWN)
    assert answer.status_code == 422
    assert "Someone other than you has to open it." in text(answer)


def test_an_order_inside_its_bounds_opens_nothing(
    prescriber, today, olga, rita  # noqa: F811
):  # fmt: skip
    stated(olga, rita)
    assert sign(prescriber, today, TYPED, **OWN).status_code == 302
    assert not AloneOpening.objects.exists()
    assert not Task.objects.filter(kind="alone_review").exists()


def test_what_goes_home_is_never_opened_alone(
    prescriber, today, olga, rita  # noqa: F811
):  # fmt: skip
    stated(olga, rita)
    today.model_of_care = "home"
    assert never(today, None, timezone.now()) == FOR_HOME


@pytest.mark.parametrize(
    ("tier", "held"),
    [("high", True), ("unknown", True), ("moderate", False), ("low", False)],
)
def test_a_group_at_a_high_or_unknown_tier_is_never_opened_alone(
    today, alice, tier, held  # noqa: F811
):  # fmt: skip
    now = timezone.now()
    enter_tier(acting(alice), patient=today.patient, tier=tier,
                   reasons="Talked with her.", now=now)  # fmt: skip
    assert never(today, 4, now) == (IN_A_GROUP if held else "")
    assert never(today, 1, now) == ""


@pytest.mark.parametrize(
    ("at", "alone"),
    [
        ("2026-03-07 08:00", True), ("2026-03-07 07:59", False), ("2026-03-07 17:59", True),
        ("2026-03-07 18:00", False), ("2026-03-08 12:00", False), ("2026-03-14 12:00", True),
        ("2026-03-28 12:00", True), ("2026-04-04 12:00", False), ("2026-02-28 12:00", False),
    ],
)  # fmt: skip
def test_it_holds_on_its_days_between_its_times_on_the_clinic_s_clock(alice, olga, rita, at, alone):
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    stated(
        olga, rita, now=datetime(2026, 3, 2, 12, tzinfo=LONDON), weekdays=[5],
        first_day=date(2026, 3, 3), last_day=date(2026, 3, 31),
        from_time=time(8), until_time=time(18),
    )  # fmt: skip
    assert (standing(alice, moment) is not None) is alone


def test_the_one_who_looks_at_it_is_not_alone_with_themselves(olga, rita):
    stated(olga, rita)
    assert standing(rita, timezone.now()) is None


def test_a_reviewer_who_works_here_no_more_ends_it(alice, olga, rita):
    stated(olga, rita)
    rita.is_active = False
    rita.save()
    assert standing(alice, timezone.now()) is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": " "}, "Say why"),
        ({"weekdays": []}, "at least one day"),
        ({"until_time": time(0, 0)}, "after the first"),
        ({"last_day": date(2020, 1, 1)}, "within 92 days"),
        ({"last_day": date(2040, 1, 1)}, "within 92 days"),
    ],
)
def test_a_statement_says_when_and_why(olga, rita, change, says):
    with pytest.raises(RefusedError, match=says):
        stated(olga, rita, **change)


@pytest.mark.parametrize("who", ["tara", "olga", "audrey"])
def test_who_looks_at_it_is_a_prescriber_or_a_nurse(request, olga, who):
    with pytest.raises(RefusedError, match="prescriber or nurse"):
        stated(olga, request.getfixturevalue(who))


def test_whoever_opened_it_does_not_look_at_it_themselves(
    prescriber, today, alice, bob, olga, rita  # noqa: F811
):  # fmt: skip
    stated(olga, rita)
    sign(prescriber, today, HARD, **OWN)
    task, now = Task.objects.get(kind="alone_review"), timezone.now()
    with pytest.raises(RefusedError, match="Somebody else"):
        close_task(acting(alice), task=task, outcome="Fine.", now=now)
    with pytest.raises(RefusedError, match="Somebody else"):
        hand_over(acting(rita), task=task, to=alice, reason="On leave.", now=now)
    close_task(acting(rita), task=task, outcome="Looked at: the dose was right.", now=now)
    page = text(prescriber.get(reverse("order", args=[Order.objects.get().pk])))
    assert "Looked at: the dose was right." in page


def test_the_owner_sees_what_waits_and_states_it_on_a_page(
    prescriber, today, olga, rita, signed_in  # noqa: F811
):  # fmt: skip
    owner, day = signed_in(olga), timezone.now().astimezone(LONDON).date()
    typed = {
        "first_day": day, "last_day": day + timedelta(days=6), "weekdays": list(range(7)),
        "from_time": "00:00", "until_time": "23:59", "reviewer": rita.pk,
        "reason": "One clinician works on Saturdays.",
    }  # fmt: skip
    assert owner.post(reverse("alone"), {**typed, "reason": ""}).status_code == 422
    assert owner.post(reverse("alone"), typed).status_code == 302
    assert AuditRow.objects.filter(action="alone.state_alone").count() == 1
    sign(prescriber, today, HARD, **OWN)
    page = text(owner.get(reverse("alone")))
    assert "R. Haddad is asked" in page
    assert OWN["second_reason"] in page
    owner.post(reverse("alone_end", args=[AloneStatement.objects.get().pk]))
    assert AloneStatement.objects.get().ended_at is not None
    assert reverse("alone") in owner.get(reverse("staff")).content.decode()
