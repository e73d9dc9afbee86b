"""What an order with findings still needs before it can be accepted."""

from collections.abc import Sequence

from mooring.core.protocols.bounds.findings import BoundFinding, Level


def acceptable(
    findings: Sequence[BoundFinding],
    ordered_by: str,
    second_person: str | None,
    reason: str | None,
) -> list[str]:
    """What is still needed, in words; empty when the order can be accepted.

    A refusal or a hold cannot be opened by anyone: the order is written anew, or what is missing
    is added. A hard stop opens with a reason and a second person who did not write the order.
    """
    needed = [f.text for f in findings if f.level in {Level.REFUSE, Level.HOLD}]
    if not ordered_by.strip():
        needed.append("ordered_by: say who orders")
    if any(finding.level is Level.HARD for finding in findings):
        needed += _for_a_hard_stop(ordered_by, second_person, reason)
    return needed


def _for_a_hard_stop(ordered_by: str, second_person: str | None, reason: str | None) -> list[str]:
    needed = []
    if reason is None or not reason.strip():
        needed.append("reason: a hard stop needs one, in words")
    if second_person is None or not second_person.strip():
        needed.append("second_person: a hard stop needs a second person")
    elif second_person.strip().casefold() == ordered_by.strip().casefold():
        needed.append("second_person: must be someone other than the one who orders")
    return needed
