"""Which session a sustained response began with, and whether it was lost again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from mooring.core.outcomes.definitions import LOSS, RESPONDERS, Met, ResponseDefinition
from mooring.core.outcomes.scores import CurvePoint, baseline_of


class ResponderType(StrEnum):
    """By the infusion after which the first sustained response was seen (S4.50 to S4.54)."""

    EARLY = "early"
    STANDARD = "standard"
    LATE = "late"
    NON_RESPONDER = "non-responder"
    UNDETERMINED = "undetermined"
    NOT_COUNTED = "not counted"
    """A session by another route came before: the sources tell the types by infusions."""


@dataclass(frozen=True)
class Responder:
    """The type, with the session and the moment its response was first seen."""

    type: ResponderType
    session: int | None
    """None unless a sustained response was seen."""
    since: datetime | None
    lost: Met
    """Whether the sustained response was lost again; unknown without one, and while a single
    score above the line waits for the next."""
    lost_at: datetime | None
    """The first score of the row that ended it."""


_NONE_SEEN = Responder(ResponderType.UNDETERMINED, None, None, Met.UNKNOWN, None)
_NOT_COUNTED = replace(_NONE_SEEN, type=ResponderType.NOT_COUNTED)


def responder(
    points: Sequence[CurvePoint],
    sessions: int,
    definition: ResponseDefinition,
    others: Sequence[datetime] = (),
) -> Responder:
    """How this patient responds, from the curve and the number of sessions given so far.

    Non-response is named only from the sixth infusion on, with a score after it and no first
    response still waiting for a second score. Everything short of that stays undetermined.
    `others` are the starts of the sessions that were no infusions: from the first of them on no
    type is told. Whether a response was seen and whether it was lost does not depend on the route.
    """
    baseline = baseline_of(points)
    start = None if baseline is None else baseline.total
    after = [point for point in points if point.sessions_before > 0]
    met = [definition.met(point.total, start) is True for point in after]
    first = _first_row(met, RESPONDERS.scores_in_a_row)
    if first is None and others:
        return _NOT_COUNTED
    if definition.line(start) is None or not after:
        return _NONE_SEEN
    if first is None:
        return _without_response(after, met, sessions)
    lost_at = _lost(after, met, first + RESPONDERS.scores_in_a_row)
    return Responder(
        type=_type(after[first], others),
        session=after[first].sessions_before,
        since=after[first].taken_at,
        lost=Met.YES if lost_at is not None else Met.NO if met[-1] else Met.UNKNOWN,
        lost_at=lost_at,
    )


def _first_row(met: Sequence[bool], length: int) -> int | None:
    """The index at which the first row of that many in succession begins."""
    starts = range(len(met) - length + 1)
    return next((i for i in starts if all(met[i : i + length])), None)


def _without_response(after: Sequence[CurvePoint], met: Sequence[bool], sessions: int) -> Responder:
    enough = RESPONDERS.non_responder_from
    scored_after_enough = after[-1].sessions_before >= enough
    if sessions < enough or not scored_after_enough or met[-1]:
        return _NONE_SEEN
    return replace(_NONE_SEEN, type=ResponderType.NON_RESPONDER)


def _type(first: CurvePoint, others: Sequence[datetime]) -> ResponderType:
    if any(start <= first.taken_at for start in others):
        return ResponderType.NOT_COUNTED
    begun = [kind for kind in RESPONDERS.types if kind.first_infusion <= first.sessions_before]
    return ResponderType(begun[-1].id)


def _lost(after: Sequence[CurvePoint], met: Sequence[bool], begin: int) -> datetime | None:
    """The first score of the first row above the line that is long and wide enough."""
    row: list[CurvePoint] = []
    for point, responds in zip(after[begin:], met[begin:], strict=True):
        row = [] if responds else [*row, point]
        if len(row) >= LOSS.scores_in_a_row and _apart(row):
            return row[0].taken_at
    return None


def _apart(row: Sequence[CurvePoint]) -> bool:
    return row[-1].taken_at - row[0].taken_at >= timedelta(days=LOSS.days_apart)
