"""A passage, a chapter or the whole handbook with what readers said, and the form for a remark."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.handbook import actions
from mooring.clinic.handbook.chapter_views import faces
from mooring.clinic.handbook.forms import RemarkForm
from mooring.clinic.handbook.models import About
from mooring.clinic.handbook.reading.chapters import shown
from mooring.clinic.handbook.reading.chips import in_program
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import face_of
from mooring.clinic.handbook.review.changes import changes
from mooring.clinic.handbook.review.discussion import discussion, experiences
from mooring.clinic.handbook.review.waiting import waiting
from mooring.clinic.permissions import allowed
from mooring.clinic.suicidality.from_words import call_about
from mooring.clinic.web import actor, now
from mooring.core.handbook import Face
from mooring.core.protocols.suicidality.phrases import speaks_of_wanting_to_die

WHOLE = "-"
"""Stands for the digest of what is more than a passage: the server works that out itself."""


@allow("handbook.remark")
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, passage_id: str) -> HttpResponse:
    """One passage with its remarks and versions, and the form for a remark."""
    page = passage_page(request, passage_id, face_of(request))
    form = RemarkForm(About.PASSAGE, request.POST or None, initial=begun(request, page))
    return said(request, "handbook/passage.html", page, form, passage_id)


@allow("handbook.remark")
@require_http_methods(["GET", "HEAD", "POST"])
def chapter_remarks(request: HttpRequest, chapter_id: str) -> HttpResponse:
    """What readers say about a chapter as a whole, and the form for a remark."""
    face = face_of(request)
    try:
        chapter = current().handbook.for_reader(face).chapter(chapter_id)
    except KeyError as unknown:
        raise Http404 from unknown
    page = {"chapter": chapter, **discussed(request, chapter_id, face)}
    form = RemarkForm(About.CHAPTER, request.POST or None, initial=begun(request, page))
    return said(request, "handbook/subject.html", page, form, chapter_id)


@allow("handbook.remark")
@require_http_methods(["GET", "HEAD", "POST"])
def handbook_remarks(request: HttpRequest) -> HttpResponse:
    """What readers say about the handbook as a whole, and the form for a remark."""
    page = discussed(request, "", face_of(request))
    form = RemarkForm(About.HANDBOOK, request.POST or None, initial=begun(request, page))
    return said(request, "handbook/subject.html", page, form, "")


def begun(request: HttpRequest, page: dict[str, Any]) -> dict[str, str]:
    """What the form holds at first: which text was read."""
    read = page["passage"].digest if "passage" in page else WHOLE
    return {"face": face_of(request), "text_digest": read}


def said(
    request: HttpRequest, template: str, page: dict[str, Any], form: RemarkForm, key: str
) -> HttpResponse:
    """The page; help first where the text speaks of wanting to die; back to it once it is sent."""
    if request.method == "POST" and speaks_of_wanting_to_die(request.POST.get("text", "")):
        return help_now(request, page, form, key)
    if request.method == "POST" and form.is_valid() and remarked(request, key, form):
        return redirect(where(*subject(form, key)) + page["query"] + "#said")
    return render(request, template, {**page, "form": form}, status=422 if form.errors else 200)


def help_now(
    request: HttpRequest, page: dict[str, Any], form: RemarkForm, key: str
) -> HttpResponse:
    """Help before anything else; the remark is kept all the same where it can be."""
    by, text = actor(request), request.POST["text"]
    task = call_about(by, passage=key or "as a whole", text=text, now=now())
    kept = form.is_valid() and remarked(request, key, form)
    facts = {"task": task, "kept": kept, "back": where(form.widest, key) + page["query"]}
    return render(request, "handbook/crisis.html", facts)


def subject(form: RemarkForm, key: str) -> tuple[About, str]:
    """What the remark is about, and its id: a chapter's is the first part of its passages'."""
    about = About(form.cleaned_data["about"])
    part = {About.PASSAGE: key, About.CHAPTER: key.partition(".")[0], About.HANDBOOK: ""}
    return about, part[about]


def where(about: About, key: str) -> str:
    """The page on which such a remark is found again."""
    if about is About.HANDBOOK:
        return reverse("handbook_remarks")
    return reverse("passage" if about is About.PASSAGE else "chapter_remarks", args=[key])


def passage_page(request: HttpRequest, passage_id: str, face: Face) -> dict[str, Any]:
    """What the page of a passage shows. Http404 where this reader has no such passage."""
    book = current()
    found = book.handbook.for_reader(face).passages.get(passage_id)
    if found is None:
        raise Http404(passage_id)
    may_edit = allowed(actor(request).roles, "handbook.edit")
    return {
        "passage": shown(book, found, face, in_program(face)),
        "chapter": book.handbook.chapter(passage_id.partition(".")[0]),
        "changes": list(changes([face] if face is Face.PATIENT else Face, passage_id)),
        "draft": waiting(passage_id) if may_edit else None,
        **discussed(request, passage_id, face),
    }


def discussed(request: HttpRequest, key: str, face: Face) -> dict[str, Any]:
    """What was said about a passage, a chapter or the whole, as this reader is shown it."""
    return {
        "discussion": list(discussion(actor(request), [key])),
        "experiences": list(experiences(face is Face.PATIENT, [key])),
        **faces(request, face),
    }


def remarked(request: HttpRequest, key: str, form: RemarkForm) -> bool:
    """True when the remark is written; else the form says what stands in the way."""
    about, part = subject(form, key)
    filled = {**form.cleaned_data, "face": Face(form.cleaned_data["face"]), "about": about}
    try:
        actions.remark(actor(request), passage=part, now=now(), **filled)
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
    return form.is_valid()
