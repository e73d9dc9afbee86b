"""Every write is an action: permission, change and audit row in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from mooring.clinic import refusals
from mooring.clinic.audit import chain
from mooring.clinic.once.submission import claim
from mooring.clinic.permissions import PERMISSIONS, SIGNED, Role, allowed
from mooring.clinic.rows import Row
from mooring.clinic.written import collecting, listening

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User


class UnprovenError(Exception):
    """Somebody is about to sign who has not shown lately that it is them."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission


class RefusedError(Exception):
    """An action that cannot be done as asked. Each reason is a sentence for the person asking."""

    def __init__(self, *reasons: str, field: str | None = None) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
        self.field = field


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, a patient through a personal link, or the command line."""

    name: str
    roles: frozenset[Role]
    kind: str = "person"
    """person, patient link or command."""
    user: User | None = None
    patient: UUID | None = None
    """Whose chart is this actor's own; None for whoever is no patient here."""
    shown: str | None = None
    """How somebody at a browser showed lately that it is them, for example "PIN"; empty for not
    lately. None where nobody sits at a browser: the command line, the demonstration."""

    @property
    def key(self) -> str:
        """What the audit calls this actor."""
        return str(self.user.pk) if self.user else f"{self.kind}:{self.patient or self.name}"


def command(name: str) -> Actor:
    """The actor for work started on the command line; it may do what staff may."""
    return Actor(name=name, roles=frozenset(Role) - {Role.PATIENT}, kind="command")


P = ParamSpec("P")
R = TypeVar("R", bound=Row)
Action = Callable[Concatenate[Actor, P], R]

# SQLite's own waiting is unfair under load: one lock for the process's writers keeps the queue.
_writers = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction; on SQLite one writer at a time within the process."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with _writers, transaction.atomic():
        yield


def action(permission: str) -> Callable[[Action[P, R]], Action[P, R]]:
    """Make a function the only way to do one write.

    The function takes the actor first and `now` by keyword, changes rows and returns the row that
    the change is about. It runs in one transaction with its audit row; if either fails, neither
    stands. PermissionDenied is raised before anything is read, and UnprovenError where it signs and
    its person has not shown lately that it is them.
    """
    if permission not in PERMISSIONS:
        raise KeyError(f"{permission} is not in mooring.clinic.permissions.PERMISSIONS")

    def declare(function: Action[P, R]) -> Action[P, R]:
        name = f"{function.__module__.split('.')[2]}.{function.__name__}"

        @wraps(function)
        def run(by: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            within = listening()
            try:
                return done(by, *args, **kwargs)
            except (PermissionDenied, RefusedError) as refusal:
                if not within:
                    refused(by, name, refusal, kwargs)
                raise

        def done(by: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not allowed(by.roles, permission):
                raise PermissionDenied(permission)
            if permission in SIGNED and by.shown == "":
                raise UnprovenError(permission)
            # An action within an action shares the claim of the outer one on the form.
            outermost = not listening()
            with writing(), collecting() as written:
                if outermost:
                    claim(cast(datetime, kwargs.get("now")))
                row = function(by, *args, **kwargs)
                require_chart(by, permission, row)
                chain.append(
                    at=cast(datetime, kwargs["now"]),
                    actor=by.key,
                    actor_name=by.name,
                    action=name,
                    subject=row._meta.label,
                    subject_id=str(row.pk),
                    patient=row.patient_key,
                    digest=row.digest(),
                    detail=(by.shown or "") if permission in SIGNED else "",
                    written=written,
                )
            return row

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return declare


def refused(by: Actor, name: str, refusal: Exception, about: Mapping[str, Any]) -> None:
    """Audit that an action was refused, after what it had begun is undone.

    Who, which action, whose chart, and what stood against it; never what was typed.
    """
    rows = (value.patient_key for value in about.values() if isinstance(value, Row))
    with writing():
        refusals.note(
            actor=by.key,
            actor_name=by.name,
            what=name,
            patient=next((key for key in rows if key is not None), None),
            why=refusals.why(refusal),
            at=cast(datetime, about.get("now")) or timezone.now(),
        )
    cast(Any, refusal).audited = True


OWN_CHART = "own chart"
"""The reason of a refusal where staff who are patients too would write in their own chart."""


def require_chart(by: Actor, permission: str, row: Row) -> None:
    """In their own chart people write as its patient, in every other one as staff.

    A nurse who is also a patient charts for others, and nothing for herself that is hers only
    because she is a nurse.
    """
    if by.patient is None and row.patient_key is None:
        return
    own = row.patient_key == by.patient
    roles = by.roles & {Role.PATIENT} if own else by.roles - {Role.PATIENT}
    if not allowed(roles, permission):
        raise PermissionDenied(OWN_CHART if own else permission)
