"""The session's log between table and core: rows as entries, the order as a plan, the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.clock.steps import steps_of
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import concentration
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.sessions.usual import usual
from mooring.core.drugs.dosed import Dosed
from mooring.core.drugs.drug import Route
from mooring.core.quantities import MilligramsPerKilogram, MilligramsPerMillilitre
from mooring.core.session.entries import CONTENT, AnyContent, Entry
from mooring.core.session.fold import fold
from mooring.core.session.policies import (
    MissingPoliciesError,
    SessionPolicies,
    session_policies,
)
from mooring.core.session.standing import resolve
from mooring.core.session.straight import straightened
from mooring.core.session.timeline import timeline
from mooring.core.session.view import Plan, PlannedDose, SessionView, TimelineItem

COLUMNS = ("systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "moaas")
"""Fields of an entry's content that the table keeps in columns of their own."""


def columns(content: AnyContent) -> dict[str, Any]:
    """What the row of an entry with this content holds: kind, own columns, the rest as detail."""
    detail = content.model_dump(mode="json", exclude={"kind"})
    own = {name: detail.pop(name) for name in COLUMNS if name in detail}
    return {"kind": content.kind, **own, "detail": detail}


def content_of(row: SessionEntry) -> AnyContent:
    """The content that `columns` made the row of."""
    own = {name: value for name in COLUMNS if (value := getattr(row, name)) is not None}
    return CONTENT.validate_python({**row.detail, **own, "kind": row.kind})


def entry_of(row: SessionEntry) -> Entry:
    """One line of the log as core reads it."""
    return Entry(
        id=row.id,
        sequence=row.sequence,
        effective_at=row.effective_at,
        recorded_at=row.recorded_at,
        author=str(row.author),
        content=content_of(row),
    )


def entries_of(session: TreatmentSession) -> list[Entry]:
    """The whole log in the order in which the server took it, its times by the present clock."""
    log = [entry_of(row) for row in session.entries.select_related("author")]
    return straightened(log, steps_of(session))


def plan_of(order: Order) -> Plan:
    """What the signed order says. Milligrams per kilogram only where it was ordered so."""
    written = order.as_written
    by_weight = isinstance(written, Dosed) and isinstance(written.dose, MilligramsPerKilogram)
    per_kilogram = written.per_kilogram() if by_weight else None
    in_vial = written.strength
    strength = in_vial if isinstance(in_vial, MilligramsPerMillilitre) else None
    return Plan(
        ordered_mg=order.total_mg,
        over_minutes=order.over_minutes or Decimal(0),
        ordered_mg_per_kg=None if per_kilogram is None else per_kilogram.value,
        weight_kg=None if written.weight is None else written.weight.value.value,
        doses=() if order.infused else tuple(planned(order)),
        concentration_mg_per_ml=order.concentration_mg_per_ml,
        strength_mg_per_ml=strength.value if strength is not None else None,
        priming_ml=the_clinic().priming_ml or Decimal(0),
        route=Route(order.route),
    )


def planned(order: Order) -> Iterator[PlannedDose]:
    """The doses of an order that no pump gives, each at its minute."""
    for each in order.as_written.administrations():
        words = f"{each.words}{drawn_up(order)}"
        yield PlannedDose(each.minute.value, each.amount.value, words)


def drawn_up(order: Order) -> str:
    """What is in the syringe, for example ", 1.4 mL of 50 mg/mL"; empty where nothing is drawn up.

    A strength that the order leaves open names no volume.
    """
    written, line = order.as_written, concentration(order)
    strength = line or written.strength
    if not isinstance(written, Dosed) or not isinstance(strength, MilligramsPerMillilitre):
        return ""
    return f", {written.syringe(strength).text()}"


def policies_of(session: TreatmentSession) -> SessionPolicies:
    """The policies of this session: the versions kept with it; before the first drug, the newest.

    MissingPoliciesError names those that are not there.
    """
    return session_policies(
        stop_rules(session), session.monitoring, session.starting, session.leaving,
        session.policy_versions,
    )  # fmt: skip


def stop_rules(session: TreatmentSession) -> list[str]:
    """The ids of its stop rules. Before the first drug, what belongs to its drug and route now is
    among them unless a prescriber left it out, also where it was released after the planning."""
    if session.policy_versions:
        return list(session.stopping)
    out = {each["rule"] for each in session.left_out}
    belonging = (name for name in usual(session.order).stopping if f"stopping/{name}" not in out)
    return list(dict.fromkeys((*session.stopping, *belonging)))


def view_if_judged(
    session: TreatmentSession, now: datetime, entries: list[Entry] | None = None
) -> SessionView | None:
    """The session at `now`; None where a policy it runs under is missing, so that nothing judges.

    `entries` is the log where it was read already. The session's page names what is missing.
    """
    try:
        return read_view(session, now, entries)
    except MissingPoliciesError:
        return None


def timeline_of(session: TreatmentSession, now: datetime) -> tuple[TimelineItem, ...]:
    """Every line of the log with its corrections, read without any policy."""
    entries = entries_of(session)
    return timeline(entries, resolve(entries, latest_moment(entries, now)))


def latest_moment(entries: Iterable[Entry], now: datetime) -> datetime:
    """`now`, or the newest entry where a device's clock runs a little ahead of it."""
    return max([now, *(entry.effective_at for entry in entries)])


def read_view(
    session: TreatmentSession, now: datetime, entries: list[Entry] | None = None
) -> SessionView:
    """The whole session as it stands at `now`.

    A device whose clock runs a little ahead writes entries of the near future (at most the two
    minutes that `write_entry` lets pass). They count at once: no alert waits for a clock.
    """
    log = entries_of(session) if entries is None else entries
    return fold(policies_of(session), plan_of(session.order), log, latest_moment(log, now))
