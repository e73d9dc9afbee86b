"""The event stream that live pages follow."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

from django.db import connection
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.live.hub import following
from mooring.clinic.live.listening import ensure_listening
from mooring.clinic.openings import enter

TOPIC = re.compile(r"today|attention|session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_A_SESSION = "session:"
BEAT_SECONDS = 10
LONGEST_SECONDS = 600
"""A page then comes back by itself, and who follows is checked again."""


@allow("session.view")
@require_safe
def stream(request: HttpRequest) -> StreamingHttpResponse:
    """Hints for one topic. The view gives its database connection back before it streams."""
    topic = request.GET.get("topic", "")
    if not TOPIC.fullmatch(topic):
        raise Http404(topic)
    if topic.startswith(OF_A_SESSION):
        enter(request, "session.view", {"session_id": topic.removeprefix(OF_A_SESSION)})
    # The thread of this request lives as long as its stream, and must not keep a connection.
    if not connection.in_atomic_block:
        connection.close()
    response = StreamingHttpResponse(events(topic), content_type="text/event-stream; charset=utf-8")
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


async def events(topic: str) -> AsyncIterator[str]:
    """A hint at once, for what was missed before, and at each change; beats say that it lives."""
    ensure_listening()
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_SECONDS
    with following(topic) as follower:
        yield "retry: 2000\n\n"
        yield "event: hint\ndata: \n\n"
        while loop.time() < end:
            try:
                await asyncio.wait_for(follower.woken.wait(), BEAT_SECONDS)
            except TimeoutError:
                yield "event: beat\ndata: \n\n"
            else:
                follower.woken.clear()
                yield "event: hint\ndata: \n\n"
