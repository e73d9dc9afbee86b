"""How the drug goes in: from a pump over minutes, or in doses of their own."""

from typing import TypeAlias

from mooring.core.session.dosing import Dosing, dosing
from mooring.core.session.infusion import Infusion, infusion
from mooring.core.session.standing import Log

Giving: TypeAlias = Infusion | Dosing


def giving(log: Log, planned: int) -> Giving | None:
    """What a log tells of an order with `planned` doses, 0 for an infusion; None before any."""
    return infusion(log) if planned == 0 else dosing(log, planned)
