"""Chapters to read, passages with what was said about them, and the list of changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.forms import RemarkForm
from mooring.clinic.handbook.reading.chapters import reading, shown
from mooring.clinic.handbook.reading.chips import in_program
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import face_of, reads_as_patient
from mooring.clinic.handbook.review.changes import changes
from mooring.clinic.handbook.review.discussion import discussion, experiences
from mooring.clinic.handbook.review.waiting import waiting
from mooring.clinic.permissions import allowed
from mooring.clinic.suicidality.from_words import call_about
from mooring.clinic.web import actor, now
from mooring.core import evidence
from mooring.core.handbook import Face
from mooring.core.protocols.suicidality.phrases import speaks_of_wanting_to_die


@allow("handbook.read")
@require_safe
def chapter(request: HttpRequest, chapter_id: str) -> HttpResponse:
    """One chapter, in the face that this reader is shown."""
    face, book = face_of(request), current()
    try:
        page = reading(book, chapter_id, face, in_program(face))
    except KeyError as unknown:
        raise Http404 from unknown
    passages = [passage.id for passage in page.passages]
    said = said_about(actor(request), passages)
    return render(
        request,
        "handbook/chapter.html",
        {
            "page": page,
            "version": evidence.load().version,
            "passages": [(passage, said[passage.id]) for passage in page.passages],
            "experiences": list(experiences(face is Face.PATIENT, passages)),
            **faces(request, face),
        },
    )


def said_about(reader: Actor, passages: list[str]) -> Counter[str]:
    """How many remarks this reader finds at each passage."""
    return Counter(one.remark.passage for one in discussion(reader, passages))


def faces(request: HttpRequest, face: Face) -> dict[str, Any]:
    """What every page with two faces needs."""
    as_patient = face is Face.PATIENT
    return {
        "as_patient": as_patient,
        "may_choose": not reads_as_patient(request),
        "query": "?face=patient" if as_patient and not reads_as_patient(request) else "",
    }


@allow("handbook.remark")
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, passage_id: str) -> HttpResponse:
    """One passage with its remarks and versions, and the form for a remark."""
    face = face_of(request)
    page = passage_page(request, passage_id, face)
    start = {"face": face, "text_digest": page["passage"].digest}
    form = RemarkForm(request.POST or None, initial=start)
    if request.method == "POST" and speaks_of_wanting_to_die(request.POST.get("text", "")):
        return help_now(request, passage_id, page, form)
    if request.method == "POST" and form.is_valid() and remarked(request, passage_id, form):
        return redirect(reverse("passage", args=[passage_id]) + page["query"] + "#said")
    status = 422 if form.errors else 200
    return render(request, "handbook/passage.html", {**page, "form": form}, status=status)


def help_now(
    request: HttpRequest, passage_id: str, page: dict[str, Any], form: RemarkForm
) -> HttpResponse:
    """Help before anything else; the remark is kept all the same where it can be."""
    by, text = actor(request), request.POST["text"]
    task = call_about(by, passage=passage_id, text=text, now=now())
    kept = form.is_valid() and remarked(request, passage_id, form)
    back = reverse("passage", args=[passage_id]) + page["query"]
    facts = {"task": task, "kept": kept, "back": back}
    return render(request, "handbook/crisis.html", facts)


def passage_page(request: HttpRequest, passage_id: str, face: Face) -> dict[str, Any]:
    """What the page shows. Http404 where this reader has no such passage."""
    book, reader = current(), actor(request)
    found = book.handbook.for_reader(face).passages.get(passage_id)
    if found is None:
        raise Http404(passage_id)
    return {
        "passage": shown(book, found, face, in_program(face)),
        "chapter": book.handbook.chapter(passage_id.partition(".")[0]),
        "discussion": list(discussion(reader, [passage_id])),
        "experiences": list(experiences(face is Face.PATIENT, [passage_id])),
        "changes": list(changes([face] if face is Face.PATIENT else Face, passage_id)),
        "draft": waiting(passage_id) if allowed(reader.roles, "handbook.edit") else None,
        **faces(request, face),
    }


def remarked(request: HttpRequest, passage_id: str, form: RemarkForm) -> bool:
    """True when the remark is written; else the form says what stands in the way."""
    filled = {**form.cleaned_data, "face": Face(form.cleaned_data["face"])}
    try:
        actions.remark(actor(request), passage=passage_id, now=now(), **filled)
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
    return form.is_valid()


@allow("handbook.read")
@require_safe
def handbook_changes(request: HttpRequest) -> HttpResponse:
    """What changed and why, newest first."""
    face = face_of(request)
    shown_faces = [face] if face is Face.PATIENT else list(Face)
    told = {"changes": list(changes(shown_faces)), **faces(request, face)}
    return render(request, "handbook/changes.html", told)
