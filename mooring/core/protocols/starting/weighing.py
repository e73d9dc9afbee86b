"""What a prescriber's decision opens: a hold whose fact was weighed, and nothing else."""

from collections.abc import Sequence

from mooring.core.session.entries import PrescriberDecision
from mooring.core.session.standing import Log, Standing, of
from mooring.core.session.view import Blocker, WeighedHold

Decisions = dict[tuple[str, str], Standing[PrescriberDecision]]


def still_open(found: Sequence[Blocker], log: Log) -> tuple[Blocker, ...]:
    """What holds on: not weighed, or weighed with the decision to wait."""
    decided = _decisions(log)
    return tuple(one for one in found if _going_on(one, decided) is None)


def weighed(found: Sequence[Blocker], log: Log) -> tuple[WeighedHold, ...]:
    """What a prescriber decided to go on with, with who, when and why."""
    decided = _decisions(log)
    opened = ((one, _going_on(one, decided)) for one in found)
    return tuple(
        WeighedHold(one, by.author, by.at, by.content.reason)
        for one, by in opened
        if by is not None
    )


def _decisions(log: Log) -> Decisions:
    """The newest decision on each fact."""
    return {
        (one.hold, one.fact): standing
        for standing in of(log, PrescriberDecision)
        for one in standing.content.weighed
    }


def _going_on(blocker: Blocker, decided: Decisions) -> Standing[PrescriberDecision] | None:
    if blocker.fact is None:
        return None
    found = decided.get((blocker.id, blocker.fact))
    return found if found is not None and found.content.decision == "go_on" else None
