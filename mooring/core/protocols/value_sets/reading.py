"""All value sets with one index of their words and one of their codes; reads an entry once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from mooring.core.clinical_text import Assertion, Terms, Together
from mooring.core.code_systems import ICD_10_CM, SYSTEMS, Coding, canonical
from mooring.core.drugs.interactions.reading import by_codes, medicines
from mooring.core.protocols.value_sets.model import ValueSet

_WRITTEN = re.compile(
    r"\s*(?:ICD.?10(?:.?CM)?\W{1,2})?([A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})\b(?!\W*(?:ruled|r/o|not ))"
)
MANY = 16_384
"""So many lines and codes are kept as they were read."""
Says = frozenset[Assertion]
NOTHING: Says = frozenset()
NOW: Says = frozenset({Assertion.NOW})
PAST: Says = frozenset({Assertion.PAST})
NEGATED: Says = frozenset({Assertion.NEGATED})
Below = tuple[str, re.Pattern[str], Says]
"""The set, its code and what lies below, and what that says."""


@dataclass(frozen=True, eq=False)
class ValueSets:
    """All value sets. Read only; one is the same as another only where it is the same object."""

    sets: Mapping[str, ValueSet]
    terms: Terms
    codes: Mapping[tuple[str | None, str], Mapping[str, Assertion]]
    """By system and code, except ICD-10-CM, what the code says of which set."""
    below: tuple[Below, ...]
    """Codes of ICD-10-CM, each with all below it; of one set the deepest first."""

    def __getitem__(self, name: str) -> ValueSet:
        return self.sets[name]

    def __contains__(self, name: object) -> bool:
        return name in self.sets

    def values(self) -> ValuesView[ValueSet]:
        """Every set."""
        return self.sets.values()

    def read(self, text: str, codings: tuple[Coding, ...] = ()) -> Mapping[str, Says]:
        """What the words and codes of one entry say of every set that they name.

        A code that is listed counts whatever the words say.
        """
        return _read(self, text, codings)

    def icd10cm_title(self, coding: Coding) -> str:
        """What a code of ICD-10-CM means, by the deepest listed code; empty where none is."""
        if coding.code is None or canonical(coding.system) != ICD_10_CM:
            return ""
        plain = _plain(coding.code)
        listed = (
            (len(code), title)
            for one in self.sets.values()
            for code, title in (*one.icd10cm.items(), *one.icd10cm_past.items())
            if plain.startswith(code.replace(".", ""))
        )
        return max(listed, default=(0, ""))[1]

    def says(self, name: str, text: str, codings: tuple[Coding, ...] = ()) -> Says:
        """What one entry says of one set, or of those it is made of; empty where it names none."""
        one, read = self.sets[name], self.read(text, codings)
        if one.of_medicines:
            return self._of_medicines(one, text, codings, read.get(name, NOTHING))
        return NOTHING.union(*(read.get(each, NOTHING) for each in (name, *one.of)))

    def states(self, name: str, text: str, codings: tuple[Coding, ...] = ()) -> bool:
        """True where the entry is the statement that the set is, for example "no allergies".

        Its words have to be the whole entry: "NKDA except ketamine" is no such statement.
        """
        if any(name in _read_code(self, coding) for coding in codings):
            return True
        return any(self.terms.is_all_of(name, words) for words in _all_words(text, codings))

    def knows_medicine(self, text: str, codings: tuple[Coding, ...] = ()) -> bool:
        """True where an entry names a medicine that interactions know, or a listed one."""
        if by_codes(codings) or self.read(text, codings):
            return True
        return any(medicines(words)[0] for words in _all_words(text, codings))

    def _of_medicines(
        self, one: ValueSet, text: str, codings: tuple[Coding, ...], read: Says
    ) -> Says:
        """The names and codes that the interactions' own reader finds, with what is said of them.

        So both know the same medicines, and take a denial or an allergy for what it is.
        """
        if any(map(one.has_medicine, by_codes(codings))):
            return NOW | read
        for words in _all_words(text, codings):
            found, taking = medicines(words)
            if any(map(one.has_medicine, found)):
                return (read or NOW) if taking.counts else NEGATED
        return read if one.words else NOTHING


def index(sets: Mapping[str, ValueSet]) -> ValueSets:
    """The sets with their words and codes in one index each."""
    terms, codes = Terms(), dict[tuple[str | None, str], dict[str, Assertion]]()
    for one in sets.values():
        pairs = (Together(each.one, each.other, each.apart, each.across) for each in one.together)
        terms.add(one.id, one.all_words, one.exact, one.unless, pairs, one.void)
        for code in one.codes:
            of_code = codes.setdefault((SYSTEMS[code.system], code.code), {})
            of_code[one.id] = Assertion(code.asserts)
    return ValueSets(sets, terms, codes, tuple(chain.from_iterable(map(_below, sets.values()))))


def _below(one: ValueSet) -> Iterator[Below]:
    """Its codes of ICD-10-CM, the longest first: what lies deeper says it more exactly."""
    said = (
        *((code, NOW) for code in one.icd10cm),
        *((code, PAST) for code in one.icd10cm_past),
        *((code, NOTHING) for code in one.icd10cm_without),
    )
    for code, says in sorted(said, key=lambda each: len(each[0].replace(".", "")), reverse=True):
        plain = code.replace(".", "")
        yield one.id, re.compile(plain.replace("?", ".")), says


def _all_words(text: str, codings: Iterable[Coding]) -> tuple[str, ...]:
    return (text, *(coding.display for coding in codings if coding.display))


def _plain(code: str) -> str:
    return code.strip().upper().replace(".", "")


@lru_cache(MANY)
def _read(sets: ValueSets, text: str, codings: tuple[Coding, ...]) -> Mapping[str, Says]:
    found = dict(_read_words(sets, text))
    for name, said in _read_written(sets, text).items():
        found.setdefault(name, said)
    for coding in codings:
        for name, said in (
            *_read_words(sets, coding.display).items(),
            *_read_code(sets, coding).items(),
        ):
            found[name] = found.get(name, NOTHING) | said
    return found


def _read_written(sets: ValueSets, text: str) -> Mapping[str, Says]:
    """What a code of ICD-10-CM says that the words begin with: "F20.9, stable on paliperidone".

    Words beside it that name the same thing count instead: "F20.9 ruled out" is no code.
    """
    code = _WRITTEN.match(text)
    return _read_code(sets, Coding(ICD_10_CM, code[1], "")) if code else {}


@lru_cache(MANY)
def _read_words(sets: ValueSets, text: str) -> Mapping[str, Says]:
    """What one line says of each set. A year ends an episode, and no lasting disease."""
    return {
        name: frozenset(
            Assertion.NOW if only_dated and sets[name].lasting else assertion
            for assertion, only_dated in said
        )
        for name, said in sets.terms.asserted(text).items()
    }


@lru_cache(MANY)
def _read_code(sets: ValueSets, coding: Coding) -> Mapping[str, Says]:
    if coding.code is None:
        return {}
    system, code = canonical(coding.system), coding.code.strip()
    if system != ICD_10_CM:
        listed = sets.codes.get((system, code), {})
        return {name: frozenset({assertion}) for name, assertion in listed.items()}
    plain, found = _plain(code), dict[str, Says]()
    for name, below, says in sets.below:
        if name not in found and below.match(plain):
            found[name] = says
    return {name: says for name, says in found.items() if says}
