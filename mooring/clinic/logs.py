"""The server's log: short lines for what is known, tracebacks for Mooring's own faults."""

from __future__ import annotations

import copy
import errno
import logging

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError

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


class ShortFormatter(logging.Formatter):
    """Tracebacks only for what is Mooring's own fault: refusals and a missing database are known.

    A refusal is a log record with a status below 500; the last line of what a database said is
    put behind the message.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        problem = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        known = out_of_reach(problem)
        refused = getattr(record, "status_code", ANSWERS_TO_CALLERS) < ANSWERS_TO_CALLERS
        if not known and not refused:
            return super().format(record)
        short = copy.copy(record)
        short.exc_info = short.exc_text = None
        text = super().format(short)
        return f"{text} ({first_line(problem)})" if known else text


def first_line(problem: BaseException | None) -> str:
    """What a problem says of itself, on one line."""
    said = str(problem).strip().splitlines()
    return f"{type(problem).__name__}: {said[0] if said else 'no reason given'}"
