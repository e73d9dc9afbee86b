"""Which tables are append-only: no UPDATE, no DELETE, no TRUNCATE, no replacing INSERT.

The triggers hold off honest mistakes and ordinary attackers; who owns the database can drop them,
and then the hash chain tells (`mooring.clinic.audit.verdict`). Each migration of the tables ends
with all guards put up as they should stand, so that none is lost where SQLite builds a table anew
and every new column is kept too. A migration that changes guarded rows lifts their guard.

A row of another table changes in its normal course: `NOT_GUARDED` says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction

from mooring.clinic.database.triggers import BY_KEY, Guard, wrong

AUDIT = Guard("audit_auditrow", taken="sequence = NEW.sequence OR hash = NEW.hash", chained=True)
WRITTEN_ROWS = Guard("audit_writtenrow")
SESSION_LOG = Guard(
    "treatment_sessionentry",
    taken=f"{BY_KEY} OR (session_id = NEW.session_id AND sequence = NEW.sequence)",
)
IDENTITY_CHANGES = Guard("people_identitychange")
HAND_OVERS = Guard("tasks_handover")
WATCHED_ANSWERS = Guard("measures_watchedanswer")
VIAL_CHECKS = Guard("vials_vialcheck")
STEP_REVIEWS = Guard("ladders_stepreview")
TAKE_HOME = Guard("prescriptions_takehomeswitch")
PRESCRIPTIONS = Guard("prescriptions_signedprescription")
VOIDINGS = Guard(
    "prescriptions_voiding", taken=f"{BY_KEY} OR prescription_id = NEW.prescription_id"
)
TOUCH_CONSENT = Guard("consents_touchconsent")
INTENTION = Guard("consents_intention")
TIERS = Guard("suicidality_tierentry")
SAFETY_PLANS = Guard("suicidality_safetyplan")
TIER_OPENINGS = Guard("suicidality_tieropening")
WATCH = Guard("exposure_watchentry", taken=f"{BY_KEY} OR corrects_id = NEW.corrects_id")
LIST_STATEMENTS = Guard("people_liststatement")
SCREENING_PLANS = Guard("screening_screeningplan")
SIDES_TAKEN = Guard("screening_sidetaken")
NEVER_CHANGED = (
    AUDIT,
    WRITTEN_ROWS,
    SESSION_LOG,
    IDENTITY_CHANGES,
    HAND_OVERS,
    WATCHED_ANSWERS,
    VIAL_CHECKS,
    STEP_REVIEWS,
    TAKE_HOME,
    PRESCRIPTIONS,
    VOIDINGS,
    TOUCH_CONSENT,
    INTENTION,
    TIERS,
    SAFETY_PLANS,
    TIER_OPENINGS,
    WATCH,
    LIST_STATEMENTS,
    SCREENING_PLANS,
    SIDES_TAKEN,
    Guard("alone_aloneopening"),
    Guard("courses_therapyvisit"),
    Guard("handbook_answer"),
    Guard(
        "handbook_revision",
        taken=f"{BY_KEY} OR (passage = NEW.passage AND number = NEW.number)",
    ),
    Guard("imports_importbatch", taken=f"{BY_KEY} OR sha256 = NEW.sha256"),
    Guard("imports_keptresource"),
    Guard("measures_response", taken=f"{BY_KEY} OR assignment_id = NEW.assignment_id"),
    Guard("restricted_restriction"),
    Guard("restricted_teammember"),
    Guard("restricted_notice"),
    Guard("restricted_noticereview", taken=f"{BY_KEY} OR notice_id = NEW.notice_id"),
    Guard("clock_clockstep"),
    Guard("screening_interviewanswer"),
    Guard("screening_screeningdecision"),
    Guard("treatment_sitterlimit"),
)


def chart_entries(table: str) -> Guard:
    """The guard of a list in the chart: an entry is withdrawn, once, and else never changed."""
    return Guard(
        table,
        taken=f"{BY_KEY} OR replaced_by_id = NEW.replaced_by_id",
        may_change=("withdrawn_at", "withdrawn_by_id", "withdrawn_why", "replaced_by_id"),
        sealed_by="withdrawn_at",
    )


CHART = tuple(
    chart_entries(f"people_{name}")
    for name in ("allergy", "bloodpressure", "condition", "measurement", "medication")
)
ORDERS = Guard(
    "courses_order", may_change=("withdrawn_at", "withdrawn_reason"), sealed_by="withdrawn_at"
)
COURSES = Guard("courses_course", may_change=("ended_at", "end_reason"), sealed_by="ended_at")
LADDERS = Guard(
    "ladders_ladder",
    taken=f"{BY_KEY} OR (course_id = NEW.course_id AND ended_at IS NULL AND NEW.ended_at IS NULL)",
    may_change=("ended_at", "end_reason"),
    sealed_by="ended_at",
)
ASSIGNMENTS = Guard(
    "measures_assignment",
    taken=f"{BY_KEY} OR token_hash = NEW.token_hash",
    # A new link takes the place of the old one; a newer treatment cancels what was open.
    may_change=("token_hash", "cancelled_at"),
    sealed_by="cancelled_at",
)
TASKS = Guard(
    "tasks_task",
    taken=f"{BY_KEY} OR (kind = NEW.kind AND source = NEW.source)",
    may_change=("detail", "owner_id", "closed_at", "closed_by_id", "outcome"),
    sealed_by="closed_at",
)
WAITING_FILES = Guard(
    "imports_waitingfile",
    taken=f"{BY_KEY} OR (sha256 = NEW.sha256 AND closed_at IS NULL AND NEW.closed_at IS NULL)",
    may_change=("closed_at", "closed_by_id", "outcome"),
    sealed_by="closed_at",
)
REMARKS = Guard("handbook_remark", may_change=("state",))
DRAFTS = Guard(
    "handbook_draft",
    taken=f"{BY_KEY} OR (passage = NEW.passage AND state = 'waiting' AND NEW.state = 'waiting')",
    may_change=("state", "looked_by_id", "looked_at", "said"),
    sealed_by="looked_at",
)
SESSIONS = Guard(
    "treatment_treatmentsession",
    taken=f"{BY_KEY} OR (course_id = NEW.course_id AND number = NEW.number"
    " AND cancelled_at IS NULL AND NEW.cancelled_at IS NULL)",
    # Moved or called off before it begins; then repeats what its log says.
    may_change=(
        "scheduled_at",
        "room",
        "sitter_id",
        "plan_changes",
        "stopping",
        "policy_versions",
        "started_at",
        "stopped_early",
        "ended_at",
        "signed_at",
        "cancelled_at",
        "cancel_reason",
    ),
    sealed_by="cancelled_at",
)
PATIENTS = Guard(
    "people_patient",
    taken=f"{BY_KEY} OR account_id = NEW.account_id OR"
    " (identifier_system = NEW.identifier_system AND identifier = NEW.identifier)",
    # What was there before stands in an identity change.
    may_change=(
        "family_name",
        "given_name",
        "birth_date",
        "sex",
        "identifier",
        "identifier_system",
        "phone",
        "emergency_contact",
        "deceased",
        "deceased_on",
        "inactive",
        "replaced_by_number",
        "account_id",
    ),
)
ALONE = Guard("alone_alonestatement", may_change=("ended_at",), sealed_by="ended_at")
RESETS = Guard("accounts_signinreset", may_change=("read_at",), sealed_by="read_at")
CHANGED_IN_PART = (
    ALONE,
    RESETS,
    *CHART,
    ORDERS,
    COURSES,
    LADDERS,
    ASSIGNMENTS,
    TASKS,
    WAITING_FILES,
    REMARKS,
    DRAFTS,
    SESSIONS,
    PATIENTS,
)
GUARDS = (*NEVER_CHANGED, *CHANGED_IN_PART)
NOT_GUARDED = {
    "accounts_user": "a sign-in changes it: names, passwords, the day of the last sign-in",
    "accounts_roleassignment": "a role is given and taken away",
    "accounts_bedsidepin": "a PIN is chosen anew and taken away",
    "accounts_clinic": "the clinic's settings are changed by its owner",
}
"""Tables of rows whose every column may change, each with the reason; the audit has the past."""


def put_up(guard: Guard) -> Any:
    """A migration step that puts a guard up."""

    def step(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in guard.install(schema_editor.connection):
            schema_editor.execute(statement, params=None)

    return step


def take_down(guard: Guard) -> Any:
    """The way back of `put_up`."""

    def step(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in guard.remove(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return step


def missing() -> list[str]:
    """The triggers that should stand in this database and are gone, off, or not what they were."""
    return wrong(connection, _of_tables_there(connection))


def put_up_all(using: str = "default", **_: object) -> list[str]:
    """Put up every guard that does not stand as it should; the names of their triggers.

    Runs at the end of each migration of the tables, whose tables may not all be there.
    """
    database = connections[using]
    guards = _of_tables_there(database)
    fallen = wrong(database, guards)
    anew = [guard for guard in guards if set(guard.names(database.vendor)) & set(fallen)]
    with transaction.atomic(using=using):
        _run(database, _removing(database, anew))
        _run(database, _installing(database, anew))
    return fallen


@contextmanager
def lifted(*guards: Guard) -> Iterator[None]:
    """Take guards down for the block, as only the owner of the database can."""
    with transaction.atomic():
        _settle()
        _run(connection, _removing(connection, guards))
    try:
        yield
    finally:
        with transaction.atomic():
            _settle()
            _run(connection, _removing(connection, guards))
            _run(connection, _installing(connection, guards))


def _settle() -> None:
    """Check what waits to be checked: PostgreSQL alters no table on which something waits."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _of_tables_there(database: Any) -> tuple[Guard, ...]:
    there = set(database.introspection.table_names())
    return tuple(guard for guard in GUARDS if guard.table in there)


def _removing(database: Any, guards: Iterable[Guard]) -> Iterator[str]:
    return (statement for guard in guards for statement in guard.remove(database.vendor))


def _installing(database: Any, guards: Iterable[Guard]) -> Iterator[str]:
    return (statement for guard in guards for statement in guard.install(database))


def _run(database: Any, statements: Iterator[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
