"""The newest value of each vital sign, with its age and its change from baseline."""

from datetime import timedelta
from decimal import Decimal

from mooring.core.session.baseline import pressures
from mooring.core.session.chart import Chart, Measure, Measured, newest, signed
from mooring.core.session.checks import MEASURED_BY, Check
from mooring.core.session.view import Baseline, Latest


def latest(chart: Chart) -> tuple[Latest, ...]:
    """One for each check that was ever measured; what was not is not in it."""
    found = {check: newest(chart.log, measure) for check, measure in MEASURED_BY.items()}
    return tuple(_latest(chart, check, m) for check, m in found.items() if m is not None)


def _latest(chart: Chart, check: Check, measured: Measured) -> Latest:
    return Latest(
        check=check,
        text=_text(check, measured),
        taken_at=measured.at,
        age_seconds=(chart.now - measured.at) // timedelta(seconds=1),
        change=_change(chart, check, measured),
        entry=measured.entry.id,
    )


def _text(check: Check, measured: Measured) -> str:
    if check == "blood_pressure":
        (pressure,) = pressures((measured.entry,))
        return str(pressure)
    return f"{measured.value} %" if check == "spo2" else str(measured.value)


def _change(chart: Chart, check: Check, measured: Measured) -> str | None:
    """Only for what was taken after the start: before it, a value is part of the baseline."""
    if chart.baseline is None or measured.entry not in chart.since_start:
        return None
    if check == "blood_pressure":
        (pressure,) = pressures((measured.entry,))
        systolic = signed(pressure.systolic - chart.baseline.systolic)
        return f"{systolic}/{signed(pressure.diastolic - chart.baseline.diastolic)}"
    before = _before(chart.baseline, MEASURED_BY[check])
    return None if before is None else signed(measured.value - before)


def _before(baseline: Baseline, measure: Measure) -> Decimal | None:
    return {"heart_rate": baseline.heart_rate, "spo2": baseline.spo2}.get(measure)
