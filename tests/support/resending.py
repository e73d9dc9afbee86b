"""The same form sent many times at the same moment, each time over a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from mooring.clinic.rows import new_id

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User

T = TypeVar("T")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Form:
    """A form as a person's browser sends it."""

    by: User | None
    path: str
    data: dict[str, Any]
    """A file is a pair of name and content: each submit reads it anew."""
    action: str = ""
    """What the audit calls the write; empty where none is expected."""
    cookies: dict[str, str] = field(default_factory=dict)
    """Of a browser that was here before; used instead of signing in."""

    def with_id(self) -> Form:
        """The form as its page was rendered: with an id."""
        data = {**self.data, "_form_id": str(new_id())}
        return Form(self.by, self.path, data, self.action, self.cookies)

    def browser(self) -> Client:
        """A browser in which its person is signed in."""
        client = Client(raise_request_exception=False)
        if self.by is not None:
            client.force_login(self.by, backend=BACKEND)
        client.cookies.load(self.cookies)
        return client


def sent_at_once(form: Form, times: int) -> list[Any]:
    """The answers to so many identical submits, all begun together."""
    cookies = {name: morsel.value for name, morsel in form.browser().cookies.items()}
    return together(lambda: _sent(form, cookies), times)


def _sent(form: Form, cookies: dict[str, str]) -> Any:
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    files = {
        name: SimpleUploadedFile(*value)
        for name, value in form.data.items()
        if isinstance(value, tuple)
    }
    return client.post(form.path, {**form.data, **files})


def together(do: Callable[[], T], times: int) -> list[T]:
    """What so many threads return that begin at one moment. Raises what one of them raised."""
    gate = threading.Barrier(times)
    answers: list[T] = []
    problems: list[Exception] = []

    def run() -> None:
        try:
            gate.wait(60)
            answers.append(do())
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return answers
