"""What a rule is called: the title that its banner has, for lines that keep only its id."""

from functools import cache

from mooring.core.protocols.stopping import policy as stopping

OWN_RULES = {
    "baseline_unknown": "Baseline unknown",
    "given_over_order": "More given than ordered",
    "given_far_over_order": "Far more given than ordered",
    "given_against_order": "Given against the order",
    "start_would_be_held": "The start would have been held",
}
"""Rules that stand in no stop policy."""


def rule_name(rule: str) -> str:
    """The title of a rule; of one that no policy has any more, its id in words."""
    return _titles().get(rule) or rule.replace("_", " ").capitalize()


@cache
def _titles() -> dict[str, str]:
    policies = [stopping.load(name) for name in stopping.names()]
    return {rule.id: rule.title for policy in policies for rule in policy.rules} | OWN_RULES
