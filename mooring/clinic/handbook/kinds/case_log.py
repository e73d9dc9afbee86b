"""The log of a session case in words: what was written in which minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from mooring.clinic.handbook.pages import Case, Outcome
from mooring.core.quantities import plain
from mooring.core.session import cases as table
from mooring.core.session.check_in import said
from mooring.core.session.entries import AnyContent, CheckIn, Readiness, minutes_between
from mooring.core.session.labels import CRITERION_WORDS
from mooring.core.session.readable import words


def case(row: table.Case[Any], expected: tuple[Outcome, ...]) -> Case:
    """One row of a session policy's table."""
    alone = ("Without what the other cases start from",) if row.alone else ()
    looked = f"Looked at in {minute(row.now).lower()}"
    return Case(row.name, (*alone, *by_minute(row.log), looked), expected)


def by_minute(log: Iterable[table.Line]) -> Iterator[str]:
    """A line for each minute, the earliest first."""
    in_order = sorted(log, key=lambda line: line.minute)
    for at, lines in groupby(in_order, key=lambda line: line.minute):
        yield f"{minute(at)}: {'; '.join(in_words(line.content for line in lines))}"


def minute(number: Decimal) -> str:
    """A minute of the infusion's own clock; those before the start are negative."""
    return f"Minute {plain(number)}".replace("-", "−")


def in_words(contents: Iterable[AnyContent]) -> Iterator[str]:
    """Each entry in its words. Criteria looked at together are told in one breath."""
    for together, group in groupby(contents, key=found):
        if together is None:
            yield from (entry(content) for content in group)
        else:
            names = (CRITERION_WORDS[c.criterion] for c in group if isinstance(c, Readiness))
            yield f"{together}: {', '.join(name.lower() for name in names)}"


def found(content: AnyContent) -> str | None:
    """What was found of a criterion; None for every other entry."""
    if isinstance(content, Readiness) and not content.detail:
        return "Looked at and met" if content.met else "Looked at and not met"
    return None


def entry(content: AnyContent) -> str:
    """One entry. The clock times of a check-in become hours before the start."""
    return check_in(content) if isinstance(content, CheckIn) else words(content)


def check_in(content: CheckIn) -> str:
    """What was asked when the patient arrived."""
    told = [f"{name} {answer}" for name, answer in said(content, before_start)]
    return f"Check-in, {', '.join(told) or 'nothing asked yet'}"


def before_start(moment: datetime) -> str:
    """How long before minute 0, in hours."""
    hours = minutes_between(moment, table.MINUTE_0) / Decimal(60)
    return f"{plain(hours)} h before the start"
