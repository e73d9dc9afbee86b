"""One patient's outcome on one day: what the curve shows, and on how many answers it rests."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from mooring.core.measures import MEASURES
from mooring.core.outcomes.definitions import DEFINITIONS, Definition, Met, ResponseDefinition
from mooring.core.outcomes.responders import Responder, ResponderType, responder
from mooring.core.outcomes.scores import CurvePoint, DatedScore, baseline_of, curve

_NO_DEFINITION = Responder(ResponderType.UNDETERMINED, None, None, Met.UNKNOWN, None)


@dataclass(frozen=True)
class DefinitionResult:
    """One definition held against the latest score."""

    id: str
    kind: str
    """response or remission."""
    name: str
    met: Met
    claims: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeSummary:
    """The outcome at `as_of`. What cannot be known from the scores is unknown, never no."""

    measure: str
    as_of: datetime
    points: tuple[CurvePoint, ...]
    baseline: CurvePoint | None
    """The last complete score before the first session."""
    latest: CurvePoint | None
    """The last complete score after the first session."""
    results: tuple[DefinitionResult, ...]
    sessions: int
    days_since_last_session: int | None
    answered: int
    due: int
    responder: Responder
    treatment: str = "infusion"
    """What its sessions are called: infusion where each was one, session otherwise."""

    @property
    def change_percent(self) -> Decimal | None:
        """From baseline to the latest score, negative for a fall; None when either is unknown."""
        return None if self.latest is None else self.latest.change_percent

    def result(self, definition_id: str) -> DefinitionResult:
        """The result of one definition. Raises KeyError that names it when it was not asked."""
        for result in self.results:
            if result.id == definition_id:
                return result
        raise KeyError(f"definition '{definition_id}' was not asked for")

    def sentence(self) -> str:
        """What the curve shows and how many answers it rests on, for the head of the chart."""
        rests = f"This rests on {self.answered} of {self.due} answers due."
        return " ".join([self._course(), *self._judged(), rests])

    def _course(self) -> str:
        name = MEASURES[self.measure].short_title
        if self.latest is None:
            return f"No complete {name} since the first {self.treatment}: the course is unknown."
        ago = _ago((self.as_of - self.latest.taken_at).days)
        now = f"{self.latest.total} at the latest score, {ago}, after {self._sessions()}"
        if self.baseline is None:
            before = f"there is no score before the first {self.treatment} to compare with"
            return f"{name} {now}; {before}."
        change = "" if self.change_percent is None else f" ({whole_percent(self.change_percent)})"
        return f"{name} {self.baseline.total} before the first {self.treatment}, {now}{change}."

    def _judged(self) -> list[str]:
        if self.latest is None:
            return []
        said = [f"{_capital(result.name)}: {result.met}." for result in self.results]
        if self.responder.lost is Met.YES:
            said.append("A sustained response was lost again.")
        return said

    def _sessions(self) -> str:
        count = 0 if self.latest is None else self.latest.sessions_before
        return f"1 {self.treatment}" if count == 1 else f"{count} {self.treatment}s"


def summary(
    scores: Sequence[DatedScore],
    sessions: Sequence[datetime],
    due: Sequence[datetime],
    as_of: datetime,
    definition_ids: Sequence[str],
    other_routes: Sequence[datetime] = (),
) -> OutcomeSummary:
    """The outcome of one patient on one measure.

    `scores` are of the measure that the definitions name; `sessions` are the moments at
    which the drug of each session began to go in, `other_routes` those among them at which it was
    no infusion; `due` are the moments at which scores fell due. A due moment counts as
    answered when a complete score was taken from it on and before the next one. Everything after
    `as_of` is left out. Responder type and loss follow the first response definition asked for;
    the type counts infusions, and is not said over another route.
    Raises ValueError for an unknown definition, for definitions of different measures, or for
    none, and for a time without a zone.
    """
    definitions = _definitions(definition_ids)
    points = curve(scores, sessions, as_of)
    given = sorted(start for start in sessions if start <= as_of)
    others = sorted(start for start in other_routes if start <= as_of)
    after = [point for point in points if point.sessions_before > 0]
    baseline, latest = baseline_of(points), after[-1] if after else None
    fallen_due = {moment for moment in due if moment <= as_of}
    return OutcomeSummary(
        measure=definitions[0].measure,
        as_of=as_of,
        points=points,
        baseline=baseline,
        latest=latest,
        results=tuple(_result(definition, baseline, latest) for definition in definitions),
        sessions=len(given),
        days_since_last_session=(as_of - given[-1]).days if given else None,
        answered=_answered(fallen_due, points),
        due=len(fallen_due),
        responder=_responder(definitions, points, len(given), others),
        treatment="session" if others else "infusion",
    )


def _definitions(ids: Sequence[str]) -> list[Definition]:
    unknown = [name for name in ids if name not in DEFINITIONS]
    if unknown or not ids:
        known = ", ".join(DEFINITIONS)
        raise ValueError(f"definition_ids: choose from {known}, not {', '.join(unknown) or 'none'}")
    found = [DEFINITIONS[name] for name in ids]
    if len({definition.measure for definition in found}) > 1:
        raise ValueError("definition_ids: all must be of one measure")
    return found


def _result(
    definition: Definition, baseline: CurvePoint | None, latest: CurvePoint | None
) -> DefinitionResult:
    start = None if baseline is None else baseline.total
    met = None if latest is None else definition.met(latest.total, start)
    return DefinitionResult(
        definition.id, definition.kind, definition.name, Met.of(met), definition.claims
    )


def _responder(
    definitions: Sequence[Definition],
    points: Sequence[CurvePoint],
    sessions: int,
    others: Sequence[datetime],
) -> Responder:
    for definition in definitions:
        if isinstance(definition, ResponseDefinition):
            return responder(points, sessions, definition, others)
    return _NO_DEFINITION


def _answered(due: Set[datetime], points: Sequence[CurvePoint]) -> int:
    """How many due moments have a complete score before the next one came."""
    last_due_before = (
        max((moment for moment in due if moment <= point.taken_at), default=None)
        for point in points
    )
    return len({moment for moment in last_due_before if moment is not None})


def whole_percent(change: Decimal) -> str:
    """A change as people read it: signed, in whole percent, for example "−56 %"."""
    rounded = change.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{rounded:+} %".replace("-", "−")


def _ago(days: int) -> str:
    if days == 0:
        return "less than a day ago"
    return "1 day ago" if days == 1 else f"{days} days ago"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
