"""What holds back the doses that are still to come.

A pump can be stopped; a spray, a device or a tablet that is in cannot (S4.43). So while a rule is
active the next one is not asked for, and the watching goes on.
"""

from collections.abc import Iterable

from mooring.core.session.chart import Chart
from mooring.core.session.dosing import Dosing
from mooring.core.session.view import Alert, Blocker

CANNOT_BE_STOPPED = "S4.43"


def withheld(alerts: Iterable[Alert], chart: Chart) -> Blocker | None:
    """Why no further dose is asked for at `chart.now`; None where nothing holds one back.

    Only between the first dose and the last word on them. A caution holds nothing back.
    """
    if not isinstance(chart.giving, Dosing) or chart.giving.end is not None:
        return None
    active = [alert for alert in alerts if _withholds(alert)]
    if not active:
        return None
    titles = rules(active)
    claims = (CANNOT_BE_STOPPED, *(claim for alert in active for claim in alert.claims))
    words = (
        f"A rule is active ({titles}): no further dose is asked for. What went in cannot be "
        "stopped, so the checks go on"
    )
    return Blocker("withheld", words, tuple(dict.fromkeys(claims)))


def stop_rules(alerts: Iterable[Alert]) -> Blocker | None:
    """What speaks against running the pump again, or faster; None while no stop rule is active."""
    active = [alert for alert in alerts if alert.active and alert.level == "stop"]
    if not active:
        return None
    titles = ", ".join(dict.fromkeys(alert.title for alert in active))
    claims = tuple(dict.fromkeys(claim for alert in active for claim in alert.claims))
    words = f"A stop rule is active ({titles}): no more drug runs in until it is over"
    return Blocker("order.stop_rule", words, claims)


def rules(alerts: Iterable[Alert]) -> str:
    """The rules that hold a dose back, by their titles, as one phrase."""
    return ", ".join(dict.fromkeys(alert.title for alert in alerts if _withholds(alert)))


def _withholds(alert: Alert) -> bool:
    return alert.active and alert.level != "caution"
