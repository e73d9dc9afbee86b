"""Where a session stands, and what a sign-off says."""

from mooring.core.session.chart import Chart
from mooring.core.session.dosing import Dosing
from mooring.core.session.entries import CheckIn, SignOff
from mooring.core.session.standing import Standing, of
from mooring.core.session.view import Phase


def signed_off(chart: Chart) -> Standing[SignOff] | None:
    """The sign-off that counts: the first; None while nobody signed."""
    signed = of(chart.log, SignOff)
    return signed[0] if signed else None


def phase(chart: Chart) -> Phase:
    """The phase at `chart.now`. A start without a check-in is still a start: drug went in."""
    if signed_off(chart) is not None:
        return Phase.SIGNED
    if chart.giving is None:
        return Phase.CHECKED_IN if of(chart.log, CheckIn) else Phase.EXPECTED
    if chart.giving.end is not None:
        return Phase.RECOVERING
    if isinstance(chart.giving, Dosing):
        return Phase.DOSING
    return Phase.PAUSED if chart.giving.paused else Phase.INFUSING
