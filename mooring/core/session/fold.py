"""The fold: what a session's entries say at one moment. A pure function, the same everywhere."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict

from mooring.core.protocols.leaving.evaluate import criteria
from mooring.core.protocols.starting.evaluate import held
from mooring.core.session.against_order import against_order
from mooring.core.session.alerts import dose_alerts, policy_alerts, with_seen
from mooring.core.session.chart import Chart, chart
from mooring.core.session.dosing import doses
from mooring.core.session.due import due
from mooring.core.session.entries import Entry, Reading
from mooring.core.session.infusion import Infusion
from mooring.core.session.judged_anew import judged_anew
from mooring.core.session.latest import latest
from mooring.core.session.phases import phase, signed_off
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.standing import of, resolve
from mooring.core.session.timeline import timeline
from mooring.core.session.view import DoseStep, Plan, SessionView
from mooring.core.session.withholding import withheld


def fold(
    policies: SessionPolicies, plan: Plan, entries: Sequence[Entry], now: datetime
) -> SessionView:
    """The session at `now` (aware): phase, amounts, what is due, which rules fired, what is open.

    Entries may come in any order. What is effective after `now` stands in the timeline and counts
    for nothing else. `rate_mg_per_minute` is 0 during a pause, None before the start and after
    the end.
    """
    resolution = resolve(entries, now)
    seen = chart(resolution.log, now, len(plan.doses))
    rules = policy_alerts(policies.stopping, seen)
    unmarked = (*rules, *dose_alerts(policies.monitoring, plan, seen))
    marked = (
        *against_order(policies.monitoring.id, seen),
        *judged_anew(policies, plan, entries, seen),
    )
    found = sorted((*with_seen(unmarked, seen), *marked), key=lambda a: a.at)
    held_back = withheld(found, seen)
    starting = held(policies.starting, seen, rules, plan.route)
    leaving = criteria(policies.leaving, seen, rules)
    sign_off = signed_off(seen)
    return SessionView(
        now=now,
        phase=phase(seen),
        **_given(seen, plan),
        planned_seconds=int(plan.over_minutes * 60),
        baseline=seen.baseline,
        latest=latest(seen),
        due=due(policies, plan, seen, held_back),
        alerts=tuple(found),
        start_blockers=starting.open,
        start_weighed=starting.weighed,
        leave_blockers=tuple(c.line for c in leaving if not c.met),
        leave_met=tuple(c.line for c in leaving if c.met),
        readings=tuple((r.at, r.id, r.content) for r in of(seen.log, Reading)),
        doses=doses(plan, seen.log),
        withheld=held_back,
        timeline=timeline(entries, resolution),
        signed_by=None if sign_off is None else sign_off.content.clinician,
        signed_at=None if sign_off is None else sign_off.at,
        last_sequence=max((entry.sequence for entry in entries), default=0),
    )


class _Given(TypedDict):
    """The fields of the view that tell what went in."""

    started_at: datetime | None
    ended_at: datetime | None
    stopped_early: bool
    elapsed_seconds: int | None
    rate_mg_per_minute: Decimal | None
    given_mg: Decimal
    dose_steps: tuple[DoseStep, ...]


def _given(seen: Chart, plan: Plan) -> _Given:
    if seen.giving is None:
        return _Given(
            started_at=None,
            ended_at=None,
            stopped_early=False,
            elapsed_seconds=None,
            rate_mg_per_minute=None,
            given_mg=Decimal(0),
            dose_steps=(),
        )
    ongoing = seen.giving
    steps = ongoing.steps if isinstance(ongoing, Infusion) else ()
    return _Given(
        started_at=ongoing.start.at,
        ended_at=None if ongoing.end is None else ongoing.end.at,
        stopped_early=ongoing.stopped_early(plan.ordered_mg),
        elapsed_seconds=ongoing.elapsed(seen.now) // timedelta(seconds=1),
        rate_mg_per_minute=steps[-1].rate if steps and ongoing.end is None else None,
        given_mg=ongoing.given_mg(seen.now),
        dose_steps=tuple(DoseStep(step.at, step.rate) for step in steps),
    )
