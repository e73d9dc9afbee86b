"""The page of a course on which touch consent and intention are asked and kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic.actions import RefusedError
from mooring.clinic.consents import actions
from mooring.clinic.consents.forms import IntentionForm, TouchForm
from mooring.clinic.consents.reading import standing_intention, touch_answers
from mooring.clinic.courses.forms import put_refusal
from mooring.clinic.courses.models import Course
from mooring.clinic.doors import allow
from mooring.clinic.web import actor, now


@allow("consent.record")
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """What stands, what stood before, and the two questions."""
    course = get_object_or_404(Course.objects.select_related("patient"), pk=course_id)
    asked = request.POST.get("asked", "")
    touch = TouchForm(request.POST if asked == "touch" else None)
    intention = IntentionForm(request.POST if asked == "intention" else None)
    if kept(request, course, touch, intention):
        return redirect("consents", course.pk)
    answers = touch_answers(course.patient, now())
    facts = {
        "course": course,
        "patient": course.patient,
        "touch_form": touch,
        "intention_form": intention,
        "touch": answers[-1] if answers else None,
        "earlier": list(reversed(answers[:-1])),
        "intention": standing_intention(course),
    }
    problems = touch.errors or intention.errors
    return render(request, "consents/consents.html", facts, status=422 if problems else 200)


def kept(request: HttpRequest, course: Course, touch: TouchForm, intention: IntentionForm) -> bool:
    """True once the form that was sent is kept; its problems stand on the form otherwise."""
    form: Any = touch if touch.is_bound else intention
    if not form.is_bound or not form.is_valid():
        return False
    try:
        if form is touch:
            said = touch.cleaned_data
            actions.record_touch(actor(request), patient=course.patient, now=now(), **said)
        else:
            said = intention.cleaned_data
            actions.record_intention(actor(request), course=course, now=now(), **said)
    except RefusedError as refused:
        put_refusal(form, refused)
        return False
    messages.success(request, "It is kept, and stands at the bedside.", extra_tags="met")
    return True
