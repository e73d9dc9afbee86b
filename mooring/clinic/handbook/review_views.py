"""What editors do: read open remarks, answer them, change a passage."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.forms import AnswerForm, RevisionForm
from mooring.clinic.handbook.models import Remark, State
from mooring.clinic.handbook.reading.current import current, digest
from mooring.clinic.handbook.review import discussion
from mooring.clinic.handbook.review.attention import attention
from mooring.clinic.handbook.review.comparing import Beside, beside, shipped_beside
from mooring.clinic.web import actor, now
from mooring.core.handbook import Passage


@allow("handbook.edit")
@require_safe
def remarks(request: HttpRequest) -> HttpResponse:
    """What waits for an editor: open remarks, and texts that a release left behind."""
    reader, waiting = actor(request), discussion.remarks().filter(state=State.OPEN)
    told = {
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


@allow("handbook.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def passage_edit(request: HttpRequest, passage_id: str) -> HttpResponse:
    """The texts of a passage, to be changed; with the remark that asked for it."""
    standing = current().handbook.passages.get(passage_id)
    if standing is None:
        raise Http404(passage_id)
    asked = asking(request, passage_id)
    form = RevisionForm(standing, request.POST or None, initial=as_it_stands(standing))
    if request.method == "POST" and form.is_valid() and revised(request, asked, form):
        return redirect(reverse("passage", args=[passage_id]) + "#versions")
    told = {
        "passage": standing,
        "form": form,
        "asked": asked and discussion.said(actor(request), asked),
        "shipped": shipped_beside(standing),
        "meanwhile": meanwhile(form),
    }
    return render(request, "handbook/edit.html", told, status=422 if form.errors else 200)


def meanwhile(form: RevisionForm) -> tuple[Beside, ...]:
    """How the text that stands now differs from the one sent, where it changed in between."""
    standing = form.standing
    if not form.is_bound or form["opened_digest"].value() == digest(standing):
        return ()
    form.onto(digest(standing))
    return beside(form.cleaned_data["draft"], standing) if "draft" in form.cleaned_data else ()


def as_it_stands(standing: Passage) -> dict[str, str]:
    """The passage as the form's first content."""
    return {**standing.model_dump(exclude={"id"}), "opened_digest": digest(standing)}


def asking(request: HttpRequest, passage_id: str) -> Remark | None:
    """The remark that the address names; None without one. Http404 for one that is not there."""
    named = request.GET.get("remark")
    if not named:
        return None
    try:
        key = UUID(named)
    except ValueError:
        raise Http404(named) from None
    return get_object_or_404(discussion.remarks(), pk=key, passage=passage_id)


def revised(request: HttpRequest, asked: Remark | None, form: RevisionForm) -> bool:
    """True when the new version is written; else the form says what stands in the way."""
    filled = {name: form.cleaned_data[name] for name in ("draft", "opened_digest", "why")}
    try:
        actions.revise(actor(request), remark=asked, now=now(), **filled)
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
    return form.is_valid()
