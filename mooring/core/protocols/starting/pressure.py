"""A pressure before the dose that a prescriber weighs: no rule lets it through or refuses it."""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.protocols.starting.policy import StartPolicy
from mooring.core.session.baseline import pressures
from mooring.core.session.chart import Chart
from mooring.core.session.view import Blocker


def to_weigh(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    """The newest pressure, where the policy has it weighed; another reading is another fact."""
    rule, found = policy.weigh_pressure, pressures(chart.log)
    if rule is None or not found:
        return
    values = {"systolic": found[-1].systolic, "diastolic": found[-1].diastolic}
    met = [one for one in rule.any_of if one.met_by(Decimal(values[one.measure]))]
    if met:
        sides = ", ".join(f"{one.measure} {one.phrase()}" for one in met)
        words = f"Blood pressure {found[-1]}: {sides}. A prescriber weighs it before the dose"
        yield Blocker("weigh.blood_pressure", words, rule.claims, fact=str(found[-1]))
