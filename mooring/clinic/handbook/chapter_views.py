"""Chapters to read, and the list of changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.actions import Actor
from mooring.clinic.doors import allow
from mooring.clinic.handbook.reading.chapters import reading
from mooring.clinic.handbook.reading.chips import in_program
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import face_of, reads_as_patient
from mooring.clinic.handbook.review.changes import changes
from mooring.clinic.handbook.review.discussion import discussion, experiences
from mooring.clinic.web import actor
from mooring.core import evidence
from mooring.core.handbook import Face


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
            "experiences": list(experiences(face is Face.PATIENT, [*passages, chapter_id])),
            "said": len(list(discussion(actor(request), [chapter_id]))),
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


@allow("handbook.read")
@require_safe
def handbook_changes(request: HttpRequest) -> HttpResponse:
    """What changed and why, newest first."""
    face = face_of(request)
    shown_faces = [face] if face is Face.PATIENT else list(Face)
    told = {"changes": list(changes(shown_faces)), **faces(request, face)}
    return render(request, "handbook/changes.html", told)
