"""Lines of charts, labelled without a look at the program, and how they are read."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mooring.core.clinical_text import Assertion
from mooring.core.protocols.screening import CodedFact
from mooring.core.protocols.screening.evaluate import NOW, says

CONCEPTS: Mapping[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            *("pregnancy", "breastfeeding", "psychosis", "acute-psychosis", "family-psychosis"),
            *("bipolar", "manic-episode", "suicidality", "overdose", "heart-disease"),
            *("unstable-heart-disease", "aneurysm-avm-haemorrhage", "stroke", "hypertension"),
            *("uncontrolled-hypertension", "raised-pressure", "severe-liver-disease"),
            *("liver-disease", "hyperthyroidism", "ketamine-misuse", "substance-use", "withdrawal"),
            *("dissociative-disorder", "personality-disorder", "seizure-disorder", "depression"),
            *("chronic-pain", "ketamine-allergy"),
        )
    },
    "liver-disease": ("liver-disease", "severe-liver-disease"),
    "ptsd": ("post-traumatic-stress",),
    "med-depressant": ("opioids", "benzodiazepines", "other-depressants"),
    "med-stimulant": ("stimulants",),
    "med-maoi": ("mao-inhibitors",),
    "med-lithium": ("lithium",),
    "med-antipsychotic": ("antipsychotics",),
}
"""From a concept of the labels to the value sets that stand for it."""
NOW_ONLY = frozenset(
    {
        *("pregnancy", "breastfeeding", "acute-psychosis", "manic-episode", "severe-liver-disease"),
        *("unstable-heart-disease", "uncontrolled-hypertension", "hyperthyroidism"),
        *("med-depressant", "med-stimulant", "med-maoi", "med-lithium", "med-antipsychotic"),
    }
)
ASSERTED = NOW | {Assertion.PAST}


@dataclass(frozen=True)
class Labelled:
    """One line with what it asserts, and what it may assert."""

    id: str
    kind: str
    section: str
    line: str
    asserts: frozenset[str]
    either: frozenset[str]


@dataclass(frozen=True)
class Wrong:
    """One concept of one line that was read otherwise than it was labelled."""

    labelled: Labelled
    concept: str
    missed: bool


def read_labelled(path: Path) -> list[Labelled]:
    """The lines of a file of labels. Raises ValueError without sentences or for an odd concept."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and "line" not in rows[0]:
        raise ValueError(f"{path.name}: labels without sentences; see docs/chart-lines.md")
    return [_labelled(row) for row in rows]


def _labelled(row: Mapping[str, str | None]) -> Labelled:
    asserts, either = (frozenset((row[name] or "").split()) for name in ("asserts", "either"))
    if (asserts | either) - set(CONCEPTS):
        raise ValueError(f"{row['id']}: no concept is called {asserts | either - set(CONCEPTS)}")
    told = (row[name] or "" for name in ("id", "kind", "section", "line"))
    return Labelled(*told, asserts, either)


def asked(line: Labelled) -> frozenset[str]:
    """What the program asks of such a line: medicines it reads on the list of medicines alone."""
    if line.kind == "allergy":
        return frozenset({"ketamine-allergy"})
    if line.kind == "medication":
        return frozenset(CONCEPTS)
    return frozenset(name for name in CONCEPTS if not name.startswith("med-"))


def read(line: Labelled) -> frozenset[str]:
    """The concepts that the program takes the line to assert."""
    family = line.kind == "family" or line.section.casefold() == "family history"
    fact = CodedFact(None, None, line.line, "active", relation="relative" if family else "")
    return frozenset(name for name in asked(line) if _asserted(name, fact, line.kind))


def _asserted(concept: str, fact: CodedFact, kind: str) -> bool:
    sets = CONCEPTS[concept]
    if kind == "allergy":
        sets = (*sets, "ketamine-substance")
    wanted = NOW if concept in NOW_ONLY else ASSERTED
    return any(says(name, fact) & wanted for name in sets)


def wrong(lines: Iterable[Labelled]) -> Iterator[Wrong]:
    """What was read otherwise than it was labelled."""
    for line in lines:
        found = read(line)
        for concept in sorted((line.asserts & asked(line)) - found):
            yield Wrong(line, concept, missed=True)
        for concept in sorted(found - line.asserts - line.either):
            yield Wrong(line, concept, missed=False)


def report(path: Path, *, each: bool) -> Iterator[str]:
    """The figures of one file, in lines."""
    lines = read_labelled(path)
    found = list(wrong(lines))
    labelled = Counter(name for line in lines for name in line.asserts & asked(line))
    not_asked = sum(len(line.asserts - asked(line)) for line in lines)
    missed = Counter(one.concept for one in found if one.missed)
    false = Counter(one.concept for one in found if not one.missed)
    total, lines_wrong = labelled.total(), len({one.labelled.id for one in found})
    false_lines = len({one.labelled.id for one in found if not one.missed})
    yield f"{path.name}: {len(lines)} lines, {lines_wrong} read otherwise than labelled"
    yield f"  missed {missed.total()} of {total} ({_share(missed.total(), total)})"
    spoken = total - missed.total() + false.total()
    yield (
        f"  false {false.total()}: {_share(false.total(), spoken)} of what was found, in "
        f"{_share(false_lines, len(lines))} of the lines"
    )
    yield f"  {not_asked} labels are not asked for: medicines in lines that are no medicine entry"
    for concept in CONCEPTS:
        if missed[concept] or false[concept]:
            yield (
                f"  {concept:26} labelled {labelled[concept]:4}  missed {missed[concept]:3}  "
                f"false {false[concept]:3}"
            )
    if each:
        for one in found:
            word = "missed" if one.missed else "FALSE"
            line = one.labelled
            yield f"{word}\t{one.concept}\t{line.id}\t{line.kind}/{line.section}\t{line.line}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def main(words: list[str]) -> int:
    """Print the figures of each file; the exit code is 2 without one."""
    paths = [Path(word) for word in words if not word.startswith("--")]
    for path in paths:
        print("\n".join(report(path, each="--lines" in words)))  # noqa: T201
    return 0 if paths else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
