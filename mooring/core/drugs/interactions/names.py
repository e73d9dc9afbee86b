"""The medicines that rules can speak of, by name and code; and names that no rule is about.

Codes and names come from RxNorm Current Prescribable Content of 6 October 2025 (U.S. National
Library of Medicine, which does not endorse this software). What began with an A was not in the
part that was read: such medicines are found by their name alone, alprazolam apart. Trade names
and names of other countries without a code were written down by hand.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from mooring.core.datafiles import DataFileError, Frozen, read_toml

FOLDER = Path(__file__).parent

Words = tuple[str, ...]


class Medicine(Frozen):
    """One ingredient, with the other names that lists give it."""

    name: str
    rxnorm: str | None = None
    """The code of the ingredient in RxNorm; None where it was not read."""
    also: tuple[str, ...] = ()
    """Spellings and trade names."""


class Group(Frozen):
    """Medicines that a rule takes together."""

    id: str
    title: str
    also: tuple[str, ...] = ()
    """Words for the group as a whole, for example "opioid"."""
    medicines: tuple[Medicine, ...]


@dataclass(frozen=True)
class Known:
    """A medicine that a list names, or a whole group, or one that no rule is about."""

    name: str
    group: str | None
    """The id of its group; None where no rule is about it."""
    whole_group: bool = False
    """True where the list names only the group, so that nobody knows which medicine it is."""


@dataclass(frozen=True)
class Catalogue:
    """All known medicines. Read only."""

    groups: Mapping[str, Group]
    phrases: Mapping[Words, Known]
    """From a name, word by word, to what it means."""
    codes: Mapping[str, tuple[Known, ...]]
    """From an RxNorm code, of an ingredient or of a product, to the medicines in it."""

    @cached_property
    def longest(self) -> int:
        """How many words the longest name has."""
        return max(map(len, self.phrases))

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The names of one word that rules are about: what a misspelt word may stand for."""
        ruled = (
            " ".join(words) for words, known in self.phrases.items() if known.group is not None
        )
        return tuple(sorted(name for name in ruled if name.isalpha()))

    def medicine(self, name: str) -> Known:
        """The medicine of that name. Raises KeyError that names it when there is none."""
        try:
            return self.phrases[words(name)]
        except KeyError:
            raise KeyError(f"no medicine is called '{name}'") from None


def words(text: str) -> Words:
    """The words and numbers of a text, without case, accents, hyphens and other signs."""
    plain = (
        unicodedata.normalize("NFKD", text)
        .casefold()
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:\.\d+)?", bare))


@cache
def load(folder: Path = FOLDER) -> Catalogue:
    """Read the groups, the codes of products and the other names below `folder`.

    Raises DataFileError, naming the file and the entry, when a name or a code stands twice.
    """
    groups = [read_toml(path, Group) for path in sorted((folder / "groups").glob("*.toml"))]
    phrases: dict[Words, Known] = {}
    for name, known in _named(groups):
        if words(name) in phrases:
            raise DataFileError(f"groups/{known.group}.toml: '{name}' stands twice")
        phrases[words(name)] = known
    codes = _codes(folder / "products.csv", groups, phrases)
    for name, medicine in _without_rule(folder):
        phrases.setdefault(words(name), Known(medicine, None))
    return Catalogue({group.id: group for group in groups}, phrases, codes)


def _named(groups: list[Group]) -> Iterator[tuple[str, Known]]:
    for group in groups:
        for word in group.also:
            yield word, Known(group.title, group.id, whole_group=True)
        for medicine in group.medicines:
            for name in (medicine.name, *medicine.also):
                yield name, Known(medicine.name, group.id)


def _without_rule(folder: Path) -> Iterator[tuple[str, str]]:
    """Trade names with their medicine, and medicines by their own name."""
    with (folder / "trade_names.csv").open(encoding="utf-8", newline="") as lines:
        yield from ((row["name"], row["medicine"]) for row in csv.DictReader(lines))
    for name in (folder / "other_names.txt").read_text(encoding="utf-8").splitlines():
        yield name, name


def _codes(
    products: Path, groups: list[Group], phrases: Mapping[Words, Known]
) -> dict[str, tuple[Known, ...]]:
    codes: dict[str, tuple[Known, ...]] = {}
    for group in groups:
        for medicine in group.medicines:
            if medicine.rxnorm in codes:
                raise DataFileError(f"groups/{group.id}.toml: code {medicine.rxnorm} stands twice")
            if medicine.rxnorm is not None:
                codes[medicine.rxnorm] = (Known(medicine.name, group.id),)
    with products.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            inside = tuple(phrases[words(name)] for name in row["medicines"].split(";"))
            codes.setdefault(row["rxnorm"], inside)
    return codes
