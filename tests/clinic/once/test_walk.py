"""Every form that writes, sent many times at the same moment: one write, equal answers.

MOORING_SUBMITS says how many at once; eight in the suite, fifty in the long run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.once.models import SubmittedForm
from tests.clinic.once import walk_files  # noqa: F401
from tests.clinic.once.walk import FORMS
from tests.clinic.platform.routes import Route, every_route
from tests.support.resending import sent_at_once

TIMES = int(os.environ.get("MOORING_SUBMITS", "8"))


@pytest.mark.parametrize("name", sorted(FORMS))
def test_many_at_once_are_one_write_with_one_answer(cast, name):
    form = FORMS[name][1](cast)
    before = AuditRow.objects.filter(action=form.action).count()
    answers = sent_at_once(form, TIMES)
    assert {answer.status_code for answer in answers} <= {200, 302}, problems(answers)
    assert len({answer.get("Location") for answer in answers}) == 1
    assert AuditRow.objects.filter(action=form.action).count() == before + 1, problems(answers)
    assert SubmittedForm.objects.filter(pk=form.data["_form_id"]).count() == 1


def problems(answers):
    """What the pages say stands in the way, for whoever reads the failure."""
    said = []
    for answer in answers[:1]:
        context = answer.context or {}
        said += [repr(context[name].errors) for name in ("form", "plan_form") if name in context]
    return [answer.status_code for answer in answers], said


WRITES_NOTHING = "no action: nothing of the clinic is written"
BY_ENTRY = "an entry has an id of its own; see tests/clinic/sessions/test_session_entry_door.py"
IN_THE_BROWSER = "keeps a draft in the browser's own session; `answer_check` sends it"
OWN_ENDS = "ends one's own sign-ins, or marks as read: twice is once"
WAITS = "not walked yet; it carries an id and writes by actions, as every form here"
NOT_WALKED = {
    "alone": WAITS,
    "alone_end": WAITS,
    "break_glass": WAITS,
    "notice_review": WAITS,
    "notices": WAITS,
    "restriction": WAITS,
    "patients": WRITES_NOTHING,
    "sign": WRITES_NOTHING,
    "end_sign_in": OWN_ENDS,
    "end_other_sign_ins": OWN_ENDS,
    "read_resets": OWN_ENDS,
    "lock": WRITES_NOTHING,
    "unlock": WRITES_NOTHING,
    "touch": WRITES_NOTHING,
    "order_preview": WRITES_NOTHING,
    "two_doses": WRITES_NOTHING,
    "audit_verify": WRITES_NOTHING,
    "session_entry": BY_ENTRY,
    "session_entry_opened": BY_ENTRY,
    "answer": IN_THE_BROWSER,
    "answer_question": IN_THE_BROWSER,
}


def test_every_route_that_takes_a_form_is_walked_or_says_why_not():
    """A new form without a walk fails here."""
    taking = {route.name for route in every_route() if takes_posts(route)}
    walked = {route for route, _ in FORMS.values()}
    assert sorted(taking - walked - set(NOT_WALKED)) == []
    assert sorted((walked | set(NOT_WALKED)) - taking) == []


def test_every_view_of_ours_says_whether_it_takes_forms():
    assert [each.name for each in every_route() if ours(each) and not methods(each)] == []


def takes_posts(route: Route) -> bool:
    """True for a view of our own whose decorator lets it be posted to."""
    return ours(route) and "POST" in methods(route)


def ours(route: Route) -> bool:
    door = route.door
    return door is not None and not door.closed and route.view.__module__.startswith("mooring.")


def methods(route: Route) -> list[str]:
    """What the decorator of a view lets through; empty where it has none."""
    return next((list(each) for each in enclosed(route.view) if named(each)), [])


def named(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool({"GET", "POST"} & set(map(str, value)))


def enclosed(view: Any) -> Iterator[Any]:
    """What the decorators of a view hold, from the outermost inwards."""
    while view is not None:
        yield from (cell.cell_contents for cell in view.__closure__ or ())
        view = getattr(view, "__wrapped__", None)
