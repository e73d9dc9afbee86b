"""A rule that goes by another number than the claims it cites.

A policy says 0.5 mg/kg and names where that stands. When the claim is corrected, or the policy
mistyped, the page would show a source that says something else than what is done. Each dose,
pressure, time, count and score limit of a rule, in its fields and in its words, is held against
the claims that the rule names, in the unit that it says.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.ruled import Ruled, ruled
from mooring.core.evidence.on_record import carries


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each number of a rule that none of its claims has, at the first of them."""
    known = base.claims.keys() | base.disagreements.keys()
    for rule in ruled():
        # Evidence may be a part of the whole: a rule is read where all that it cites is there.
        if known.issuperset(rule.cited):
            claims = tuple(_claims(base, rule))
            if not any(carries(base, base.claim(name), rule.told) for name in claims):
                says = f"{rule.file} goes by {rule.told.text}; no claim it cites says so."
                yield from (Finding("policy_number", c, says, claims[1:]) for c in claims[:1])


def _claims(base: EvidenceBase, rule: Ruled) -> Iterator[str]:
    """The claims that it names, then those of the disagreements that it names; each once."""
    sides = (base.disagreements[name] for name in rule.cited if name in base.disagreements)
    named = [name for name in rule.cited if name in base.claims]
    yield from dict.fromkeys([*named, *(claim for side in sides for claim in side.named)])
