"""The Post-Anaesthetic Discharge Scoring System (PADSS) as a criterion: high enough, twice."""

from mooring.core.protocols.leaving.criterion import Criterion, met, not_yet
from mooring.core.protocols.leaving.policy import LeavePolicy
from mooring.core.session.chart import Chart, plain
from mooring.core.session.entries import Padss, minutes
from mooring.core.session.standing import Standing, of


def total(padss: Padss) -> int:
    """The sum of the five items, 0 to 10."""
    return without_bleeding(padss) + padss.bleeding


def without_bleeding(padss: Padss) -> int:
    """The sum without the item bleeding, 0 to 8: an infusion makes no wound that could bleed."""
    return padss.vital_signs + padss.activity + padss.nausea_and_vomiting + padss.pain


def scores(policy: LeavePolicy, chart: Chart) -> Criterion:
    """The newest scores in a row that are high enough span the time the policy asks for."""
    rule = policy.scores
    claims = tuple(dict.fromkeys((*rule.at_least.claims, *rule.apart.claims)))
    needed, apart = plain(rule.at_least.value), plain(rule.apart.value)
    taken = of(chart.since_end, Padss)
    if not taken:
        return not_yet("padss", f"PADSS is not scored after {chart.ended_words}", claims)
    row = _row_of_high(policy, taken)
    if not row:
        words = f"{_words(taken[-1].content)}, {needed} is needed"
        return not_yet("padss", words, claims)
    if row[-1].at - row[0].at < minutes(rule.apart.value):
        words = f"{_words(row[-1].content)}; {needed} is needed twice, {apart} min apart"
        return not_yet("padss", words, claims)
    first, last = _words(row[0].content), _words(row[-1].content)
    return met("padss", f"{first}, then {last}, {apart} min apart or more", claims)


def _row_of_high(policy: LeavePolicy, taken: list[Standing[Padss]]) -> list[Standing[Padss]]:
    """The newest scores, back to the last one that was too low."""
    row: list[Standing[Padss]] = []
    for score in reversed(taken):
        if total(score.content) < policy.scores.at_least.value:
            break
        row.insert(0, score)
    return row


def _words(padss: Padss) -> str:
    return f"PADSS {total(padss)} of 10 (without bleeding {without_bleeding(padss)} of 8)"
