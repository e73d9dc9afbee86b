"""The medication list of a chart, and the drug and route that its standing order plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.courses.models import Order
from mooring.clinic.people.codings import codings
from mooring.clinic.people.lists import AskedList, asked_list
from mooring.clinic.people.models import ListName, Medication, Patient
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Entry
from mooring.core.protocols.interactions import Listed, load, read_list

POLICY = load("route_aware")


@dataclass(frozen=True)
class MedicationList:
    """What stands on the list, as it was read, and when it was last added to."""

    listed: Listed
    as_of: datetime | None
    """None where the record holds no medication: nothing was compared then."""
    stands: AskedList
    """Whether somebody was asked, and said that there are none."""


@dataclass(frozen=True)
class Planned:
    """What is to be given. `order` is None where somebody chose it on the page."""

    drug: Drug
    route: Route
    order: Order | None = None


def medication_list(patient: Patient) -> MedicationList:
    """The medications of the chart, read entry by entry."""
    rows = list(patient.medications.order_by("recorded_at", "text"))
    as_of = max((row.recorded_at for row in rows), default=None)
    listed = read_list(POLICY, [entry(row) for row in rows])
    return MedicationList(listed, as_of, asked_list(patient, ListName.MEDICATIONS))


def entry(row: Medication) -> Entry:
    """One row of the chart as a line of the list."""
    status = "ended" if row.until is not None and row.status == "unknown" else row.status
    return Entry(row.text, row.dose, row.system, row.code, status, codings(row))


def standing_order(patient: Patient) -> Planned | None:
    """The newest order that stands, in a course that goes on; None where there is none."""
    order = (
        Order.objects.filter(course__patient=patient, course__ended_at=None, withdrawn_at=None)
        .order_by("-signed_at")
        .first()
    )
    return Planned(Drug(order.drug), Route(order.route), order) if order else None
