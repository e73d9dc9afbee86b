"""Terms: which of many named things a line speaks of, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mooring.core.clinical_text.cues import Assertion
from mooring.core.clinical_text.line import Line, Word, read

LONGEST_WITHOUT_S = 4
"""Words up to so many letters have no plural here: "sis" is no "si"."""

SAYS_NOTHING = frozenset(
    {
        *("situation", "finding", "disorder", "patient", "has", "reports", "reported", "per"),
        *("the", "at", "this", "time", "currently", "to", "date", "on", "file", "verified", "of"),
        *("or", "drug", "drugs", "medication", "known"),
    }
)
"""What may stand beside a statement without adding anything to it."""
Span = tuple[int, int]
"""First word and the one behind the last."""
Naming = tuple[Span, ...]
"""Where one thing is named: one stretch of words, or two that mean it together."""


@dataclass(frozen=True)
class Together:
    """Two words that mean the thing when they stand together, in any order."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    apart: int = 3
    """At most so many words lie between them."""
    across: bool = False
    """True where a comma may lie between them."""


@dataclass
class Terms:
    """An index of terms. Fill it, then read lines."""

    _phrases: dict[tuple[str, ...], set[tuple[str, str]]] = field(default_factory=dict)
    """From words to what they are a part of: the thing and the role of the words in it."""
    _cased: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    _together: dict[str, list[Together]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        name: str,
        words: Iterable[str] = (),
        exact: Iterable[str] = (),
        unless: Iterable[str] = (),
        together: Iterable[Together] = (),
        void: Iterable[str] = (),
    ) -> None:
        """Add a thing: words in any case, abbreviations in this case only, and what is none.

        `unless` holds a word of it and is another thing; where one of `void` stands in the line,
        the abbreviations mean another thing.
        """
        for word in words:
            self._put(word, (name, "is"))
        for word in exact:
            split = _split(word, cased=True)
            self._cased.setdefault(split, set()).add(name)
            self._note(tuple(part.lower() for part in split))
        for word in unless:
            self._put(word, (name, "not"))
        for word in void:
            self._put(word, (name, "void"))
        for pair in together:
            place = len(self._together.setdefault(name, []))
            self._together[name].append(pair)
            for word in pair.one:
                self._put(word, (name, f"one {place}"))
            for word in pair.other:
                self._put(word, (name, f"other {place}"))

    def named(self, text: str) -> Mapping[str, tuple[Naming, ...]]:
        """Where each thing is named, whatever is said of it."""
        return self._named(read(text))

    def is_all_of(self, name: str, text: str) -> bool:
        """True where the line names the thing, and says nothing beside it."""
        words = read(text).words
        named = {place for naming in self.named(text).get(name, ()) for span in naming
                 for place in range(*span)}  # fmt: skip
        beside = (word.low for place, word in enumerate(words) if place not in named)
        return bool(named) and SAYS_NOTHING.issuperset(beside)

    def asserted(self, text: str) -> Mapping[str, frozenset[tuple[Assertion, bool]]]:
        """What the line says of each thing it names; the flag is true where only a date says it."""
        line = read(text)
        return {
            name: frozenset(_said(line, naming) for naming in namings)
            for name, namings in self._named(line).items()
        }

    def _put(self, word: str, part: tuple[str, str]) -> None:
        split = _split(word)
        self._phrases.setdefault(split, set()).add(part)
        self._note(split)

    def _note(self, split: tuple[str, ...]) -> None:
        self._longest[split[0]] = max(len(split), self._longest.get(split[0], 0))

    def _named(self, line: Line) -> dict[str, tuple[Naming, ...]]:
        found = {
            name: tuple(self._namings(name, roles, line.words))
            for name, roles in self._parts(line.words).items()
        }
        return {name: namings for name, namings in found.items() if namings}

    def _namings(
        self, name: str, roles: Mapping[str, list[Span]], words: tuple[Word, ...]
    ) -> Iterator[Naming]:
        without = roles.get("not", ())
        abbreviated = () if "void" in roles else roles.get("exact", ())
        for span in _outside((*roles.get("is", ()), *abbreviated), without):
            yield (span,)
        for place, pair in enumerate(self._together.get(name, ())):
            one = _outside(roles.get(f"one {place}", ()), without)
            other = _outside(roles.get(f"other {place}", ()), without)
            yield from (
                (this, that) for this in one for that in other if _near(this, that, pair, words)
            )

    def _parts(self, words: tuple[Word, ...]) -> dict[str, dict[str, list[Span]]]:
        parts: dict[str, dict[str, list[Span]]] = {}
        for at, span in self._candidates(words):
            low = tuple(word.low for word in words[at:span])
            for name, role in (*self._phrases.get(low, ()), *self._phrases.get(_one(low), ())):
                parts.setdefault(name, {}).setdefault(role, []).append((at, span))
            cased = tuple(word.cased for word in words[at:span])
            for name in (*self._cased.get(cased, ()), *self._cased.get(_one(cased), ())):
                parts.setdefault(name, {}).setdefault("exact", []).append((at, span))
        return parts

    def _candidates(self, words: tuple[Word, ...]) -> Iterator[Span]:
        """Every stretch of joined words that could be a term."""
        for at, word in enumerate(words):
            longest = max(self._longest.get(word.low, 0), self._longest.get(_single(word.low), 0))
            end = at + 1
            while end <= len(words) and end - at <= longest:
                yield at, end
                if end < len(words) and not words[end].joined:
                    break
                end += 1


def _split(word: str, *, cased: bool = False) -> tuple[str, ...]:
    words = read(word).words
    return tuple(part.cased if cased else part.low for part in words)


def _single(word: str) -> str:
    return word[:-1] if len(word) > LONGEST_WITHOUT_S and word.endswith("s") else "\0"


def _one(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same with its last word in the singular; nothing where that is no plural."""
    return (*words[:-1], _single(words[-1]))


def _outside(spans: Iterable[Span], without: Iterable[Span]) -> list[Span]:
    """The spans that lie in none of the others."""
    others = tuple(without)
    return [
        (start, end)
        for start, end in spans
        if not any(begin <= start and end <= stop for begin, stop in others)
    ]


def _near(this: Span, that: Span, pair: Together, words: tuple[Word, ...]) -> bool:
    """True where two stretches stand near enough to each other, with no comma between."""
    start, end = min(this[1], that[1]), max(this[0], that[0])
    if not 0 <= end - start <= pair.apart:
        return False
    return pair.across or all(word.joined for word in words[start : end + 1])


def _said(line: Line, naming: Naming) -> tuple[Assertion, bool]:
    """The heaviest of what is said of any of its words, and whether only a date says it."""
    spans = [(line.words[start].start, line.words[end - 1].end) for start, end in naming]
    reached = [
        scope for scope in line.scopes if any(scope.holds(start, end) for start, end in spans)
    ]
    order = list(Assertion)
    heaviest = min((scope.means for scope in reached), key=order.index, default=Assertion.NOW)
    same = [scope for scope in reached if scope.means is heaviest]
    return heaviest, bool(same) and all(scope.only_events for scope in same)
