"""How much a request may send, held before anything of it lies on the disk.

Django puts the whole body of a request in a temporary file before any view or sign-in is asked.
This stands in front of it: a stranger's 400 MB would otherwise fill the disk of the clinic.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from asgiref.sync import sync_to_async
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from mooring.clinic.logs import no_room
from mooring.clinic.middleware import NOT_NEEDED
from mooring.clinic.trouble import disk_is_full, sent_too_much

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

MB = 1024 * 1024
USUAL = 2 * MB
"""Bytes of a form, or of what a device sends after hours without the network."""
FILE = 52 * MB
"""Bytes of a page that takes a file of 50 MB, with what a browser puts around it."""
PATIENCE = 400 * MB
"""Bytes that somebody who is signed in may send to be told that it is too much."""
TAKE_FILES = frozenset({"patient_import", "import_into"})
"""The names of the pages that take one."""


class TooMuchError(Exception):
    """A request sent more than it may."""


class BodyLimit:
    """Answers 413 to a request that sends too much, and 507 where the disk takes no more."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = _Body(scope, receive)
        try:
            await body.require_declared()
            await self.app(scope, body.receive, send)
        except TooMuchError:
            await body.let_finish()
            await answer(await sync_to_async(sent_too_much)(), send)
        except OSError as problem:
            if not no_room(problem):
                raise
            await answer(await sync_to_async(disk_is_full)(), send)


class _Body:
    """The body of one request as it comes in."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope, self._receive = scope, receive
        self._came, self._limit, self._more = 0, USUAL, True

    async def require_declared(self) -> None:
        """Refuse what says itself that it is too much."""
        length = header(self._scope, b"content-length")
        if length.isdigit():
            await self._require(int(length[:20]))

    async def receive(self) -> Message:
        """The next part. Raises TooMuchError once more came than may."""
        message = await self._receive()
        self._came += len(message.get("body", b""))
        self._more = bool(message.get("more_body"))
        await self._require(self._came)
        return message

    async def let_finish(self) -> None:
        """Hear somebody who is signed in out, and keep nothing: a browser that is cut off while it
        sends shows no page. A stranger is cut off.
        """
        while self._limit == FILE and self._more and self._came < PATIENCE:
            message = await self._receive()
            self._came += len(message.get("body", b""))
            self._more = bool(message.get("more_body"))

    async def _require(self, size: int) -> None:
        if size > self._limit and self._limit == USUAL and takes_file(self._scope):
            self._limit = FILE if await signed_in(self._scope) else USUAL
        if size > self._limit:
            raise TooMuchError


def takes_file(scope: Scope) -> bool:
    """True for an address that takes a file."""
    try:
        return resolve(scope["path"]).url_name in TAKE_FILES
    except Resolver404:
        return False


@sync_to_async
def signed_in(scope: Scope) -> bool:
    """True where the request has the cookie of somebody who is signed in and whose screen is open.

    The page asks for the permission itself, once the file is there.
    """
    try:
        cookies = SimpleCookie(header(scope, b"cookie").decode("latin-1"))
    except CookieError:
        return False
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    if found is None:
        return False
    session = SessionStore(found.value)
    return session.get(SESSION_KEY) is not None and not session.get("locked")


def header(scope: Scope, name: bytes) -> bytes:
    """A header of the request; empty where it has none."""
    return next((value for key, value in scope["headers"] if key == name), b"")


def guards() -> dict[str, str]:
    """What every other answer is told by the middleware, which these pages do not pass."""
    told = {
        "Content-Security-Policy": build_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        **NOT_NEEDED,
    }
    if settings.BEHIND_TLS:
        lasts = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
        told["Strict-Transport-Security"] = lasts
    return told


async def answer(page: HttpResponse, send: Send) -> None:
    """Send a page that no view made, and end the connection: the rest is not read."""
    said = {**guards(), **dict(page.items())}
    headers = [(key.lower().encode(), value.encode()) for key, value in said.items()]
    headers.append((b"connection", b"close"))
    start = {"type": "http.response.start", "status": page.status_code, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": page.content})
