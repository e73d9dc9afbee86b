"""What carries each statement of the founding documents: a rule, a screen, a passage or nothing."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from mooring.core import handbook
from mooring.core.datafiles import DataFileError, Frozen, parse, read_toml
from mooring.core.evidence.base import DATA, EvidenceBase
from mooring.core.evidence.rules import rule_files
from mooring.core.handbook.sentences import marks
from mooring.core.shown import Shown

STATEMENTS = DATA / "statements.csv"
SYSTEMS = DATA / "systems.toml"
DISAGREEMENTS = tuple(f"D{number:02}" for number in range(1, 45))
CORRECTIONS = tuple(f"E{number:02}" for number in range(1, 17))
IN_CHAPTER = (
    "tests/clinic/handbook/test_what_is_promised.py"
    "::test_every_claim_of_a_passage_is_linked_in_its_chapter"
)
"""The test that shows every passage with what it cites."""
_RANGE = re.compile(r"(S\d\.)(\d{1,3})-(\d{1,3})")


class By(StrEnum):
    """What can carry a statement, from what holds most to what only tells."""

    RULE = "rule"
    """A policy cites the statement, and a case shows that it does what it says."""
    SCREEN = "screen"
    """A page shows it, asks for it or keeps it."""
    PASSAGE = "handbook passage"
    """A passage of the handbook tells it, beside its claim."""


class Asks(StrEnum):
    """What sort of statement it is, by the letter of the inventory."""

    SYSTEM = "Y"
    RULE = "R"
    NUMBER = "N"
    CLAIM = "C"

    @property
    def in_words(self) -> str:
        """In the plural, as a table names them."""
        names = {"Y": "ways of working", "R": "rules", "N": "numbers", "C": "other claims"}
        return names[self.value]


class Carrier(Shown):
    """What carries some statements, with the tests that show it."""

    by: By
    statements: tuple[str, ...]


class System(Frozen):
    """One system that the founding documents describe."""

    id: str
    title: str
    statements: tuple[str, ...]
    """Statement ids; "S4.28-34" stands for all of them from S4.28 to S4.34."""
    waits: str
    """What is left out; empty where nothing is."""
    carries: tuple[Carrier, ...] = ()

    @property
    def placed(self) -> Iterator[str]:
        """The statement ids, one by one."""
        return chain.from_iterable(map(_spread, self.statements))


class _SystemsFile(Frozen):
    systems: tuple[System, ...]


@dataclass(frozen=True)
class Coverage:
    """What carries each statement, and what is missing."""

    carriers: Mapping[str, tuple[Carrier, ...]]
    """For each statement what carries it, rules first; empty where nothing does."""
    without_claim: tuple[str, ...]
    missing_disagreements: tuple[str, ...]
    missing_corrections: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """True where every statement, disagreement and correction is on record."""
        missing = (self.without_claim, self.missing_disagreements, self.missing_corrections)
        return not any(missing)

    def first(self, statement: str) -> By | None:
        """What holds it most; None where nothing carries it."""
        return next((one.by for one in self.carriers[statement]), None)

    def count(self, by: By | None) -> int:
        """How many statements have that as what holds them most."""
        return sum(self.first(name) is by for name in self.carriers)


def systems() -> tuple[System, ...]:
    """The systems, in order.

    Raises DataFileError when one names a statement there is not, a passage as what carries a
    statement (they are found in the handbook), or a rule that cites no such statement.
    """
    found, cited = read_toml(SYSTEMS, _SystemsFile).systems, _in_rules()
    ids = [system.id for system in found]
    for system in found:
        if ids.count(system.id) > 1:
            raise _wrong(system, "id", "stands twice")
        for name in _unknown(system):
            raise _wrong(system, "statements", f"there is no '{name}'")
        for one in system.carries:
            if one.by is By.PASSAGE:
                raise _wrong(system, "carries", "passages are found in the handbook")
            for name in one.statements:
                if one.by is By.RULE and name not in cited:
                    raise _wrong(system, "carries", f"no rule cites '{name}'")
    return found


def statements() -> Mapping[str, Asks]:
    """All statements of the founding documents, in order, each with what it asks for.

    Raises DataFileError, naming line and column, where a row does not fit.
    """
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        try:
            return _read(csv.DictReader(file))
        except (csv.Error, UnicodeDecodeError) as problem:
            raise DataFileError(f"data/statements.csv: this is no table: {problem}") from None


def _read(rows: Iterable[Mapping[str, str | None]]) -> dict[str, Asks]:
    found: dict[str, Asks] = {}
    kinds = {asks.value: asks for asks in Asks}
    for line, row in enumerate(rows, start=2):
        name, kind = row.get("id") or "", row.get("kind") or ""
        if not name or name in found:
            raise _no_statement(line, "id", f"'{name}' is missing, or stands twice")
        if kind not in kinds:
            raise _no_statement(line, "kind", f"'{kind}' is none of {', '.join(kinds)}")
        found[name] = kinds[kind]
    return found


def _no_statement(line: int, column: str, why: str) -> DataFileError:
    return DataFileError(f"data/statements.csv: line {line} › {column}: {why}")


def coverage(base: EvidenceBase) -> Coverage:
    """Follow every statement to what carries it. Raises DataFileError as `systems` does."""
    carried: dict[str, list[Carrier]] = {name: [] for name in statements()}
    listed = (one for system in systems() for one in system.carries)
    for one in sorted([*listed, *_passages()], key=lambda one: list(By).index(one.by)):
        for name in one.statements:
            carried[name].append(one)
    return Coverage(
        {name: tuple(found) for name, found in carried.items()},
        tuple(name for name in carried if name not in base.claims),
        tuple(name for name in DISAGREEMENTS if name not in base.disagreements),
        tuple(name for name in CORRECTIONS if name not in base.corrections),
    )


def _passages() -> Iterator[Carrier]:
    known = statements()
    for passage in handbook.load().passages.values():
        told = marks(f"{passage.both} {passage.clinician} {passage.patient}")
        yield Carrier(
            says=f"Told in {passage.id}.",
            shown_by=(IN_CHAPTER,),
            by=By.PASSAGE,
            statements=tuple(name for name in told if name in known),
        )


def _in_rules() -> frozenset[str]:
    return frozenset(chain.from_iterable(_claims_in(parse(path)) for path in rule_files()))


def _claims_in(entry: Any) -> Iterator[str]:
    """Every claim that stands under `claim` or `claims`, however deep."""
    if isinstance(entry, list):
        for part in entry:
            yield from _claims_in(part)
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key in ("claim", "claims"):
                named = value if isinstance(value, list) else [value]
                yield from (name for name in named if isinstance(name, str))
            else:
                yield from _claims_in(value)


def _unknown(system: System) -> Iterator[str]:
    known = statements()
    named = chain(system.placed, *(one.statements for one in system.carries))
    return (name for name in named if name not in known)


def _wrong(system: System, field: str, why: str) -> DataFileError:
    return DataFileError(f"data/systems.toml: '{system.id}' › {field}: {why}")


def _spread(statement: str) -> Iterator[str]:
    found = _RANGE.fullmatch(statement)
    if found is None:
        yield statement
        return
    document, first, last = found.groups()
    yield from (f"{document}{number:02}" for number in range(int(first), int(last) + 1))
