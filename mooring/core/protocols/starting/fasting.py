"""How long nothing was eaten, drunk or sprayed into the nose, as far as that is certain."""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.protocols.starting.policy import Fasting, StartPolicy
from mooring.core.session.chart import Chart, plain
from mooring.core.session.check_in import Intake, latest_intake
from mooring.core.session.entries import minutes
from mooring.core.session.view import Blocker

INTAKE_WORDS: dict[Intake, str] = {
    "food": "Food",
    "drink": "Drink",
    "nasal": "Nasal steroid or decongestant",
}


def too_soon(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    """What was taken too short a time ago. Not asked is not told here: another hold names it."""
    for rule in policy.fasting:
        latest = latest_intake(chart.log, rule.intake)
        if latest is None:
            continue
        opens_at = latest + minutes(rule.at_least.value)
        if chart.now < opens_at:
            name = INTAKE_WORDS[rule.intake]
            yield Blocker(
                f"fasting.{rule.intake}",
                f"{name}: {length(rule)} without it are needed before the start",
                rule.at_least.claims,
                fact=latest.isoformat(timespec="minutes"),
                opens_at=opens_at,
            )


def length(rule: Fasting) -> str:
    """The time of a rule as people say it: "30 min", "6 h"."""
    hours = rule.at_least.value / 60
    whole = hours == hours.to_integral_value() and hours > Decimal(1)
    return f"{plain(hours)} h" if whole else f"{plain(rule.at_least.value)} min"
