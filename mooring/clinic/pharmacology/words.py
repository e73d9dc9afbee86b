"""Numbers, statuses and ways of giving as these pages say them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from mooring.core.pharmacology.fit import Measure
from mooring.core.pharmacology.models import Status
from mooring.core.pharmacology.regimen import Amount, GivenAs, Regimen
from mooring.core.pharmacology.what_if import Person
from mooring.core.quantities import nearest
from mooring.core.quantities import plain as written

WAYS = {
    GivenAs.INTRAVENOUS_INFUSION: "intravenous infusion",
    GivenAs.INTRAVENOUS_BOLUS: "intravenous bolus",
    GivenAs.INTRAMUSCULAR: "intramuscular injection",
    GivenAs.SUBCUTANEOUS: "subcutaneous injection",
    GivenAs.NASAL_DEVICE: "intranasal, licensed device",
    GivenAs.NASAL_SPRAY: "intranasal, compounded spray",
    GivenAs.SUBLINGUAL: "sublingual",
    GivenAs.ORAL: "oral",
}
MEASURES = {
    Measure.PEAK: "Highest concentration",
    Measure.TIME_OF_PEAK: "Time of the highest",
    Measure.AREA: "Area under the curve",
    Measure.CLEARANCE: "Clearance",
    Measure.HALF_LIFE: "Half-life, 12 to 24 h",
    Measure.ABSORBED: "Share that arrives",
}
TAGS = {
    Status.TABLE_VERIFIED: "[V] verified: in the paper's own table",
    Status.ABSTRACT: "[V] verified: in the paper's abstract",
    Status.CODE_ONLY: "[S] code only: in other people's programs, the paper's table not seen",
    Status.SECONDARY: "[S] quoted by a later author",
    Status.COMPUTED: "[C] computed from published numbers",
    Status.ASSUMED: "[C] assumed: printed nowhere",
}
_WHOLE_FROM = 100


def amount(value: float) -> str:
    """Whole numbers from 100 on, tenths below: no model knows more."""
    return f"{value:.0f}" if value >= _WHOLE_FROM else f"{value:.1f}"


def plain(value: float) -> str:
    """As it is typed, to the hundredth, halves up as everywhere: 35, 0.5, 86.69."""
    return written(nearest(Decimal(str(value)), "0.01"))


def asked(regimen: Regimen, person: Person) -> str:
    """The question in one sentence."""
    weight = (
        "a person whose weight is not known"
        if person.weight is None
        else f"a person of {plain(person.weight)} kg"
    )
    return f"{regimen.drug.display}, {_given(regimen)}, for {weight}"


def _given(regimen: Regimen) -> str:
    first, *more = regimen.events
    way = WAYS[first.given_as]
    if more:
        return f"{way}: {len(more) + 1} × {plain(first.amount)} mg, {_spaced(regimen)}"
    unit = "mg" if first.unit is Amount.MILLIGRAMS else "mg/kg"
    over = "" if first.duration is None else f" over {plain(first.duration)} min"
    return f"{plain(first.amount)} {unit} {way}{over}"


def _spaced(regimen: Regimen) -> str:
    """Equal distances as one, others minute by minute."""
    times = [event.time for event in regimen.events]
    gaps = {later - earlier for earlier, later in pairwise(times)}
    if len(gaps) == 1:
        return f"{plain(gaps.pop())} min apart"
    return f"at minutes {', '.join(plain(time) for time in times)}"
