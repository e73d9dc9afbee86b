"""The clinic's day as a work list: who is in a session, who comes, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from mooring.clinic.accounts.clinic import clinic_day, the_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.measures.models import Assignment
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.log import view_if_judged
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.urgent import UrgentTask, open_tasks, open_urgent
from mooring.clinic.today.readiness import Check, checks
from mooring.core.session.facts import LEVELS, Fact, facts
from mooring.core.session.view import Blocker, Due, DueState, Phase, SessionView

CHART = (
    "decisions",
    "conditions",
    "medications",
    "allergies",
    "measurements",
    "bloodpressures",
    "answers",
    "tier_entries",
    "list_statements__said_by",
)
"""What screening reads of a chart: fetched once for all lines."""
EARLIER = timedelta(days=7)
"""How long a session that was never started stays on the list."""
UNDER_WAY = frozenset({Phase.INFUSING, Phase.PAUSED, Phase.DOSING, Phase.RECOVERING})


@dataclass(frozen=True)
class SessionLine:
    """One session of the list."""

    session: TreatmentSession
    view: SessionView
    checks: tuple[Check, ...]
    """Empty once drug has gone in."""

    @property
    def patient(self) -> Patient:
        """Who comes."""
        return self.session.course.patient

    @property
    def late(self) -> bool:
        """True when the time has passed and nobody has checked in."""
        return self.view.phase is Phase.EXPECTED and self.session.scheduled_at < self.view.now

    @property
    def missing(self) -> tuple[Blocker, ...]:
        """What the check-in and the first readings still leave open; empty before arrival."""
        if self.view.phase is not Phase.CHECKED_IN or self.patient.hidden:
            return ()
        return tuple(b for b in self.view.start_blockers if b.id != "check_in.escort_name")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What meets a rule now, the gravest first; one fact once, however many rules it meets."""
        return facts(alert for alert in self.view.alerts if alert.active)

    @property
    def overdue(self) -> tuple[Due, ...]:
        """Checks that are past their grace."""
        return tuple(due for due in self.view.due if due.state is DueState.OVERDUE)

    @property
    def doses_given(self) -> int:
        """How many doses of an order that no pump gives went in."""
        return sum(dose.given_at is not None for dose in self.view.doses)

    @property
    def minutes(self) -> int | None:
        """Whole minutes of infusion, or since the first dose; None before the start."""
        elapsed = self.view.elapsed_seconds
        return None if elapsed is None else elapsed // 60

    @property
    def planned_minutes(self) -> int:
        """Whole minutes the order gives."""
        return self.view.planned_seconds // 60


@dataclass(frozen=True)
class Agenda:
    """What there is to do."""

    day: date
    under_way: tuple[SessionLine, ...]
    """Infusing, paused or recovering, whatever day they were planned for."""
    to_come: tuple[SessionLine, ...]
    signed: tuple[SessionLine, ...]
    unjudged: tuple[TreatmentSession, ...]
    """Of a policy that is missing, so that nothing can be said of where they stand."""
    not_started: tuple[TreatmentSession, ...]
    """Of the days before, neither started nor cancelled."""
    urgent: tuple[UrgentTask, ...]
    """Open tasks with a clock, whoever holds them: everybody in care sees them first."""
    tasks: QuerySet[Task]
    """Open, with the reader's name, and without a clock."""
    unanswered: QuerySet[Patient]
    """Patients with scales past their time, each with `scales`, the number of them."""

    @property
    def patients(self) -> frozenset[UUID]:
        """Everybody whom the list names."""
        lines = (*self.under_way, *self.to_come, *self.signed)
        sessions = (*(line.session for line in lines), *self.unjudged, *self.not_started)
        return frozenset(
            [each.course.patient_id for each in sessions]
            + [each.task.patient_id for each in self.urgent]
            + [task.patient_id for task in self.tasks]
            + [patient.pk for patient in self.unanswered]
        )


def read(user: User, now: datetime) -> Agenda:
    """The work list for one person at one moment."""
    start, end = bounds_of_day(now)
    found = [(session, line(session, now)) for session in sessions(start, end)]
    lines = [line for _, line in found if line is not None]
    return Agenda(
        day=clinic_day(now),
        under_way=gravest_first(only(lines, UNDER_WAY)),
        to_come=only(lines, {Phase.EXPECTED, Phase.CHECKED_IN}),
        signed=only(lines, {Phase.SIGNED}),
        unjudged=tuple(session for session, line in found if line is None),
        not_started=tuple(
            live().filter(started_at=None, scheduled_at__range=(start - EARLIER, start))
        ),
        urgent=tuple(open_urgent(now)),
        tasks=open_tasks().filter(owner=user),
        unanswered=unanswered(now),
    )


def line(session: TreatmentSession, now: datetime) -> SessionLine | None:
    """One session, folded, with its checks while it has not started; None without its policies."""
    view = view_if_judged(session, now)
    if view is None:
        return None
    if session.order.course_id == session.course_id:
        # One object, so that the chart fetched for the list is read through the order too.
        session.order.course = session.course
    before = view.phase in {Phase.EXPECTED, Phase.CHECKED_IN}
    shown = before and not session.course.patient.hidden
    return SessionLine(session, view, checks(session, view) if shown else ())


def sessions(start: datetime, end: datetime) -> QuerySet[TreatmentSession]:
    """Those planned for the day, and those of any other that began and are not signed."""
    of_the_day = Q(scheduled_at__gte=start, scheduled_at__lt=end)
    left_open = Q(started_at__isnull=False, signed_at__isnull=True)
    return live().filter(of_the_day | left_open)


def live() -> QuerySet[TreatmentSession]:
    """Sessions that are not cancelled, with what a line shows of them."""
    rows = TreatmentSession.objects.filter(cancelled_at__isnull=True)
    charts = (f"course__patient__{what}" for what in CHART)
    return rows.select_related("order", "sitter", "course__patient").prefetch_related(*charts)


def only(lines: Iterable[SessionLine], phases: Iterable[Phase]) -> tuple[SessionLine, ...]:
    """The lines in one of these phases."""
    return tuple(line for line in lines if line.view.phase in phases)


def gravest_first(lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    """Sessions with a stop before those with a call, a caution or nothing; then by time."""
    return tuple(sorted(lines, key=lambda line: gravity(line.facts)))


def gravity(found: tuple[Fact, ...]) -> int:
    """The place of the gravest fact among the levels; the last for none."""
    return LEVELS.index(found[0].level) if found else len(LEVELS)


def bounds_of_day(now: datetime) -> tuple[datetime, datetime]:
    """Where the clinic's day begins and ends; 23 or 25 hours apart when the clocks change."""
    zone, today = ZoneInfo(the_clinic().time_zone), clinic_day(now)
    starts = (today, today + timedelta(days=1))
    first, last = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in starts)
    return first, last


def unanswered(now: datetime) -> QuerySet[Patient]:
    """Patients whose scales are past their time and can still be answered."""
    open_ones = Assignment.objects.filter(
        due_at__lt=now, expires_at__gt=now, cancelled_at=None, response=None
    )
    return Patient.objects.filter(assignments__in=open_ones).annotate(scales=Count("assignments"))
