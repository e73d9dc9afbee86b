"""What must never become a rule stands behind none."""

import pytest

from mooring.core import evidence
from mooring.core.datafiles import parse
from mooring.core.evidence.models import Flag
from mooring.core.evidence.rules import rule_files

BASE = evidence.load()
RULES = "\n".join(str(parse(path)) for path in rule_files())
SPOKEN_AGAINST = {"S4.55", "S4.58"}
"""Rules on benzodiazepines and on interactions name these two in order to say the opposite."""
DANGEROUS = [c.id for c in BASE.claims.values() if Flag.DANGEROUS in c.flags]


@pytest.mark.parametrize("claim", [*BASE.disagreement("D40").positioned, *DANGEROUS])
def test_no_rule_rests_on_it(claim: str) -> None:
    assert (f"'{claim}'" in RULES) is (claim in SPOKEN_AGAINST)


def test_stories_of_large_doses_and_leaving_without_criteria_are_among_them() -> None:
    assert {"S1.38", "S1.39", "S2.62", "S2.63", "S2.75", "S2.100", "S2.102"} <= set(DANGEROUS)
