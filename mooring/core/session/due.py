"""What a session asks for next: checks, repeats of high readings, doses, the infusion's end."""

from collections.abc import Iterator
from dataclasses import replace

from mooring.core.protocols.monitoring.evaluate import due as scheduled
from mooring.core.protocols.stopping.evaluate import repeats
from mooring.core.session.chart import Chart, plain
from mooring.core.session.checks import due_state
from mooring.core.session.dosing import doses
from mooring.core.session.entries import minutes
from mooring.core.session.infusion import Infusion, when_infused_for
from mooring.core.session.phases import signed_off
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.view import Blocker, Due, Plan


def due(
    policies: SessionPolicies, plan: Plan, chart: Chart, withheld: Blocker | None = None
) -> tuple[Due, ...]:
    """In order of time; nothing before the start or after the sign-off.

    No dose is asked for while they are `withheld`.
    """
    if signed_off(chart) is not None:
        return ()
    asked = [
        *_infusion_over(policies, plan, chart),
        *(() if withheld else _next_doses(policies, plan, chart)),
        *_repeats(policies, chart),
        *scheduled(policies.monitoring, chart),
    ]
    return tuple(sorted(asked, key=lambda item: item.due_at))


def _repeats(policies: SessionPolicies, chart: Chart) -> Iterator[Due]:
    """One repeat of a check, however many policies ask for it: the first, with all their claims."""
    asked = [due for policy in policies.stopping for due in repeats(policy, chart)]
    for check in dict.fromkeys(due.check for due in asked):
        same = sorted((due for due in asked if due.check == check), key=lambda due: due.due_at)
        claims = dict.fromkeys(claim for due in same for claim in due.claims)
        yield replace(same[0], claims=tuple(claims))


def _infusion_over(policies: SessionPolicies, plan: Plan, chart: Chart) -> tuple[Due, ...]:
    """Raised once drug went in for the planned time and nobody completed or stopped it."""
    if not isinstance(chart.giving, Infusion) or chart.giving.end is not None:
        return ()
    over_at = when_infused_for(chart.giving, plan.over_minutes, chart.now)
    if over_at is None:
        return ()
    grace = policies.monitoring.giving.grace
    overdue_at = over_at + minutes(grace.value)
    return (
        Due(
            check="infusion",
            label="Infusion",
            due_at=over_at,
            overdue_at=overdue_at,
            state=due_state(over_at, overdue_at, chart.now),
            reason="infusion time is over: complete or stop",
            policy=policies.monitoring.id,
            claims=grace.claims,
        ),
    )


def _next_doses(policies: SessionPolicies, plan: Plan, chart: Chart) -> Iterator[Due]:
    """The doses that are owed now, and the first that lies ahead."""
    grace = policies.monitoring.giving.grace
    for dose in doses(plan, chart.log):
        if dose.due_at is None:
            continue
        overdue_at = dose.due_at + minutes(grace.value)
        yield Due(
            check="dose",
            label=f"Dose {dose.step} of {len(plan.doses)}",
            due_at=dose.due_at,
            overdue_at=overdue_at,
            state=due_state(dose.due_at, overdue_at, chart.now),
            reason=f"{plain(dose.planned.milligrams)} mg, {dose.planned.words}",
            policy=policies.monitoring.id,
            claims=grace.claims,
        )
        if dose.due_at > chart.now:
            return
