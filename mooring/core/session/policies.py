"""The named policies a session runs under, loaded together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mooring.core.datafiles import DataFileError
from mooring.core.protocols.cited import Policy
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.leaving.policy import LeavePolicy
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.monitoring.policy import MonitoringPolicy
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.starting.policy import StartPolicy
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.protocols.stopping.policy import StopPolicy

P = TypeVar("P", bound=Policy)


class MissingPoliciesError(DataFileError):
    """Policies that a session names and that are not there, or cannot be read."""

    def __init__(self, missing: tuple[str, ...], reasons: Iterable[str]) -> None:
        super().__init__("\n".join(reasons))
        self.missing = missing
        """Each as people say it: "stopping / emory_s2, version 1"."""


@dataclass(frozen=True)
class SessionPolicies:
    """Which rules hold in a session. Stop policies run side by side and are never merged."""

    stopping: tuple[StopPolicy, ...]
    monitoring: MonitoringPolicy
    starting: StartPolicy
    leaving: LeavePolicy

    def __iter__(self) -> Iterator[tuple[str, Policy]]:
        """Each policy with its kind, in the order in which a session meets them."""
        yield from (("stopping", policy) for policy in self.stopping)
        yield "monitoring", self.monitoring
        yield "starting", self.starting
        yield "leaving", self.leaving

    @property
    def versions(self) -> dict[str, str]:
        """The version of each, by "kind/id": what is kept with a session that was begun."""
        return {f"{kind}/{policy.id}": policy.version for kind, policy in self}


def session_policies(
    stopping_ids: Iterable[str],
    monitoring_id: str,
    starting_id: str,
    leaving_id: str,
    versions: Mapping[str, str] | None = None,
) -> SessionPolicies:
    """Load the policies by their names, each in the version that `versions` names by "kind/id".

    One that `versions` does not name is loaded in its newest. Raises MissingPoliciesError naming
    every policy that is not there.
    """
    shelf = _Shelf(versions or {})
    stops = [shelf.take("stopping", name, stopping.load) for name in stopping_ids]
    watch = shelf.take("monitoring", monitoring_id, monitoring.load)
    start = shelf.take("starting", starting_id, starting.load)
    leave = shelf.take("leaving", leaving_id, leaving.load)
    stopping_found = tuple(policy for policy in stops if policy is not None)
    if shelf.missing or watch is None or start is None or leave is None:
        raise MissingPoliciesError(tuple(shelf.missing), shelf.missing.values())
    return SessionPolicies(stopping_found, watch, start, leave)


class _Shelf:
    """Where the policies of one session are taken from; it remembers what was not there."""

    def __init__(self, versions: Mapping[str, str]) -> None:
        self.versions = versions
        self.missing: dict[str, str] = {}

    def take(self, kind: str, name: str, load: Callable[[str, str | None], P]) -> P | None:
        """The policy under the id by which it was asked for, also where it was renamed since."""
        version = self.versions.get(f"{kind}/{name}")
        try:
            found = load(name, version)
        except DataFileError as problem:
            words = f"{kind} / {name}" + (f", version {version}" if version else "")
            self.missing[words] = str(problem)
            return None
        return found if found.id == name else found.model_copy(update={"id": name})
