"""A passage changed by two: one editor writes a draft, another publishes it or sends it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.handbook import publishing
from mooring.clinic.handbook.forms import LookForm, RevisionForm
from mooring.clinic.handbook.models import Draft, DraftState, Remark
from mooring.clinic.handbook.reading.current import current, digest
from mooring.clinic.handbook.review import discussion
from mooring.clinic.handbook.review.comparing import Beside, beside, shipped_beside
from mooring.clinic.handbook.review.waiting import may_publish, second_editors, waiting
from mooring.clinic.web import actor, now
from mooring.core.handbook import Passage


@allow("handbook.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def passage_edit(request: HttpRequest, passage_id: str) -> HttpResponse:
    """The texts of a passage, to be changed into a draft; with the remark that asked for it."""
    standing = current().handbook.passages.get(passage_id)
    if standing is None:
        raise Http404(passage_id)
    asked, before = asking(request, passage_id), waiting(passage_id)
    opened = before.new if before else standing
    form = RevisionForm(opened, request.POST or None, initial=begun(request, opened))
    if request.method == "POST" and form.is_valid():
        made = proposed(request, asked, form)
        if made is not None:
            return redirect("handbook_draft", made.pk)
    told = {
        "passage": standing,
        "before": before,
        "form": form,
        "asked": asked and discussion.said(actor(request), asked),
        "shipped": shipped_beside(standing),
        "meanwhile": meanwhile(form),
        "seconds": second_editors(person(request)),
    }
    return render(request, "handbook/edit.html", told, status=422 if form.errors else 200)


def person(request: HttpRequest) -> Any:
    """Who is signed in; doors.allow has let nobody else come here."""
    return request.user


def meanwhile(form: RevisionForm) -> tuple[Beside, ...]:
    """How the text that is there now differs from the one sent, where it changed in between."""
    standing = form.standing
    if not form.is_bound or form["opened_digest"].value() == digest(standing):
        return ()
    form.onto(digest(standing))
    return beside(form.cleaned_data["draft"], standing) if "draft" in form.cleaned_data else ()


def begun(request: HttpRequest, opened: Passage) -> dict[str, str]:
    """The form's first content: the text as it is, or a draft that was sent back, to go on from."""
    texts = opened.model_dump(exclude={"id"})
    named = request.GET.get("draft")
    if named:
        again = get_object_or_404(Draft, pk=key(named), passage=opened.id)
        texts = {**again.new.model_dump(exclude={"id"}), "why": again.why}
    return {**texts, "opened_digest": digest(opened)}


def asking(request: HttpRequest, passage_id: str) -> Remark | None:
    """The remark that the address names; None without one. Http404 for one that is not there."""
    named = request.GET.get("remark")
    if not named:
        return None
    return get_object_or_404(discussion.remarks(), pk=key(named), passage=passage_id)


def key(named: str) -> UUID:
    """The key that an address names. Http404 where it is none."""
    try:
        return UUID(named)
    except ValueError:
        raise Http404(named) from None


def proposed(request: HttpRequest, asked: Remark | None, form: RevisionForm) -> Draft | None:
    """The draft, once it is written; else the form says what stands in the way."""
    filled = {name: form.cleaned_data[name] for name in ("draft", "opened_digest", "why")}
    try:
        return publishing.propose(actor(request), remark=asked, now=now(), **filled)
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
        return None


@allow("handbook.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One draft: what it changes, who has to look, and what they may do with it."""
    found = get_object_or_404(Draft.objects.select_related("editor", "looked_by"), pk=draft_id)
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and looked(request, found, form):
        if form.cleaned_data["publish"]:
            return redirect(reverse("passage", args=[found.passage]) + "#versions")
        return redirect("remarks")
    told = {
        "draft": found,
        "waits": found.state == DraftState.WAITING,
        "mine": found.editor_id == request.user.pk,
        "passage": current().handbook.passages.get(found.passage),
        "texts": beside(found.old, found.new),
        "asked": found.remark and discussion.said(actor(request), found.remark),
        "seconds": may_publish(found),
        "form": form,
    }
    return render(request, "handbook/draft.html", told, status=422 if form.errors else 200)


def looked(request: HttpRequest, found: Draft, form: LookForm) -> bool:
    """True when it was published or set aside; else the form says what stands in the way."""
    filled = form.cleaned_data
    try:
        if filled["publish"]:
            publishing.publish(actor(request), draft=found, now=now())
        else:
            publishing.set_aside(actor(request), draft=found, said=filled["said"], now=now())
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
    return form.is_valid()
