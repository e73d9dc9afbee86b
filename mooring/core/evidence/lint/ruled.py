"""The numbers that rules go by, each with the claims that the rule names for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from mooring.core.datafiles import parse, shown
from mooring.core.evidence.in_words import InWords, in_words
from mooring.core.evidence.lint.told import numbers
from mooring.core.evidence.rules import rule_files

UNITS = {
    **{"mg": "mg", "mg_per_kg": "mg/kg", "mg_per_ml": "mg/mL", "ml": "mL"},
    **{"minutes": "min", "over_minutes": "min", "sprays_at_minutes": "min", "hours": "h"},
    **{"days": "days", "days_apart": "days", "max_age_days": "days", "recall_days": "days"},
    **{"weeks": "weeks", "in_weeks": "weeks", "fall_percent": "%"},
}
"""The fields of a rule whose name says the unit; `value` says its own beside it. What any other
field counts or scores is held against the bare numbers of its claims."""
PROSE = ("title", "name", "summary", "explanation", "text", "other_side")
"""The fields of a rule that people read."""


@dataclass(frozen=True)
class Ruled:
    """A number of a rule, and what the rule names for it."""

    file: str
    told: InWords
    """The number with its unit, and as it stands in the rule."""
    cited: tuple[str, ...]
    """Claims and disagreements."""


@cache
def ruled() -> tuple[Ruled, ...]:
    """Every number of every rule that names a claim, in the order of the files."""
    return tuple(
        Ruled(shown(path), told, cited)
        for path in rule_files()
        for told, cited in _in(parse(path), ())
    )


Cited = tuple[str, ...]


def _in(entry: Any, above: Cited) -> Iterator[tuple[InWords, Cited]]:
    """The numbers of the entry and of all within it; claims hold for what lies below them."""
    if isinstance(entry, list):
        yield from chain.from_iterable(_in(part, above) for part in entry)
    elif isinstance(entry, dict):
        own = _named(entry)
        for field, value in entry.items():
            # What has no claim of its own is a time that the rule above it sets, or no number.
            cited = own if own or field not in UNITS else above
            if cited:
                yield from ((told, cited) for told in _numbers(entry, field, value))
            if field in PROSE and isinstance(value, str):
                within = own + tuple(_within(entry))
                yield from ((told, within) for told in _in_prose(value) if within)
            yield from _in(value, own or above)


def _named(entry: dict[str, Any]) -> Cited:
    claims = entry.get("claims")
    return tuple(_texts(claims)) if isinstance(claims, list) else ()


def _texts(named: list[Any]) -> Iterator[str]:
    """The names in a list; what else stands there is for the loader of policies to refuse."""
    return (name for name in named if isinstance(name, str))


def _within(entry: Any) -> Iterator[str]:
    """Every claim and disagreement named in the entry, however deep."""
    if isinstance(entry, list):
        yield from chain.from_iterable(map(_within, entry))
    elif isinstance(entry, dict):
        for field, value in entry.items():
            if field in ("claims", "disagreements") and isinstance(value, list):
                yield from _texts(value)
            else:
                yield from _within(value)


def _numbers(entry: dict[str, Any], field: str, value: Any) -> Iterator[InWords]:
    unit = entry.get("unit", "") if field == "value" else UNITS.get(field, "")
    for number in value if isinstance(value, list) else [value]:
        # Minute 0 and score 0 are where a rule begins to count.
        begins = number == 0 and (unit == "min" or field == "from")
        if type(number) in (int, Decimal) and not begins:
            yield InWords(f"{number} {unit}".rstrip(), (Decimal(number),), unit)


def _in_prose(text: str) -> Iterator[InWords]:
    """The numbers that its words tell: but for 0, years and bare counts of what is listed."""
    for told in numbers(text):
        if told.number and not told.is_year:
            yield InWords(told.text, (told.number,), told.unit)
    yield from (told for told in in_words(text) if told.measures)
