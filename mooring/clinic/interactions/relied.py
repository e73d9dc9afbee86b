"""An order that was signed beside a medication list that turns out to have been another one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.interactions.reading import POLICY, Planned, entry, standing_order
from mooring.clinic.people.changes import ended, how_withdrawn, withdrawn_now
from mooring.clinic.people.models import Medication, Patient
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.owners import who_is_asked
from mooring.core.protocols.interactions import findings, read_list

KIND = "order_medicine"


def after_change(by: Actor, patient: Patient, now: datetime) -> None:
    """Tell who signed the order in force, where a corrected medicine changes what interacts.

    A medicine that ended was on the list as it was read: that is no correction.
    """
    gone = [row for row in withdrawn_now(Medication, patient, now) if not ended(row)]
    planned = standing_order(patient) if gone else None
    if planned is None or planned.order is None:
        return
    instead = {row.replaced_by_id for row in gone}
    stand = list(patient.medications.all())
    before = _speak(planned, [*gone, *(row for row in stand if row.pk not in instead)])
    after = _speak(planned, stand)
    if before != after:
        _tell(by, planned, gone, _difference(before, after), now)


def _speak(planned: Planned, rows: Iterable[Medication]) -> dict[str, tuple[str, ...]]:
    """The rules that speak, by title, with the medicines that make them."""
    listed = read_list(POLICY, [entry(row) for row in rows])
    found = findings(POLICY, listed, planned.drug, planned.route)
    return {each.rule.title: tuple(sorted(each.medicines)) for each in found}


def _difference(before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]) -> str:
    now = [title for title, about in after.items() if before.get(title) != about]
    no_more = [title for title in before if title not in after]
    said = [f"Interactions that speak now: {', '.join(now)}." if now else ""]
    said += [f"That speak no more: {', '.join(no_more)}." if no_more else ""]
    return " ".join(filter(None, said))


def _tell(
    by: Actor, planned: Planned, gone: list[Medication], difference: str, now: datetime
) -> None:
    order = planned.order
    assert order is not None  # noqa: S101
    owner = order.signed_by if order.signed_by.is_active else who_is_asked(order.course)
    if owner is None:
        return
    said = [f"{row.text}: {how_withdrawn(row)}." for row in gone]
    open_task(
        by,
        patient=gone[0].patient,
        kind=KIND,
        title="Order: a medicine behind it no longer stands",
        detail="\n".join([*said, difference, f"The order in force: {order.in_brief}."]),
        owner=owner,
        source=f"{order.pk}:{gone[0].pk}",
        due_at=now,
        now=now,
    )
