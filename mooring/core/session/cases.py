"""Case tables: what was written at which minute, and what a policy is expected to find then.

A table is a policy's specification, its test and its page in the handbook. Minute 0 is the start
of the infusion; minutes before it are negative.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.drugs.drug import Route
from mooring.core.session.entries import AnyContent, Entry, minutes

MINUTE_0 = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

E = TypeVar("E", bound=Frozen)


class Line(BaseModel):
    """One entry of a case: its minute, then the entry's own fields beside it."""

    model_config = ConfigDict(frozen=True)

    minute: Decimal
    content: AnyContent

    @model_validator(mode="before")
    @classmethod
    def _beside_the_minute(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        content = {key: value for key, value in data.items() if key != "minute"}
        return {"minute": data.get("minute"), "content": content}


class Case(Frozen, Generic[E]):
    """One row of the table."""

    name: str
    log: tuple[Line, ...] = ()
    alone: bool = False
    """True when the lines given for the whole table do not belong to this case."""
    now: Decimal
    expect: E


class Cases(Frozen, Generic[E]):
    """A case table. `given` comes before the lines of each case that is not `alone`."""

    given: tuple[Line, ...] = ()
    planned_doses: int = 0
    """How many doses the order of the table has; 0 for an infusion."""
    route: Route = Route.INTRAVENOUS_INFUSION
    """The route of the order of the table."""
    cases: tuple[Case[E], ...] = Field(min_length=1)

    def entries(self, case: Case[E]) -> list[Entry]:
        """The log of a case, as the server would hold it."""
        lines = case.log if case.alone else (*self.given, *case.log)
        return [_entry(number, line) for number, line in enumerate(lines, start=1)]


def at_minute(minute: Decimal) -> datetime:
    """The moment of a minute in a case table."""
    return MINUTE_0 + minutes(minute)


def _entry(number: int, line: Line) -> Entry:
    at = at_minute(line.minute)
    return Entry(
        id=UUID(int=number),
        sequence=number,
        effective_at=at,
        recorded_at=at,
        author="R. Okafor",
        content=line.content,
    )
