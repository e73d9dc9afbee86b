"""One fact, one banner: what several rules say of one thing in one entry, told once.

Each rule keeps its own alert in the view, in the record and in print. On a screen one reading that
meets four rules is one banner at its gravest level that names all four.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mooring.core.session.view import Alert

LEVELS = ("stop", "call", "caution")
"""From the gravest on."""


@dataclass(frozen=True)
class Fact:
    """All alerts about one thing in one entry, the gravest first; at least one."""

    alerts: tuple[Alert, ...]

    @property
    def gravest(self) -> Alert:
        """The alert whose level and words stand first."""
        return self.alerts[0]

    @property
    def also(self) -> tuple[Alert, ...]:
        """The other rules that the same fact meets."""
        return self.alerts[1:]

    @property
    def level(self) -> str:
        """Stop, call or caution: the gravest of its alerts."""
        return self.gravest.level

    @property
    def at(self) -> datetime:
        """When the fact was so."""
        return self.gravest.at

    @property
    def trigger(self) -> UUID:
        """The entry that holds it."""
        return self.gravest.trigger

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind its rules, each once."""
        return tuple(dict.fromkeys(claim for alert in self.alerts for claim in alert.claims))

    @property
    def unseen(self) -> tuple[Alert, ...]:
        """The alerts that nobody has marked as seen."""
        return tuple(alert for alert in self.alerts if alert.seen_at is None)


def facts(alerts: Iterable[Alert]) -> tuple[Fact, ...]:
    """The facts that alerts are about; the gravest first, of one level the oldest."""
    together: dict[tuple[str, UUID], list[Alert]] = {}
    for alert in alerts:
        together.setdefault((alert.subject, alert.trigger), []).append(alert)
    found = (Fact(tuple(sorted(group, key=_gravity))) for group in together.values())
    return tuple(sorted(found, key=lambda fact: _gravity(fact.gravest)))


def _gravity(alert: Alert) -> int:
    return LEVELS.index(alert.level)
