"""Each form that writes, filled in as a person would: what `sent_at_once` sends many times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mooring.clinic.exposure.reading import POLICY
from mooring.clinic.measures.models import Assignment
from mooring.clinic.people.models import Condition
from mooring.clinic.screening.sides import all_followed
from tests.clinic.courses import screen
from tests.clinic.courses.steps import acting, decided, started, weighed
from tests.clinic.exposure.test_exposure_page import looked
from tests.clinic.handbook.review import steps as handbook
from tests.clinic.ladders.test_ladder import order_of
from tests.clinic.measures import walk as phone
from tests.clinic.once.conftest import Cast
from tests.clinic.prescriptions.test_prescriptions import typed as prescribed
from tests.clinic.screening.steps import answered, measured
from tests.clinic.sessions.steps import planned, signed_order
from tests.clinic.tasks.test_task_pages import opened
from tests.support.page_forms import writing_forms
from tests.support.resending import Form

FORMS: dict[str, tuple[str, Callable[[Cast], Form]]] = {}
"""By a name of its own: the route that takes it, and how it is filled in."""
Filled = Callable[[Cast], Form]


def of(route: str) -> Callable[[Filled], Filled]:
    """Declare a form of a route."""

    def declare(filled: Filled) -> Filled:
        FORMS[filled.__name__] = (route, filled)
        return filled

    return declare


def from_page(by: Any, page: str, action: str, to: str = "", **typed: Any) -> Form:
    """The form of a page that holds a field of that name, with what a person types into it."""
    answer = Form(by, page, {}).browser().get(page)
    assert answer.status_code == 200, page
    marker = next(iter(typed))
    for form in writing_forms(answer.content.decode()):
        if (form.action or page) == (to or page) and (marker in form.names or to):
            return Form(by, to or page, {**gathered(form.fields), **typed}, action)
    wanted = [each.action for each in writing_forms(answer.content.decode())]
    raise AssertionError(f"{page} has no form to {to or page} with {marker}: {wanted}")


def gathered(fields: list[tuple[str, str]]) -> dict[str, Any]:
    """Fields by name; several of one name as a list."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return {name: each if len(each) > 1 else each[0] for name, each in found.items()}


def url(name: str, *args: Any) -> str:
    return reverse(name, args=[getattr(each, "pk", each) for each in args])


def hand(by: Any, route: str, *args: Any, action: str, **data: Any) -> Form:
    """A form without fields of its own, or whose fields all are given here."""
    return Form(by, url(route, *args), data, action).with_id()


# The chart


@of("record_add")
def condition(cast: Cast) -> Form:
    data = {"text": "Migraine", "status": "active"}
    return hand(
        cast.bob, "record_add", cast.patient, "condition", action="people.add_coded", **data
    )


@of("record_add")
def medication(cast: Cast) -> Form:
    data = {"text": "Fluoxetine", "status": "active", "dose": "20 mg"}
    where = (cast.patient, "medication")
    return hand(cast.alice, "record_add", *where, action="people.add_coded", **data)


@of("record_add")
def allergy(cast: Cast) -> Form:
    data = {"text": "Latex", "status": "unknown"}
    return hand(cast.bob, "record_add", cast.patient, "allergy", action="people.add_coded", **data)


@of("record_add")
def measurement(cast: Cast) -> Form:
    page = url("record_add", cast.patient, "measurement")
    typed = {"measured": "weight", "value": "70", "method": "weighed"}
    return from_page(cast.bob, page, "people.add_measurement", **typed)


@of("record_add")
def pressure(cast: Cast) -> Form:
    page = url("record_add", cast.patient, "blood_pressure")
    typed = {"systolic": "122", "diastolic": "78", "position": "seated"}
    return from_page(cast.bob, page, "people.add_blood_pressure", **typed)


def entry(cast: Cast) -> Condition:
    return Condition.objects.create(
        patient=cast.patient, origin="a test", recorded_at=timezone.now(), text="Asthma",
        status="active",
    )  # fmt: skip


@of("entry_end")
def end_of_an_entry(cast: Cast) -> Form:
    page = url("entry_end", cast.patient, "condition", entry(cast))
    return from_page(cast.bob, page, "people.end_entry", why="It is over.")


@of("entry_correct")
def correction(cast: Cast) -> Form:
    page = url("entry_correct", cast.patient, "condition", entry(cast))
    return from_page(cast.bob, page, "people.correct_entry", why="Misheard.", text="Asthma bronch.")


@of("entry_strike")
def strike(cast: Cast) -> Form:
    page = url("entry_strike", cast.patient, "condition", entry(cast))
    typed = {"why": "Another patient's.", "never": "on"}
    return from_page(cast.bob, page, "people.strike_entry", **typed)


@of("identity_correct")
def identity(cast: Cast) -> Form:
    page = url("identity_correct", cast.patient)
    typed = {"given_name": "Patricia", "why": "As in her passport."}
    return from_page(cast.bob, page, "people.correct_identity", **typed)


@of("list_asked")
def none_on_a_list(cast: Cast) -> Form:
    page = url("list_asked", cast.patient, "medications")
    return from_page(cast.bob, page, "people.say_of_list", says="none")


@of("patient_new")
def patient(cast: Cast) -> Form:
    typed = {
        "family_name": "Harper", "given_name": "Alex", "birth_date": "1990-05-01", "sex": "female",
        "identifier": "H-77",
    }  # fmt: skip
    return from_page(cast.bob, url("patient_new"), "people.register_patient", **typed)


# Screening and the course


@of("screening_answer")
def interview(cast: Cast) -> Form:
    data = {"answer.stroke": "no"}
    return hand(cast.bob, "screening_answer", cast.patient, action="screening.answer", **data)


@of("screening_plan")
def plan(cast: Cast) -> Form:
    page, to = url("screening", cast.patient), url("screening_plan", cast.patient)
    typed = {
        "way": "racemic_ketamine.intravenous_infusion", "indication": "depression",
        "model_of_care": "infusion_and_therapy",
    }  # fmt: skip
    return from_page(cast.bob, page, "screening.choose_plan", to, **typed)


@of("screening_decide")
def decision(cast: Cast) -> Form:
    measured(cast.patient)
    answered(cast.patient, cast.bob)
    page, to = url("screening", cast.patient), url("screening_decide", cast.patient)
    typed = {"decision": "proceed", "reason": "Discussed."}
    return from_page(cast.alice, page, "screening.decide", to, **typed)


@of("screening_sides")
def side(cast: Cast) -> Form:
    each = next(iter(all_followed()))
    other = next(side for side in each.choice.sides if side.id != each.side.id)
    data = {"disagreement": each.choice.disagreement, "side": other.id, "reason": "Our choice."}
    return hand(cast.olga, "screening_sides", action="screening.take_side", **data)


@of("course_new")
def course(cast: Cast) -> Form:
    decided(cast.patient, cast.alice, at=timezone.now())
    typed = {
        "indication": "depression", "model_of_care": "psycholytic", "regimen": "iv_series",
        "model_reason": "He wants to talk while it acts.",
    }  # fmt: skip
    return from_page(cast.alice, url("course_new", cast.patient), "courses.start_course", **typed)


def open_course(cast: Cast) -> Any:
    now = timezone.now()
    decided(cast.patient, cast.alice, at=now)
    weighed(cast.patient, at=now - timedelta(days=1))
    return started(cast.patient, cast.alice, now=now)


@of("course_end")
def end_of_a_course(cast: Cast) -> Form:
    page = url("course_end", open_course(cast))
    return from_page(cast.alice, page, "courses.end_course", reason="Six infusions done.")


@of("therapy_visit_new")
def therapy_visit(cast: Cast) -> Form:
    typed = {"purpose": "preparation", "summary": "What will happen.", "intention": "To sleep."}
    page = url("therapy_visit_new", open_course(cast))
    visited = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    return from_page(cast.tara, page, "courses.record_therapy_visit", **typed, visited_at=visited)


@of("order_new")
def order(cast: Cast) -> Form:
    on = open_course(cast)
    browser = Form(cast.alice, "", {}).browser()
    read = screen.read(browser, on, screen.TYPED)
    page = url("order_new", on)
    return from_page(cast.alice, page, "courses.sign_order", **screen.TYPED, read=read)


@of("order_withdraw")
def withdrawal(cast: Cast) -> Form:
    page = url("order_withdraw", signed_order(cast.patient, cast.alice, at=timezone.now()))
    return from_page(cast.alice, page, "courses.withdraw_order", reason="The weight was wrong.")


@of("vial_check")
def vial(cast: Cast) -> Form:
    signed = signed_order(cast.patient, cast.alice, at=timezone.now())
    return hand(cast.bob, "vial_check", signed, action="vials.check_vial", code="42023-113-10")


@of("consents")
def touch(cast: Cast) -> Form:
    page = url("consents", open_course(cast))
    return from_page(cast.tara, page, "consents.record_touch", touch="none")


@of("consents")
def intention(cast: Cast) -> Form:
    page = url("consents", open_course(cast))
    return from_page(cast.tara, page, "consents.record_intention", text="To sleep again.")


# Sessions


@of("session_new")
def planned_session(cast: Cast) -> Form:
    order = signed_order(cast.patient, cast.alice, at=timezone.now())
    typed = {
        "scheduled_at": (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT10:00"),
        "order": str(order.pk), "room": "Room 1", "sitter": str(cast.bob.pk),
    }  # fmt: skip
    page = url("session_new", order.course_id)
    return from_page(cast.bob, page, "sessions.schedule", **typed)


def session(cast: Cast) -> Any:
    now = timezone.now()
    order = signed_order(cast.patient, cast.alice, at=now)
    return planned(order, cast.bob, at=now + timedelta(days=2), now=now)


@of("session_move")
def move(cast: Cast) -> Form:
    page = url("session_move", session(cast))
    return from_page(cast.bob, page, "sessions.move", room="Room 3", reason="The lamp is broken.")


@of("session_cancel")
def cancellation(cast: Cast) -> Form:
    page = url("session_cancel", session(cast))
    return from_page(cast.bob, page, "sessions.cancel", reason="She has a cold.")


@of("sitters")
def sitter_limit(cast: Cast) -> Form:
    typed = {"route": "intravenous_infusion", "patients": "2", "reason": "Two rooms, one door."}
    return from_page(cast.olga, url("sitters"), "sessions.set_sitter_limit", **typed)


# What watches over the patient


@of("look_new")
def look(cast: Cast) -> Form:
    page = url("look_new", cast.patient, "liver_tests")
    typed = {"result": "nothing", "words": "ALT 22 U/L"}
    return from_page(cast.bob, page, "exposure.record_look", **typed)


@of("look_correct")
def corrected_look(cast: Cast) -> Form:
    page = url("look_correct", cast.patient, looked(cast.bob, cast.patient))
    typed = {"result": "nothing", "words": "ALT 32 U/L"}
    return from_page(cast.bob, page, "exposure.record_look", **typed)


@of("organ_review")
def review_of_an_organ(cast: Cast) -> Form:
    page = url("organ_review", cast.patient, POLICY.organs[0].organ)
    return from_page(cast.alice, page, "exposure.record_review", words="Seen, goes on.")


@of("suicidality")
def tier(cast: Cast) -> Form:
    page = url("suicidality", cast.patient)
    return from_page(
        cast.tara, page, "suicidality.enter_tier", tier="none", reasons="Asked, denies."
    )


@of("assignment_new")
def scale(cast: Cast) -> Form:
    return hand(cast.bob, "assignment_new", cast.patient, action="measures.assign")


@of("assignment_link")
def link(cast: Cast) -> Form:
    Form(cast.bob, "", {}).browser().post(url("assignment_new", cast.patient))
    return hand(cast.bob, "assignment_link", Assignment.objects.get(), action="measures.renew_link")


@of("answer_check")
def answers_by_link(cast: Cast) -> Form:
    page = Form(cast.bob, "", {}).browser().post(url("assignment_new", cast.patient)).content
    token = page.decode().partition("/scales/a/")[2].partition("/")[0]
    browser = Form(None, "", {}).browser()
    phone.answer_all(browser, token, dict.fromkeys(phone.ITEMS, 0))
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    return Form(None, phone.address(token, "check"), {}, "measures.answer", cookies).with_id()


@of("own_start")
def own_scale(cast: Cast) -> Form:
    Form(cast.bob, "", {}).browser().post(url("assignment_new", cast.patient))
    return hand(cast.pat, "own_start", Assignment.objects.get(), action="measures.start_own")


@of("task_close")
def closed_task(cast: Cast) -> Form:
    page = url("task_close", opened(cast.patient, cast.alice, "Call Pat"))
    return from_page(cast.alice, page, "tasks.close_task", outcome="Called; all is well.")


@of("task_hand_over")
def handed_task(cast: Cast) -> Form:
    task = opened(cast.patient, cast.alice, "Call Pat")
    data = {"to": str(cast.bob.pk), "reason": "He knows her."}
    return hand(cast.alice, "task_hand_over", task, action="tasks.hand_over", **data)


# Home use


@of("take_home")
def switch(cast: Cast) -> Form:
    page = url("take_home")
    return from_page(cast.olga, page, "prescriptions.switch_take_home", reason="We are ready.")


def started_ladder(cast: Cast) -> Any:
    from mooring.clinic.ladders import actions

    on = signed_order(cast.patient, cast.alice, at=timezone.now()).course
    return actions.start(acting(cast.alice), course=on, reason="Far away.", now=timezone.now())


@of("ladder_start")
def ladder(cast: Cast) -> Form:
    on = signed_order(cast.patient, cast.alice, at=timezone.now()).course
    page = url("ladder_start", on)
    return from_page(cast.alice, page, "ladders.start", reason="Lives far away.")


@of("ladder_end")
def end_of_a_ladder(cast: Cast) -> Form:
    page = url("ladder_end", started_ladder(cast))
    return from_page(cast.alice, page, "ladders.end", reason="She moved near.")


@of("prescription_new")
def prescription(cast: Cast) -> Form:
    order = order_of(started_ladder(cast), cast.alice, 5)
    page = url("prescription_new", order)
    read = Form(cast.alice, "", {}).browser().post(page, prescribed()).context["read"]
    return Form(cast.alice, page, {**prescribed(), "read": read}, "prescriptions.sign").with_id()


# The handbook


@of("handbook_remarks")
def remark(cast: Cast) -> Form:
    page = url("handbook_remarks")
    return from_page(cast.bob, page, "handbook.remark", kind="typo", text="A word is missing.")


@of("remark")
def answer_to_a_remark(cast: Cast) -> Form:
    page = url("remark", handbook.remarked(cast.bob))
    return from_page(cast.alice, page, "handbook.answer", text="Thank you.", state="declined")


# The clinic


@of("staff")
def colleague(cast: Cast) -> Form:
    typed = {
        "display_name": "N. Abara", "username": "abara", "roles": "nurse", "credential": "RN",
        "password": "seven lanterns in a row",
    }  # fmt: skip
    return from_page(cast.olga, url("staff"), "accounts.add_person", **typed)


@of("staff_roles")
def roles(cast: Cast) -> Form:
    page, to = url("staff_person", cast.bob), url("staff_roles", cast.bob)
    return from_page(cast.olga, page, "accounts.change_roles", to, roles=["nurse", "therapist"])


@of("staff_password")
def given_password(cast: Cast) -> Form:
    page, to = url("staff_person", cast.bob), url("staff_password", cast.bob)
    word = "seven lanterns in a row"
    return from_page(cast.olga, page, "accounts.set_password", to, password=word)


@of("staff_end")
def closed_account(cast: Cast) -> Form:
    return hand(cast.olga, "staff_end", cast.charlie, action="accounts.end_access")


@of("door_settings")
def doors(cast: Cast) -> Form:
    return from_page(cast.olga, url("door_settings"), "accounts.set_doors", wait_minutes="20")


@of("bedside_settings")
def bedside(cast: Cast) -> Form:
    page = url("bedside_settings")
    return from_page(cast.olga, page, "accounts.set_bedside", priming_ml="1.5")
