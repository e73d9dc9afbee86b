"""Who saves a page that somebody else changed meanwhile is shown both, and nothing is undone.

Hazard: a role given at noon is gone at one minute past, since a page was open since eleven.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.models import Condition
from mooring.clinic.permissions import Role
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.clinic.screening.models import InterviewAnswer
from mooring.clinic.tasks.actions import add_to_task
from mooring.clinic.tasks.models import Task
from tests.clinic.once import walk, walk_files
from tests.clinic.once.walk import FORMS, from_page, url
from tests.clinic.platform.routes import every_route
from tests.clinic.sessions.steps import acting
from tests.support.page_forms import writing_forms
from tests.support.resending import Form, together

HELD = {
    "staff_roles": walk.roles,
    "bedside_settings": walk.bedside,
    "door_settings": walk.doors,
    "sitters": walk.sitter_limit,
    "take_home": walk.switch,
    "screening_sides": walk.side,
    "screening_plan": walk.plan,
    "session_move": walk.move,
    "session_cancel": walk.cancellation,
    "identity_correct": walk.identity,
    "entry_end": walk.end_of_an_entry,
    "entry_correct": walk.correction,
    "entry_strike": walk.strike,
    "task_close": walk.closed_task,
    "task_hand_over": walk.handed_task,
}
"""Forms that change what is there: each carries a mark of what stood when it was opened."""
BY_FINGERPRINT = "carries the fingerprint of what was read; another one is refused in words"
ONCE_ONLY = "ends something for good: the second is told who ended it, and keeps what was typed"
ADDS = "adds a line; what stood before stays beside it"
OWN = "nobody else changes it"
NOT_HELD = {
    "screening_decide": BY_FINGERPRINT,
    "order_new": BY_FINGERPRINT,
    "prescription_new": BY_FINGERPRINT,
    "import_compare": BY_FINGERPRINT,
    "passage_edit": BY_FINGERPRINT,
    "handbook_draft": BY_FINGERPRINT,
    "screening_answer": "held answer by answer; see below",
    "suicidality": "the safety plan is held; see below; tiers and screeners add a line",
    "course_end": ONCE_ONLY,
    "order_withdraw": ONCE_ONLY,
    "prescription_void": ONCE_ONLY,
    "ladder_start": ONCE_ONLY,
    "ladder_end": ONCE_ONLY,
    "look_correct": ONCE_ONLY,
    "review_withdraw": ONCE_ONLY,
    "import_aside": ONCE_ONLY,
    "import_own": ONCE_ONLY,
    "answer_check": ONCE_ONLY,
    "set_up": ONCE_ONLY,
    "step_review": ONCE_ONLY,
    "staff_end": "a switch without content: what it leads to is the same whoever pressed it first",
    "staff_open": "a switch without content",
    "staff_second_step": "a switch without content",
    "staff_password": "a new password in any case; nothing that stood is shown or kept",
    "bedside_pin": OWN,
    "bedside_pin_remove": OWN,
    "own_start": OWN,
    "remark": ADDS,
    "passage": ADDS,
    "chapter_remarks": ADDS,
    "handbook_remarks": ADDS,
    "record_add": ADDS,
    "list_asked": ADDS,
    "patient_new": ADDS,
    "course_new": ADDS,
    "therapy_visit_new": ADDS,
    "session_new": ADDS,
    "vial_check": ADDS,
    "consents": ADDS,
    "look_new": ADDS,
    "organ_review": ADDS,
    "assignment_new": ADDS,
    "assignment_link": "a new link in any case; the older ends",
    "patient_import": ADDS,
    "import_into": ADDS,
    "staff": ADDS,
}  # fmt: skip
FROM_THE_PAGE = {"screening_sides", "task_hand_over"}
"""Filled in by hand in the walk: here their form is read from its page."""


def opened(cast, name):
    """The form as its page was rendered, mark included."""
    form = HELD[name](cast)
    if name not in FROM_THE_PAGE:
        return form
    page = url("task_close", Task.objects.get()) if "task" in name else form.path
    typed = {key: value for key, value in form.data.items() if key != "_form_id"}
    to = form.path if "task" in name else ""
    marker = typed.get("disagreement", "")
    answer = form.browser().get(page).content.decode()
    (fields,) = [
        dict(each.fields) for each in writing_forms(answer)
        if (each.action or page) == (to or page)
        and (not marker or each.first("disagreement") == marker) and each.first("_stood")
    ]  # fmt: skip
    return Form(form.by, form.path, {**fields, **typed}, form.action)


def changed_by_another(cast, name, form):
    """Somebody else saves the same page, with something else in it."""
    browser = form.browser()
    answer = browser.post(form.path, {**form.data, **OTHERWISE[name], "_form_id": ""})
    assert answer.status_code == 302, name


OTHERWISE = {
    "staff_roles": {"roles": ["therapist"]},
    "bedside_settings": {"priming_ml": "3"},
    "door_settings": {"wait_minutes": "30"},
    "sitters": {"patients": "3"},
    "take_home": {},
    "screening_sides": {},
    "screening_plan": {"model_of_care": "psycholytic"},
    "session_move": {"room": "Room 9"},
    "session_cancel": {},
    "identity_correct": {"given_name": "Patrizia"},
    "entry_end": {},
    "entry_correct": {"text": "Asthma, mild"},
    "entry_strike": {},
    "task_close": {},
    "task_hand_over": {},
}


def test_every_form_is_held_or_says_why_not():
    """A new form that changes what is there fails here until it is in one of the two."""
    forms = {route for route, _ in FORMS.values()}
    assert sorted(forms - set(HELD) - set(NOT_HELD)) == []
    assert set(HELD) & set(NOT_HELD) == set()
    assert {*HELD, *NOT_HELD} <= {route.name for route in every_route()}
    assert walk_files


@pytest.mark.parametrize("name", sorted(HELD))
def test_a_stale_page_is_answered_with_both_and_writes_nothing(cast, name):
    form = opened(cast, name)
    assert form.data.get("_stood"), "the page carries no mark"
    changed_by_another(cast, name, form)
    before = AuditRow.objects.filter(action=form.action).count()
    answer = form.browser().post(form.path, form.data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What stands now" in page and "What you typed" in page
    assert AuditRow.objects.filter(action=form.action).count() == before


def test_the_page_says_what_stands_and_saves_only_on_a_second_decision(cast):
    form = walk.roles(cast)
    changed_by_another(cast, "staff_roles", form)
    browser = form.browser()
    page = browser.post(form.path, form.data).content.decode()
    assert '<dd class="said">therapist</dd>' in page
    (anyway,) = [each for each in writing_forms(page) if each.first("roles")]
    sent = {"roles": [v for n, v in anyway.fields if n == "roles"]}
    marks = {name: anyway.first(name) for name in ("_form_id", "_stood")}
    assert browser.post(form.path, {**sent, **marks}).status_code == 302
    assert User.objects.get(pk=cast.bob.pk).roles == {Role.NURSE, Role.THERAPIST}


def test_a_switch_is_not_turned_back_by_who_meant_the_same(cast):
    form = walk.switch(cast)
    changed_by_another(cast, "take_home", form)
    assert form.browser().post(form.path, form.data).status_code == 409
    assert take_home_switched_on()


def test_a_refused_correction_leads_to_what_stands_in_its_place(cast):
    form = walk.correction(cast)
    changed_by_another(cast, "entry_correct", form)
    page = form.browser().post(form.path, form.data).content.decode()
    assert "Asthma, mild, active" in page
    assert "Asthma bronch." in page
    newest = Condition.objects.get()
    assert reverse("record_entry", args=[cast.patient.pk, "condition", newest.pk]) in page


def test_a_task_is_not_closed_over_words_that_nobody_read(cast):
    form = walk.closed_task(cast)
    task = Task.objects.get()
    add_to_task(acting(cast.bob), task=task, detail="She rang again: worse.", now=task.opened_at)
    answer = form.browser().post(form.path, form.data)
    assert answer.status_code == 409
    assert "She rang again: worse." in answer.content.decode()


def test_a_page_of_an_older_version_still_saves(cast):
    form = walk.bedside(cast)
    data = {k: v for k, v in form.data.items() if not k.startswith("_")}
    assert form.browser().post(form.path, data).status_code == 302
    assert the_clinic().priming_ml is not None


def plan(cast, signs):
    page = url("suicidality", cast.patient)
    typed = {"warning_signs": signs, "whom_to_call": "555-0100", "review_on": "2099-01-01"}
    return from_page(cast.tara, page, "suicidality.write_plan", **typed)


def test_a_safety_plan_is_not_replaced_unread(cast):
    first, second = plan(cast, "She sleeps badly."), plan(cast, "She gives things away.")
    assert first.browser().post(first.path, first.data).status_code == 302
    answer = second.browser().post(second.path, second.data)
    assert answer.status_code == 409
    assert "She sleeps badly." in answer.content.decode()
    assert cast.patient.safety_plans.count() == 1


def interview(cast, by):
    page = url("screening_answer", cast.patient)
    return from_page(by, page, "screening.answer", **{"answer.stroke": "no"})


def said(question):
    rows = InterviewAnswer.objects.filter(question=question).order_by("answered_at", "pk")
    return [row.value for row in rows]


def send(form, **changes):
    return form.browser().post(form.path, {**form.data, **changes, "_form_id": ""})


def test_an_interview_page_left_open_undoes_no_answer(cast):
    """It carries every answer along: only what its person changed is written."""
    send(interview(cast, cast.bob))
    stale = interview(cast, cast.tara)
    send(interview(cast, cast.bob), **{"answer.stroke": "yes", "detail.stroke.yes": "2019"})
    assert send(stale, **{"answer.thyroid": "none"}).status_code == 302
    assert said("stroke") == ["no", "yes"]
    assert said("thyroid") == ["none"]


def test_two_who_answer_one_question_otherwise_are_told(cast):
    first, second = interview(cast, cast.bob), interview(cast, cast.tara)
    send(first)
    answer = send(second, **{"answer.stroke": "yes", "detail.stroke.yes": "2019"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "B. Okafor answered “No” meanwhile." in page
    assert said("stroke") == ["no"]
    (again,) = [each for each in writing_forms(page) if each.first("was.stroke")]
    again = Form(cast.tara, second.path, dict(again.fields))
    assert again.data["answer.stroke"] == "yes"
    assert send(again).status_code == 302
    assert said("stroke") == ["no", "yes"]


ROUNDS = 10


def test_of_four_editors_none_loses_an_update(cast):
    """Each adds one to what they read, until they have done so ten times."""

    page = url("bedside_settings")

    def edit():
        browser, done = Form(cast.olga, "", {}).browser(), 0
        for _ in range(50 * ROUNDS):
            if done == ROUNDS:
                break
            forms = writing_forms(browser.get(page).content.decode())
            (form,) = [each for each in forms if "priming_ml" in each.names]
            after = float(form.first("priming_ml") or 0) + 0.25
            typed = {**dict(form.fields), "priming_ml": f"{after:.2f}"}
            done += browser.post(page, typed).status_code == 302
        return done

    assert together(edit, 4) == [ROUNDS] * 4
    assert float(the_clinic().priming_ml) == 4 * ROUNDS * 0.25
