"""What editors do with remarks: read those that wait, and answer them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.forms import AnswerForm
from mooring.clinic.handbook.models import Draft, DraftState, Remark, State
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.review import discussion
from mooring.clinic.handbook.review.attention import attention
from mooring.clinic.web import actor, now


@allow("handbook.edit")
@require_safe
def remarks(request: HttpRequest) -> HttpResponse:
    """What waits for an editor: drafts, open remarks, and texts that a release left behind."""
    reader, waiting = actor(request), discussion.remarks().filter(state=State.OPEN)
    drafts = Draft.objects.select_related("editor").filter(state=DraftState.WAITING)
    told = {
        "drafts": [(one, one.editor_id == request.user.pk) for one in drafts],
        "open": [discussion.said(reader, one) for one in waiting],
        "attention": list(attention()),
        "passages": current().handbook.passages,
    }
    return render(request, "handbook/remarks.html", told)


@allow("handbook.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, remark_id: UUID) -> HttpResponse:
    """One remark, with the form that answers it."""
    found = get_object_or_404(discussion.remarks(), pk=remark_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and answered(request, found, form):
        return redirect("remarks")
    told = {
        "said": discussion.said(actor(request), found),
        "remark": found,
        "passage": current().handbook.passages.get(found.passage),
        "form": form,
    }
    return render(request, "handbook/remark.html", told, status=422 if form.errors else 200)


def answered(request: HttpRequest, found: Remark, form: AnswerForm) -> bool:
    """True when the answer is written; else the form says what stands in the way."""
    filled = form.cleaned_data
    state = filled["state"] or found.state
    try:
        actions.answer(actor(request), remark=found, text=filled["text"], state=state, now=now())
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
    return form.is_valid()
