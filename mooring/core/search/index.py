"""The index: which entries hold which words, and which of them answer a question best."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from mooring.core.search.entries import Entry
from mooring.core.search.matching import Vocabulary
from mooring.core.search.words import folded, parts, wholes, words

NAME, TITLE, TEXT, ABOUT = 8.0, 4.0, 2.0, 1.0
"""What a word counts in an entry's id, title, text, and in what is said about it."""
LONGEST_QUESTION = 12
"""Words that are looked up; a whole paragraph pasted in is cut after them."""
PASSED_OVER = frozenset(
    wholes(
        "a an and are as at be by can do does for from how i if in is it me my of on or the there "
        "to was what when which who why will with you your"
    )
)
"""Words of a question that say nothing about its subject."""


@dataclass(frozen=True)
class Hit:
    """One entry that answers."""

    entry: Entry
    words: frozenset[str]
    """Its words that matched, as compared: to be marked where they stand."""
    by_id: bool = False
    """True when the question was the entry's own id."""


@dataclass(frozen=True)
class Found:
    """What a search brought, best first."""

    hits: tuple[Hit, ...]
    unknown: Mapping[str, tuple[str, ...]]
    """Typed words that nothing holds, each with the nearest words that something holds."""
    read_as: Mapping[str, tuple[str, ...]]
    """Typed words that were taken for a slip, each with the words they were taken for."""


class Index:
    """Built once for a state of evidence and handbook; a search changes nothing in it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._postings: dict[str, dict[int, float]] = defaultdict(dict)
        for number, entry in enumerate(self.entries):
            self._by_id[folded(entry.id)].append(number)
            for word, weight in _weights(entry).items():
                self._postings[word][number] = weight
        self._vocabulary = Vocabulary(tuple(self._postings))

    def search(self, question: str) -> Found:
        """Entries with all typed words; where none has all, those with the most of them."""
        whole = folded(question).strip()
        meant = {word: self._vocabulary.meant(word) for word in self._typed(question)}
        unknown = {word: self._vocabulary.near(word) for word, found in meant.items() if not found}
        named = self._by_id.get(whole, [])
        ranked = self._ranked([m for m in meant.values() if m])
        hits = [Hit(self.entries[n], frozenset({whole, *words(whole)}), by_id=True) for n in named]
        hits += [Hit(self.entries[n], found) for n, found in ranked if n not in named]
        return Found(tuple(hits), unknown, _slips(meant))

    def _typed(self, question: str) -> list[str]:
        """The words to look up: a compound that no entry holds is looked up by its parts."""
        typed = [
            word
            for whole in wholes(question)
            for word in ([whole] if self._vocabulary.begins(whole) else parts(whole))
        ]
        telling = [word for word in dict.fromkeys(typed) if word not in PASSED_OVER]
        return (telling or typed)[:LONGEST_QUESTION]

    def _ranked(self, meant: Sequence[Mapping[str, float]]) -> list[tuple[int, frozenset[str]]]:
        scores: dict[int, list[float]] = defaultdict(list)
        matched: dict[int, set[str]] = defaultdict(set)
        for candidates in meant:
            for number, (score, found) in self._best(candidates).items():
                scores[number].append(score)
                matched[number] |= found
        most = max(map(len, scores.values()), default=0)
        full = [number for number, each in scores.items() if len(each) == most]
        full.sort(key=lambda number: (-sum(scores[number]), number))
        return [(number, frozenset(matched[number])) for number in full]

    def _best(self, candidates: Mapping[str, float]) -> dict[int, tuple[float, set[str]]]:
        """For each entry the best of what one typed word may mean, and all that matched."""
        best: dict[int, tuple[float, set[str]]] = {}
        for word, sure in candidates.items():
            postings = self._postings[word]
            rare = log(1 + len(self.entries) / len(postings))
            for number, weight in postings.items():
                score, found = best.get(number, (0.0, set()))
                best[number] = max(score, sure * rare * weight), found | {word}
        return best


def _weights(entry: Entry) -> dict[str, float]:
    """What each word of an entry counts: its best place, and a little for each further one."""
    weights: dict[str, float] = {}
    fields = ((entry.id, NAME), (entry.title, TITLE), (entry.text, TEXT), (entry.about, ABOUT))
    for text, weight in fields:
        for word in words(text):
            weights[word] = max(weight, weights.get(word, 0.0) + 0.1)
    return weights


def _slips(meant: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[str, ...]]:
    return {
        typed: tuple(candidates)
        for typed, candidates in meant.items()
        if candidates and not any(word.startswith(typed) for word in candidates)
    }
