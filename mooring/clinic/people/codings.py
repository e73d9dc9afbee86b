"""The codes of a row of the chart, as core reads them."""

from __future__ import annotations

from mooring.clinic.people.models import CodedRow
from mooring.core.code_systems import Coding


def codings(row: CodedRow) -> tuple[Coding, ...]:
    """Every coding that came with the row, in its order; its one code where no others came."""
    kept = tuple(
        Coding(each.get("system"), each.get("code"), each.get("display") or "")
        for each in row.codings
    )
    if kept or row.code is None:
        return kept
    return (Coding(row.system, row.code),)
