"""What the bedside page shows: the fold's view in the order and the words of the screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import clinic_day, the_clinic
from mooring.clinic.courses.orders import weight_withdrawn
from mooring.clinic.screening.glance import glance
from mooring.clinic.sessions.charting import claims_of_limits
from mooring.clinic.sessions.holds import start_holds
from mooring.clinic.sessions.holds.vial import not_checked
from mooring.clinic.sessions.log import policies_of, read_view, timeline_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.signs import banners, earlier, levels, tiles
from mooring.core.protocols.cited import Policy
from mooring.core.session.chart import plain
from mooring.core.session.entries import CheckIn
from mooring.core.session.policies import MissingPoliciesError
from mooring.core.session.readable import readable
from mooring.core.session.view import (
    Blocker,
    Dose,
    Due,
    DueState,
    Phase,
    SessionView,
    TimelineItem,
)

PHASE_WORDS = {
    Phase.EXPECTED: "Expected",
    Phase.CHECKED_IN: "Checked in",
    Phase.INFUSING: "Infusing",
    Phase.DOSING: "Dosing",
    Phase.PAUSED: "Paused",
    Phase.RECOVERING: "Recovering",
    Phase.SIGNED: "Signed",
}
VERBS = {
    "check_in": "Ask",
    "reading": "Measure",
    "sedation": "Score",
    "padss": "Score",
    "given": "Pump",
    "dose": "Chart",
}
INSTEAD = {
    "last_food": "last_food_at", "last_food_at": "last_food",
    "last_drink": "last_fluid_at", "last_fluid_at": "last_drink",
}  # fmt: skip
"""Two ways to answer one question: the newer answer takes the place of the other."""
SEATED = {"position": "seated"}
LATE = timedelta(minutes=2)
NEWEST = 12
"""Lines and readings that the page carries by itself; the older ones are fetched when asked for."""


@dataclass(frozen=True)
class Task:
    """One line that says what is open, with the panel that does it."""

    text: str
    claims: tuple[str, ...]
    panel: str | None = None
    fill: str = "{}"
    """What the panel opens with, as JSON."""
    url: str = ""
    """The page that settles it, where no panel does."""
    open_words: str = "Open"
    weigh: str = ""
    """What the panel of a prescriber's decision opens with; empty where none opens it."""
    opens_at: datetime | None = None
    """When time alone opens it."""

    @property
    def verb(self) -> str:
        """The word on its button."""
        return VERBS.get(self.panel or "", "Answer")


@dataclass(frozen=True)
class DueChip:
    """Checks that fall due together."""

    label: str
    reason: str
    due_at: datetime
    state: str
    panel: str
    fill: str = "{}"


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    item: TimelineItem
    text: str
    content: str
    """The content as JSON, for the panel that corrects it."""
    late: timedelta | None
    """How long after the fact it was written, where that is more than two minutes."""
    correctable: bool
    signature: bool
    """True for a signature that stands: it can be struck, never corrected."""


def live(session: TreatmentSession, now: datetime) -> dict[str, Any]:
    """Everything that changes while a session runs."""
    view = read_view(session, now)
    shown = banners(view.alerts)
    looked = glance(session.course.patient, clinic_day(now))
    weight_gone = started_on_another_weight(session, view)
    return {
        "session": session,
        "now": now,
        "view": view,
        "phase": view.phase.value,
        "phase_word": PHASE_WORDS[view.phase],
        "planned": minutes_and_seconds(view.planned_seconds),
        "banners": shown,
        "levels": levels(shown, of_the_chart=looked.stands.suspended + bool(weight_gone)),
        "weight_gone": weight_gone,
        "earlier": earlier(view.alerts)[:NEWEST],
        "tiles": tiles(view.latest),
        "due": due_chips(view.due, next_dose(view)),
        "next_dose": next_dose(view),
        "next_dose_fill": dose_fill(next_dose(view)),
        "one_more_fill": one_more_fill(view),
        "vial_not_checked": view.started_at is None and not_checked(session.order, now),
        "due_claims": tuple(dict.fromkeys(claim for due in view.due for claim in due.claims)),
        "line_claims": claims_of_limits(policies_of(session)),
        "start": start_tasks(session, view),
        "weigh_all": weigh_all(view),
        "leave": [leave_task(blocker, view) for blocker in view.leave_blockers],
        "met": [leave_task(met, view) for met in view.leave_met],
        "answers": check_in_answers(view),
        **newest(view),
        "dose_in_at": dose_in_at(session, view),
        "wake": wake(view, now),
        "policies": chosen(session),
        "patient": session.course.patient,
        "glance": looked,
    }


def started_on_another_weight(session: TreatmentSession, view: SessionView) -> str | None:
    """That the order's weight was withdrawn, while a session runs: before it holds the start."""
    if view.started_at is None or view.signed_at is not None:
        return None
    return weight_withdrawn(session.order, clinic_day(view.now))


def newest(view: SessionView) -> dict[str, Any]:
    """The end of the log, bounded, so that a hint costs the same in a long session."""
    kept = near_the_end(view)
    return {
        "lines": lines(kept),
        "readings": list(reversed(view.readings[-NEWEST:])),
        "older": len(view.timeline) - len(kept),
        "older_readings": max(0, len(view.readings) - NEWEST),
    }


def near_the_end(view: SessionView) -> list[TimelineItem]:
    """The latest lines, and those written last whatever time they speak of."""
    written = view.last_sequence - NEWEST
    first = len(view.timeline) - NEWEST
    return [
        item
        for place, item in enumerate(view.timeline)
        if place >= first or item.entry.sequence > written
    ]


def whole_log(session: TreatmentSession, now: datetime) -> dict[str, Any]:
    """Every line and reading that the page does not carry by itself, newest first."""
    view = read_view(session, now)
    kept = near_the_end(view)
    return {
        "session": session,
        "view": view,
        "lines": lines(item for item in view.timeline if item not in kept),
        "readings": list(reversed(view.readings[:-NEWEST])),
    }


def unjudged(session: TreatmentSession, now: datetime) -> dict[str, Any]:
    """What can be shown where a policy is missing: which one, and the log as it was written."""
    try:
        policies_of(session)
        missing: tuple[str, ...] = ()
    except MissingPoliciesError as gone:
        missing = gone.missing
    return {
        "session": session,
        "patient": session.course.patient,
        "order": session.order,
        "missing": missing,
        "lines": list(reversed(lines(timeline_of(session, now)))),
    }


def chosen(session: TreatmentSession) -> list[tuple[str, Policy]]:
    """Each policy of this session, with its kind."""
    return list(policies_of(session))


def minutes_and_seconds(seconds: int) -> str:
    """A length of time as a running clock shows it: 40:00."""
    return f"{seconds // 60}:{seconds % 60:02}"


def next_dose(view: SessionView) -> Dose | None:
    """The first dose that nobody answered; None without one, and once dosing has ended."""
    if view.ended_at is not None:
        return None
    return next((dose for dose in view.doses if not dose.answered), None)


def dose_fill(dose: Dose | None) -> str:
    """What the panel of a dose opens with, as JSON."""
    if dose is None:
        return "{}"
    about = f"Dose {dose.step}: {plain(dose.planned.milligrams)} mg, {dose.planned.words}"
    return json.dumps(
        {"step": dose.step, "amount_mg": plain(dose.planned.milligrams), "about": about}
    )


def one_more_fill(view: SessionView) -> str:
    """What the panel of a dose opens with for one that the order does not have, as JSON."""
    return json.dumps({"step": len(view.doses) + 1, "about": "A dose that the order does not have"})


def due_chips(due: Sequence[Due], dose: Dose | None) -> list[DueChip]:
    """What is due, in order; what falls due at one moment and is done in one panel is one line."""
    together: dict[tuple[datetime, str, str], list[Due]] = {}
    for each in due:
        key = (each.due_at, panel_of(each.check), each.reason)
        together.setdefault(key, []).append(each)
    return [
        DueChip(
            label=listed([each.label for each in group]),
            reason=reason,
            due_at=at,
            state=worst(group),
            panel=panel,
            fill=dose_fill(dose) if panel == "dose" else "{}",
        )
        for (at, panel, reason), group in together.items()
    ]


def listed(labels: list[str]) -> str:
    """Labels as one phrase: "Blood pressure, heart rate, SpO2"."""
    first, *others = labels
    return ", ".join([first, *(word if word == "SpO2" else word.lower() for word in others)])


def worst(group: Iterable[Due]) -> str:
    """Overdue before due before upcoming."""
    order = list(DueState)
    return max((each.state for each in group), key=order.index).value


def panel_of(check: str) -> str:
    """The panel in which a check is entered."""
    return {"sedation": "sedation", "infusion": "given", "dose": "dose"}.get(check, "reading")


def start_tasks(session: TreatmentSession, view: SessionView) -> list[Task]:
    """What is missing before drug may go in: at the order, then at the patient."""
    if view.started_at is not None:
        return []
    held = [
        Task(hold.text, hold.claims, url=hold.url, open_words=hold.verb)
        for hold in start_holds(session.order, view.now, session)
    ]
    return [*held, *(start_task(blocker) for blocker in view.start_blockers)]


def start_task(blocker: Blocker) -> Task:
    """A start blocker with what opens it: its panel, a prescriber's decision, or time."""
    task = answering(blocker)
    return replace(task, weigh=weighing([blocker]), opens_at=blocker.opens_at)


def answering(blocker: Blocker) -> Task:
    """A start blocker with the panel that answers it."""
    what, _, rest = blocker.id.partition(".")
    if what == "check_in":
        return Task(blocker.text, blocker.claims, "check_in")
    if what == "symptom":
        return Task(blocker.text, blocker.claims, "symptom", json.dumps({"symptom": rest}))
    if what in ("rule", "fasting", "taken", "weigh"):
        return Task(blocker.text, blocker.claims)
    return Task(blocker.text, blocker.claims, "reading", json.dumps(SEATED))


def weighing(blockers: Iterable[Blocker]) -> str:
    """What the panel of a prescriber's decision opens with, as JSON; empty without any."""
    found = [
        {"hold": blocker.id, "fact": blocker.fact, "text": blocker.text}
        for blocker in blockers
        if blocker.fact is not None
    ]
    about = ". ".join(str(one["text"]) for one in found)
    return json.dumps({"weighed": found, "about": about}) if found else ""


def weigh_all(view: SessionView) -> str:
    """One decision on everything that a prescriber may open; empty where that is one thing."""
    found = [blocker for blocker in view.start_blockers if blocker.fact is not None]
    return weighing(found) if len(found) > 1 else ""


def leave_task(blocker: Blocker, view: SessionView) -> Task:
    """A leave blocker with the panel that answers it; time alone answers itself."""
    panels = {"sedation": "sedation", "padss": "padss", "infusion_ended": "given"}
    what = blocker.id.partition(".")[0]
    if what == "infusion_ended" and view.doses:
        return Task(blocker.text, blocker.claims, "dose", dose_fill(next_dose(view)))
    if what in ("blood_pressure", "heart_rate", "spo2"):
        return Task(blocker.text, blocker.claims, "reading")
    if what in panels:
        return Task(blocker.text, blocker.claims, panels[what])
    if what.startswith("time_since") or what == "rule":
        return Task(blocker.text, blocker.claims)
    if what == "suicidal_ideation_asked":
        return Task(blocker.text, blocker.claims, "ideation")
    return Task(blocker.text, blocker.claims, "readiness", json.dumps({"criterion": what}))


def check_in_answers(view: SessionView) -> str:
    """What the check-in said so far, as JSON, so that its panel opens with the answers."""
    answers: dict[str, Any] = {}
    for item in view.timeline:
        if isinstance(item.entry.content, CheckIn) and not item.struck:
            said = item.entry.content.model_dump(mode="json", exclude={"kind"}, exclude_none=True)
            answers = {k: v for k, v in answers.items() if INSTEAD.get(k) not in said} | said
    return json.dumps(answers)


def lines(timeline: Iterable[TimelineItem]) -> list[Line]:
    """The timeline, newest first, with the clinic's clock."""
    zone = ZoneInfo(the_clinic().time_zone)
    return [line(item, zone) for item in reversed(list(timeline))]


def line(item: TimelineItem, zone: ZoneInfo) -> Line:
    """One entry as the timeline shows it."""
    entry = item.entry
    late = entry.recorded_at - entry.effective_at
    return Line(
        item=item,
        text=readable(entry, zone),
        content=entry.content.model_dump_json(exclude_none=True),
        late=late if late > LATE else None,
        correctable=not item.struck and entry.content.kind not in ("correction", "sign_off"),
        signature=not item.struck and entry.content.kind == "sign_off",
    )


def dose_in_at(session: TreatmentSession, view: SessionView) -> datetime | None:
    """When the ordered dose was in by rate and time; None while it is not, or the pump stands."""
    if not view.rate_mg_per_minute or view.given_mg < session.order.total_mg:
        return None
    over = (view.given_mg - session.order.total_mg) / view.rate_mg_per_minute
    return view.now - timedelta(minutes=float(over))


def wake(view: SessionView, now: datetime) -> datetime | None:
    """The next moment at which the page will read differently without anybody touching it."""
    moments = [moment for due in view.due for moment in (due.due_at, due.overdue_at)]
    moments += [hold.opens_at for hold in view.start_blockers if hold.opens_at is not None]
    return min((moment for moment in moments if moment > now), default=None)
