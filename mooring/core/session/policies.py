"""The named policies a session runs under, loaded together."""

from collections.abc import Iterable
from dataclasses import dataclass

from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.leaving.policy import LeavePolicy
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.monitoring.policy import MonitoringPolicy
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.starting.policy import StartPolicy
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.protocols.stopping.policy import StopPolicy


@dataclass(frozen=True)
class SessionPolicies:
    """Which rules hold in a session. Stop policies run side by side and are never merged."""

    stopping: tuple[StopPolicy, ...]
    monitoring: MonitoringPolicy
    starting: StartPolicy
    leaving: LeavePolicy


def session_policies(
    stopping_ids: Iterable[str], monitoring_id: str, starting_id: str, leaving_id: str
) -> SessionPolicies:
    """Load the policies by their names. Raises DataFileError naming those that there are."""
    return SessionPolicies(
        stopping=tuple(stopping.load(name) for name in stopping_ids),
        monitoring=monitoring.load(monitoring_id),
        starting=starting.load(starting_id),
        leaving=leaving.load(leaving_id),
    )
