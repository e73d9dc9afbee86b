"""One patient with everything that an address can lead to: a course, a session, a prescription…"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.support.cast import NOON
from tests.support.clinical import session_for

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User
    from mooring.clinic.courses.models import Course, Order
    from mooring.clinic.measures.models import Assignment
    from mooring.clinic.people.models import Patient

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def whole_chart(patient: Patient, prescriber: User, nurse: User) -> dict[str, Any]:
    """The words of every address about this patient; `token` opens a scale that can be answered."""
    from mooring.clinic.people.models import Condition
    from mooring.clinic.tasks.models import Task

    session = session_for(patient, prescriber)
    session.sitter = nurse
    session.save()
    asked, answered = scales(patient)
    task = Task.objects.create(
        patient=patient, kind="test", title="Call", owner=nurse, source=f"test:{patient.pk}",
        opened_at=NOON, due_at=LATER,
    )  # fmt: skip
    condition = Condition.objects.create(
        patient=patient, text="asthma", status="active", origin="a test", recorded_at=NOON
    )
    return {
        "patient_id": patient.pk,
        "course_id": session.course_id,
        "order_id": session.order_id,
        "session_id": session.pk,
        "task_id": task.pk,
        "assignment_id": asked.pk,
        "token": asked.token,
        "response_id": answered,
        "kind": "condition",
        "entry_id": condition.pk,
        **files(patient),
        **sprays(session.course, prescriber),
    }


def scales(patient: Patient) -> tuple[Assignment, Any]:
    """A scale that waits for its answer, and the key of one that was answered."""
    from mooring.clinic.actions import command
    from mooring.clinic.measures.actions import answer, assign, by_link

    facts = {"patient": patient, "measure": "phq9", "occasion": "weekly", "now": NOON}
    first, second = (
        assign(command("test"), due_at=NOON + timedelta(days=n), expires_at=LATER, **facts)
        for n in range(2)
    )
    nothing = {f"phq9.{number}": 0 for number in range(1, 10)}
    by = by_link(patient)
    response = answer(by, assignment=first, answers=nothing, started_at=NOON, now=NOON)
    return second, response.pk


def files(patient: Patient) -> dict[str, Any]:
    """A file that came in, a part of it that was kept, and one that waits."""
    from mooring.clinic.imports.models import ImportBatch, KeptResource, WaitingFile

    facts = {
        "patient": patient,
        "file_name": f"{patient.name}.json",
        "sha256": patient.pk.hex,
        "content": "",
    }
    batch = ImportBatch.objects.create(**facts, counts={}, imported_at=NOON, imported_by="a test")
    kept = KeptResource.objects.create(
        batch=batch, patient=patient, position=1, resource_type="Basic", reason="not read",
        content="{}",
    )  # fmt: skip
    waiting = WaitingFile.objects.create(
        **facts, by_number=True, received_at=NOON, received_by="a test"
    )
    return {"batch_id": batch.pk, "kept_id": kept.pk, "waiting_id": waiting.pk}


def sprays(course: Course, prescriber: User) -> dict[str, Any]:
    """A signed order of one spray with its prescription, and the first step of a ladder."""
    from mooring.clinic.courses.models import Order
    from mooring.clinic.courses.orders import columns
    from mooring.clinic.ladders.models import Ladder
    from mooring.clinic.prescriptions.models import SignedPrescription
    from mooring.core.drugs.nasal import NasalSprayOrder
    from mooring.core.drugs.products import product
    from mooring.core.quantities import Minutes

    spray = NasalSprayOrder(product("ketamine_nasal_spray_100"), (Minutes(0),), None)
    order = Order.objects.create(
        course=course, **columns(spray, None), findings={}, signed_by=prescriber, signed_at=NOON
    )
    typed = dict.fromkeys(
        ("clinic_address", "clinic_telephone", "registration", "patient_address", "indication"), "x"
    )
    prescription = SignedPrescription.objects.create(
        order=order, sections=[["Patient", ["A patient"]]], text="One spray.", typed=typed,
        at_home=False, doses=1, follow_up_on=LATER.date(), signed_by=prescriber, signed_at=NOON,
    )  # fmt: skip
    ladder = Ladder.objects.create(
        course=course, policy="intranasal_steps", policy_version="1", reason="Lives far away.",
        started_by=prescriber, started_at=NOON - timedelta(days=1),
    )  # fmt: skip
    return {
        "spray_order_id": order.pk,
        "prescription_id": prescription.pk,
        "ladder_id": ladder.pk,
        "step_id": a_step(order, prescriber),
    }


def a_step(order: Order, nurse: User) -> Any:
    """The key of a session that gave the ladder's first step."""
    from mooring.clinic.sessions.models import TreatmentSession
    from tests.clinic.sessions.steps import planned, ready_to_start, wrote

    # A day of its own: two charts of one test share the room.
    start = NOON + timedelta(days=TreatmentSession.objects.count())
    session = planned(order, nurse, at=start)
    ready_to_start(nurse, session, start)
    wrote(nurse, session, start, {"kind": "dose_given", "step": 1, "amount_mg": "10"})
    return session.pk
