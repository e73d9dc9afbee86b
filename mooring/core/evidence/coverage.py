"""Where each statement of the founding documents went, and which went nowhere."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from mooring.core import handbook
from mooring.core.datafiles import DataFileError, Frozen, parse, read_toml
from mooring.core.evidence.base import DATA, EvidenceBase
from mooring.core.evidence.rules import rule_files
from mooring.core.handbook.sentences import marks

STATEMENTS = DATA / "statements.csv"
WORKFLOWS = DATA / "workflows.toml"
DISAGREEMENTS = tuple(f"D{number:02}" for number in range(1, 45))
CORRECTIONS = tuple(f"E{number:02}" for number in range(1, 17))

CLAIM, EXCLUDED = "claim", "excluded"
KINDS = (CLAIM, "rule", "workflow", "handbook passage", "disagreement", "correction", EXCLUDED)
_RANGE = re.compile(r"(S\d\.)(\d+)-(\d+)")


class Workflow(Frozen):
    """One system that the founding documents describe, and how much of it stands."""

    id: str
    title: str
    statements: tuple[str, ...]
    """Statement ids; "S4.28-34" stands for all of them from S4.28 to S4.34."""
    today: str
    waits: str

    @property
    def placed(self) -> Iterator[str]:
        """The statement ids, one by one."""
        return chain.from_iterable(map(_spread, self.statements))


class _WorkflowsFile(Frozen):
    workflows: tuple[Workflow, ...]


@dataclass(frozen=True)
class Coverage:
    """What is placed where, and what is missing."""

    places: Mapping[str, frozenset[str]]
    """For each statement the kinds of place (of KINDS) where it stands."""
    missing_disagreements: tuple[str, ...]
    missing_corrections: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The statements that have no claim, or whose claim nothing uses and nobody excluded."""
        return tuple(name for name, kinds in self.places.items() if not _is_placed(kinds))

    @property
    def whole(self) -> bool:
        """True where nothing is missing."""
        return not (self.gaps or self.missing_disagreements or self.missing_corrections)

    def count(self, kind: str) -> int:
        """How many statements stand in places of that kind."""
        return sum(kind in kinds for kinds in self.places.values())


def workflows() -> tuple[Workflow, ...]:
    """The systems, in order. Raises DataFileError when one names a statement there is not."""
    found = read_toml(WORKFLOWS, _WorkflowsFile).workflows
    known = set(statements())
    for workflow in found:
        for name in workflow.placed:
            if name not in known:
                raise DataFileError(
                    f"data/workflows.toml: '{workflow.id}' › statements: there is no '{name}'"
                )
    return found


def statements() -> tuple[str, ...]:
    """The ids of all statements of the founding documents, in order."""
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        return tuple(row["id"] for row in csv.DictReader(file))


def coverage(base: EvidenceBase) -> Coverage:
    """Follow every statement to where it stands."""
    cited = _cited(base)
    places = {
        name: frozenset(kind for kind in KINDS if name in cited[kind]) for name in statements()
    }
    return Coverage(
        places,
        tuple(name for name in DISAGREEMENTS if name not in base.disagreements),
        tuple(name for name in CORRECTIONS if name not in base.corrections),
    )


def _is_placed(kinds: frozenset[str]) -> bool:
    return CLAIM in kinds and len(kinds) > 1


def _cited(base: EvidenceBase) -> dict[str, set[str]]:
    """For each kind of place the claims that stand in one."""
    corrections = (c.claims + c.corrected_by for c in base.corrections.values())
    found = (
        set(base.claims),
        set(_in_rules()),
        {name for workflow in workflows() for name in workflow.placed},
        set(_in_handbook()),
        {name for d in base.disagreements.values() for name in d.named},
        set(chain.from_iterable(corrections)),
        {claim.id for claim in base.claims.values() if claim.excluded},
    )
    return dict(zip(KINDS, found, strict=True))


def _in_rules() -> Iterator[str]:
    return chain.from_iterable(_claims_in(parse(path)) for path in rule_files())


def _claims_in(entry: Any) -> Iterator[str]:
    """Every claim that stands under `claim` or `claims`, however deep."""
    if isinstance(entry, list):
        for part in entry:
            yield from _claims_in(part)
    elif isinstance(entry, dict):
        for key, value in entry.items():
            if key in ("claim", "claims"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _claims_in(value)


def _in_handbook() -> Iterator[str]:
    for passage in handbook.load().passages.values():
        yield from marks(f"{passage.both} {passage.clinician} {passage.patient}")


def _spread(statement: str) -> Iterator[str]:
    found = _RANGE.fullmatch(statement)
    if found is None:
        yield statement
        return
    document, first, last = found.groups()
    yield from (f"{document}{number:02}" for number in range(int(first), int(last) + 1))
