"""What planning a session asks about: other sessions at its time, and rules that are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.clock.doubled import offset_if_doubled
from mooring.clinic.courses.models import Order
from mooring.clinic.once.standing import Stands, shown
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.log import plan_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.sitting import is_group, most_patients
from mooring.clinic.sessions.usual import kinds_of, usual
from mooring.core.protocols.leaving import policy as leaving

REACH = timedelta(hours=12)
"""No session lasts longer: what is planned farther away is not looked at."""
CLASH = "clash_reason"
RULES = "rules_reason"


@dataclass(frozen=True)
class Slot:
    """When a session is to be held, where, with whom, under which order."""

    order: Order
    begins_at: datetime
    room: str
    sitter: User
    itself: TreatmentSession | None = None
    """The session that is moved; None for a new one."""

    @property
    def ends_at(self) -> datetime:
        """When the patient may leave at the earliest by the usual criteria."""
        return self.begins_at + expected_length(self.order)


def expected_length(order: Order) -> timedelta:
    """From the first drug to the time that leaving needs at least, by the order's usual policy."""
    plan = plan_of(order)
    last = max([plan.over_minutes, *(dose.minute for dose in plan.doses)])
    needed = leaving.load(usual(order).leaving).minimum_time
    ends = [time.at_least.value + (last if time.since == "end" else 0) for time in needed]
    return timedelta(minutes=float(max([last, *ends])))


def at_the_same_time(slot: Slot) -> list[TreatmentSession]:
    """The other sessions whose time overlaps with the slot, in order."""
    rows = near(slot)
    return [row for row in rows if began(row) < slot.ends_at and slot.begins_at < over(row)]


def near(slot: Slot) -> QuerySet[TreatmentSession]:
    """The sessions planned or begun around the slot that were not called off."""
    around = (slot.begins_at - REACH, slot.begins_at + REACH)
    rows = TreatmentSession.objects.filter(
        Q(scheduled_at__range=around) | Q(started_at__range=around), cancelled_at__isnull=True
    )
    if slot.itself is not None:
        rows = rows.exclude(pk=slot.itself.pk)
    return rows.select_related("course__patient", "order", "sitter")


def began(session: TreatmentSession) -> datetime:
    """When it began; while it has not, when it is planned."""
    return session.started_at or session.scheduled_at


def over(session: TreatmentSession) -> datetime:
    """When the room is free again: at the signature, before it as long as leaving needs."""
    return session.signed_at or began(session) + expected_length(session.order)


def require_room_in_time(slot: Slot, reason: str) -> list[str]:
    """The clashes that `reason` agrees to; RefusedError for the patient's own, or without it."""
    others = at_the_same_time(slot)
    own = [row for row in others if row.patient_key == slot.order.patient_key]
    if own:
        raise RefusedError(
            f"This patient has a session at that time already: session {own[0].number}, "
            f"{local(own[0].scheduled_at)}. One patient is in one session at a time.",
            field="scheduled_at",
        )
    found = list(clashes(slot, others))
    if found and not reason.strip():
        raise RefusedError(
            *found, "If it is meant so, say why and press the button again.", field=CLASH
        )
    return found


def clashes(slot: Slot, others: Iterable[TreatmentSession]) -> Iterator[str]:
    """A room that is taken, and a sitter with more patients than the clinic lets one have."""
    others = list(others)
    together = is_group(slot.order)
    same_room = [row for row in others if named(row.room) == named(slot.room)]
    for row in same_room:
        if not (together and is_group(row.order)):
            yield f"{row.room} is taken then: {row.course.patient.name}, {local(began(row))}."
    beside = [row for row in others if row.sitter_id == slot.sitter.pk]
    # Whoever of them has to have a sitter for fewer still has to, beside this one.
    most = min(most_patients(order) for order in (slot.order, *(row.order for row in beside)))
    if len(beside) >= most:
        names = "; ".join(f"{row.course.patient.name}, {local(began(row))}" for row in beside)
        yield (
            f"{slot.sitter} sits with another patient then: {names}. "
            f"The clinic lets a sitter have {most} at a time for this route."
        )
    members = [row for row in same_room if together and is_group(row.order)]
    if members and len(members) >= most_patients(slot.order):
        yield (
            f"{members[0].room} holds a group of {len(members)} then, the most that a group may "
            "have."
        )


def named(room: str) -> str:
    """The name of a room as it is compared: capitals and blanks make no other room."""
    return " ".join(room.split()).casefold()


def moved_words(session: TreatmentSession, slot: Slot) -> str:
    """From what to what a session is moved."""
    was = f"{local(session.scheduled_at)}, {session.room}, sitter {session.sitter or 'not named'}"
    now = f"{local(slot.begins_at)}, {slot.room.strip()}, sitter {slot.sitter}"
    return f"Moved from {was} to {now}"


def plan_stands(session: TreatmentSession) -> Stands:
    """When and where a session is planned, or that it is called off."""
    said = {
        "Planned for": local(session.scheduled_at),
        "Room": session.room,
        "Sitter": shown(session.sitter),
    }
    off = session.cancelled_at is not None
    if off:
        said["Called off"] = session.cancel_reason
    # What is called off is neither moved nor called off again.
    instead = reverse("session", args=[session.pk]) if off else ""
    return Stands(f"plan of {session.pk}", said, instead=instead)


def local(moment: datetime) -> str:
    """Day and clock time in the clinic's zone, for a sentence."""
    here = timezone.localtime(moment)
    return f"{here:%-d %b, %H:%M}{offset_if_doubled(here)}"


def left_out(
    by: Actor, order: Order, chosen: dict[str, Any], reason: str, now: datetime
) -> list[dict[str, str]]:
    """The rules of the order's drug and route that are not to run, as the session keeps them.

    `chosen` has the ids by kind. RefusedError unless a prescriber leaves them out, with a reason.
    """
    missing = list(not_chosen(order, chosen))
    if not missing:
        return []
    titles = ", ".join(each["title"] for each in missing)
    if Role.PRESCRIBER not in by.roles:
        raise RefusedError(
            f"Only a prescriber leaves out a rule of this drug and route: {titles}.", field=RULES
        )
    if not reason.strip():
        raise RefusedError(f"Say why this does not run: {titles}.", field=RULES)
    said = {"reason": reason.strip(), "by": by.name, "at": now.isoformat()}
    return [{**each, **said} for each in missing]


def not_chosen(order: Order, chosen: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Each usual rule that is not among the chosen, with the one in its place."""
    for kind, load, names in kinds_of(order):
        now_chosen = chosen[kind] if kind == "stopping" else [chosen[kind]]
        for name in names:
            if name not in now_chosen:
                instead = "" if kind == "stopping" else str(chosen[kind])
                title = load(name).title
                yield {"rule": f"{kind}/{name}", "title": title, "instead": instead}
