"""The server's log: when, for which request and account, and what; never what was said of anybody.

Short lines for what is known, tracebacks for Mooring's own faults. A traceback names files, lines
and kinds of problems. What a problem says of itself can repeat what was typed or stored, so only
that is kept which speaks of the code.
"""

from __future__ import annotations

import errno
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

from mooring.clinic.requests import account, number

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""What a system says of a full disk, a used-up quota and a disk that takes no writes."""
OUT_OF_REACH = (OperationalError, InterfaceError, InternalError)
"""A database that cannot be reached, is locked, full or takes no writes; never a wrong query."""
ANSWERS_TO_CALLERS = 500
"""Below this status an answer is the caller's matter: it is told in one line, without a traceback.
"""


FULL = ("database or disk is full", "no space left on device", "disk full")
"""What SQLite and PostgreSQL say of a disk that takes no more."""


def no_room(problem: BaseException | None) -> bool:
    """True when a disk is full, as the system or a database says."""
    if isinstance(problem, OSError):
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    said = str(problem).lower()
    return isinstance(problem, OUT_OF_REACH) and any(words in said for words in FULL)


def out_of_reach(problem: BaseException | None) -> bool:
    """True when a database or a disk could not do its part, whatever was asked of it."""
    if isinstance(problem, OSError):
        return problem.errno in NO_ROOM
    return isinstance(problem, OUT_OF_REACH) or type(problem) is DatabaseError


SPEAK_OF_THE_CODE = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
"""What these say of themselves names parts of the program and no values."""
QUOTED = re.compile(r'((?:column|relation|constraint|table) "[^"]*")|"[^"]*"')
"""What PostgreSQL quotes: names of its tables, which stay, and values."""
SECRET = re.compile(r"/(?=[^/\s]*[A-Z0-9])[^/\s]{16,}")
UUID = re.compile(r"/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ShortFormatter(logging.Formatter):
    """One line with time, level, request, account and source; tracebacks for own faults only.

    A refusal is a log record with a status below 500; the last line of what a database said is
    put behind the message.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        problem = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        request = getattr(record, "request", None)
        at = datetime.fromtimestamp(record.created, UTC)
        said = " ".join(record.getMessage().splitlines())
        said = without_secrets(said) if record.name.startswith("django") else said
        whose = f"{number(request) or '-'} {account(request) or '-'}"
        line = f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {whose} {record.name}: {said}"
        if problem is None:
            return line
        if out_of_reach(problem):
            return f"{line} ({first_line(problem)})"
        refused = getattr(record, "status_code", ANSWERS_TO_CALLERS) < ANSWERS_TO_CALLERS
        return line if refused else "\n".join([line, *told(problem)])


def without_secrets(line: str) -> str:
    """Addresses without what opens something: a link's long random part is no one's to read."""
    return SECRET.sub(lambda found: found[0] if UUID.fullmatch(found[0]) else "/…", line)


def told(problem: BaseException | None) -> Iterator[str]:
    """A problem and what led to it: kinds, files and lines."""
    if problem is None:
        return
    before = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
    yield from told(before)
    if before is not None:
        yield "… which led to:"
    yield from "".join(traceback.format_tb(problem.__traceback__)).splitlines()
    yield first_line(problem)


def first_line(problem: BaseException | None) -> str:
    """What kind a problem is, and what it says of the code or the database, on one line."""
    kind = type(problem).__name__
    if isinstance(problem, DatabaseError | InterfaceError | OSError):
        said = QUOTED.sub(
            lambda found: found[1] or "“…”",
            (str(problem).strip().splitlines() or ["no reason given"])[0],
        )
        return f"{kind}: {said}"
    return f"{kind}: {problem}" if isinstance(problem, SPEAK_OF_THE_CODE) else kind
