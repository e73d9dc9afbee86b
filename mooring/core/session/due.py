"""What a session asks for next: the schedule, repeats of high readings, the infusion's end."""

from mooring.core.protocols.monitoring.evaluate import due as scheduled
from mooring.core.protocols.stopping.evaluate import repeats
from mooring.core.session.chart import Chart
from mooring.core.session.checks import due_state, minutes
from mooring.core.session.infusion import when_infused_for
from mooring.core.session.phases import signed_off
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.view import Due, Plan


def due(policies: SessionPolicies, plan: Plan, chart: Chart) -> tuple[Due, ...]:
    """In order of time; nothing before the start or after the sign-off."""
    if signed_off(chart) is not None:
        return ()
    asked = [
        *_infusion_over(policies, plan, chart),
        *(repeat for policy in policies.stopping for repeat in repeats(policy, chart)),
        *scheduled(policies.monitoring, chart),
    ]
    return tuple(sorted(asked, key=lambda item: item.due_at))


def _infusion_over(policies: SessionPolicies, plan: Plan, chart: Chart) -> tuple[Due, ...]:
    """Raised once drug went in for the planned time and nobody completed or stopped it."""
    if chart.infusion is None or chart.infusion.end is not None:
        return ()
    over_at = when_infused_for(chart.infusion, plan.over_minutes, chart.now)
    if over_at is None:
        return ()
    grace = policies.monitoring.infusion.end_grace
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
