"""A number that does not follow from the numbers it is said to follow from.

Products, sums, differences, quotients, remainders, intervals from rates, half-lives, risk
differences and numbers needed to treat are calculated again from what is on record. Eight doses of
35 mg are 0.28 g, not about 3 g: a tenfold slip that turns a safety estimate on its head.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import Interval, dimension, scale, slack, stated
from mooring.core.evidence.lint.relation import Computed, RelationError, relation
from mooring.core.evidence.lint.wording import in_unit_of
from mooring.core.evidence.models import Arithmetic, Claim, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each calculation that comes to something else, or cannot be made."""
    for claim in base.claims.values():
        for calculation in claim.arithmetic:
            says = _problem(base, claim, calculation)
            if says:
                yield Finding("arithmetic", claim.id, says)


def _problem(base: EvidenceBase, claim: Claim, calculation: Arithmetic) -> str:
    try:
        parts = [_number(base, claim, part) for part in calculation.parts]
        result = _number(base, claim, calculation.result)
        computed = relation(calculation.relation).compute(parts)
        _same_kind(computed, result)
        return _value(parts, computed, result) or _confidence(computed, result)
    except RelationError as problem:
        return f"{calculation.relation} cannot be recomputed: {problem}."


def _number(base: EvidenceBase, claim: Claim, reference: str) -> Quantity:
    """The number that "of" of this claim, or "claim-id#of" of another, stands for."""
    other, mark, of = reference.rpartition("#")
    if mark and other not in base.claims:
        raise RelationError(f"there is no claim '{other}'")
    holder = base.claim(other) if mark else claim
    for quantity in holder.quantities:
        if quantity.of == of or (not of and len(holder.quantities) == 1):
            return quantity
    raise RelationError(f"{holder.id} has no number '{of}'")


def _same_kind(computed: Computed, result: Quantity) -> None:
    if computed.dimension not in (None, dimension(result)):
        kind = dimension(result) or "number without a unit"
        raise RelationError(f"{computed.words} is a {computed.dimension}, {result.text} a {kind}")


def _value(parts: list[Quantity], computed: Computed, result: Quantity) -> str:
    allowed = stated(result)
    if allowed is None:
        raise RelationError(f"'{result.of}' states no number")
    if any(allowed.holds(way) for way in (computed.interval, *computed.roundings)):
        return ""
    if result.value is not None and _spans(computed.interval, allowed):
        return ""
    like = next((p for p in parts if _alike(p, result)), result)
    comes_to = in_unit_of(like, computed.interval)
    return f"{computed.words} = {comes_to}; the claim says {result.text}."


def _spans(computed: Interval, single: Interval) -> bool:
    """True where the parts are intervals, and the one number that is stated lies in their span."""
    return computed.low != computed.high and computed.overlaps(single)


def _alike(part: Quantity, result: Quantity) -> bool:
    return bool(part.unit) and dimension(part) == dimension(result)


def _confidence(computed: Computed, result: Quantity) -> str:
    if computed.confidence is None or result.confidence is None:
        return ""
    low, high = (end * scale(result) for end in result.confidence)
    allowed = slack(result.model_copy(update={"value": result.confidence[0], "bound": None}))
    apart = max(abs(low - computed.confidence.low), abs(high - computed.confidence.high))
    if apart <= allowed:
        return ""
    comes_to = in_unit_of(result, computed.confidence)
    says = f"{result.confidence[0]} to {result.confidence[1]} {result.unit}".rstrip()
    return f"The 95 % interval of {computed.words} is {comes_to}; the claim says {says}."
