"""What the chart says against a gate's yes, and what is kept of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mooring.clinic.courses.models import Order
from mooring.clinic.screening.standing import screen
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.prescription import Compounded
from mooring.core.protocols.ladders import Answer, Gate
from mooring.core.protocols.ladders import load as load_ladder

GATES = load_ladder("intranasal_steps")
SUPERVISED = "supervised_dose"


def against(order: Order, today: date) -> dict[str, tuple[str, ...]]:
    """By gate, what the record holds that speaks against a yes."""
    found = {
        finding.rule: finding.title for finding in screen(order.course.patient, today).findings
    }
    return {gate.id: tuple(_against(gate, order, found)) for gate in GATES.home}


def _against(gate: Gate, order: Order, found: Mapping[str, str]) -> Iterator[str]:
    if gate.id == SUPERVISED and not given_under_watch(order):
        yield "no session here gave this product and was signed off"
    for rule in gate.beside:
        if rule in found:
            yield found[rule]


def given_under_watch(order: Order) -> bool:
    """Whether a session of this patient gave the order's product until somebody signed it off."""
    sessions = TreatmentSession.objects.filter(
        course__patient=order.course.patient_id,
        started_at__isnull=False,
        signed_at__isnull=False,
        cancelled_at__isnull=True,
        order__kind=order.kind,
        order__route=order.route,
    )
    made = made_of(order)
    return any(made_of(session.order) == made for session in sessions.select_related("order"))


def made_of(order: Order) -> tuple[str, str]:
    """The product and its strength, by which one bottle or troche is the same as another."""
    written = order.as_written
    assert isinstance(written, Compounded)  # noqa: S101 - the view lets no other kind in
    return written.product.id, written.strength.text()


def kept(order: Order, answers: Mapping[str, Answer], today: date) -> list[dict[str, Any]]:
    """Every gate as it was answered, with the policy it comes from."""
    said, version = against(order, today), f"{GATES.id} {GATES.version}"
    return [_kept(gate, answers.get(gate.id), said[gate.id], version) for gate in GATES.home]


def _kept(gate: Gate, answer: Answer | None, said: tuple[str, ...], version: str) -> dict[str, Any]:
    given = answer or Answer(None)
    return {
        "gate": gate.id,
        "asks": gate.asks,
        "yes": given.yes,
        "words": given.words,
        "on": given.on and given.on.isoformat(),
        "record": list(said),
        "policy": version,
    }
