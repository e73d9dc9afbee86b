"""What stands at the head of the bedside: the large numbers, and a banner for each fact."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mooring.core.session.facts import LEVELS, Fact, facts
from mooring.core.session.view import Alert, Latest

TILES = {
    "blood_pressure": ("BP", "mmHg"),
    "heart_rate": ("HR", "/min"),
    "spo2": ("SpO₂", ""),
    "respiratory_rate": ("Resp.", "/min"),
    "sedation": ("MOAA/S", "of 5"),
}


@dataclass(frozen=True)
class Tile:
    """One large number."""

    check: str
    """What is measured: the key of TILES."""
    name: str
    unit: str
    latest: Latest | None
    """None while it was never measured: drawn hollow."""


@dataclass(frozen=True)
class Banner:
    """One fact that rules speak about, with what the button "Seen" sends for all of them."""

    fact: Fact

    @property
    def level(self) -> str:
        """Stop, call or caution."""
        return self.fact.level

    @property
    def seen(self) -> str:
        """The entry that marks every rule of this banner as seen, as JSON; empty when all are."""
        if not self.fact.unseen:
            return ""
        first, *others = (alert.rule for alert in self.fact.unseen)
        entry = {"kind": "alert_seen", "rule": first, "reading": str(self.fact.trigger)}
        return json.dumps({**entry, "also": others} if others else entry)


def banners(alerts: Iterable[Alert]) -> list[Banner]:
    """One for each fact that meets a rule now: the gravest first, of one level the unseen first."""
    found = [Banner(fact) for fact in facts(alert for alert in alerts if alert.active)]
    return sorted(found, key=lambda one: (LEVELS.index(one.level), not one.seen))


def levels(shown: Iterable[Banner], *, of_the_chart: int) -> list[tuple[int, str]]:
    """How many banners stand at each level, the gravest first: for the line that stays in sight.

    `of_the_chart` are those that no rule of the session raised; each is a caution.
    """
    found = Counter(banner.level for banner in shown)
    found["caution"] += of_the_chart
    return [(found[level], level) for level in LEVELS if found[level]]


def earlier(alerts: Iterable[Alert]) -> list[Fact]:
    """The facts that met a rule and are over, the newest first."""
    over = facts(alert for alert in alerts if not alert.active)
    return sorted(over, key=lambda fact: fact.at, reverse=True)


def tiles(latest: Iterable[Latest]) -> list[Tile]:
    """The large numbers, in their fixed places."""
    found = {value.check: value for value in latest}
    return [Tile(check, name, unit, found.get(check)) for check, (name, unit) in TILES.items()]
