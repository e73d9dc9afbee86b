"""Which words of the indexed texts a typed word may mean, and how sure that is."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST_PREFIX = 2
SHORTEST_TYPO = 4
"""Below this many letters every word is near every other."""
PREFIX = 0.7
TYPO = 0.5
NEAR = 3
"""As many near words are offered for one that nothing matches."""


class Vocabulary:
    """The known words, in order."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = sorted(known)

    def meant(self, typed: str) -> Mapping[str, float]:
        """Known words a typed one may stand for, each with 1 for itself and less for a guess.

        Typing slips are looked for only where nothing begins with the word as typed.
        """
        return dict(self._beginning(typed)) or dict(self._mistyped(typed))

    def begins(self, typed: str) -> bool:
        """True when a known word is this one, or begins with it."""
        return any(True for _ in self._beginning(typed))

    def near(self, typed: str) -> tuple[str, ...]:
        """The known words closest to one that means none of them."""
        if len(typed) < SHORTEST_TYPO:
            return ()
        furthest = max(3, len(typed) // 2)
        found = process.extract(
            typed,
            self._known,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=furthest,
            limit=NEAR,
        )
        return tuple(word for word, _, _ in found)

    def _beginning(self, typed: str) -> Iterator[tuple[str, float]]:
        for at in range(bisect_left(self._known, typed), len(self._known)):
            word = self._known[at]
            if not word.startswith(typed):
                return
            if word == typed:
                yield word, 1.0
            elif len(typed) >= SHORTEST_PREFIX:
                yield word, PREFIX * len(typed) / len(word)

    def _mistyped(self, typed: str) -> Iterator[tuple[str, float]]:
        """One slip in a short word, two in a long one. A number with a slip is another number."""
        if len(typed) < SHORTEST_TYPO or any(letter.isdigit() for letter in typed):
            return
        slips = 1 if len(typed) < 8 else 2
        found = process.extract(
            typed,
            self._known,
            scorer=DamerauLevenshtein.distance,
            score_cutoff=slips,
            limit=None,
        )
        for word, distance, _ in found:
            yield word, TYPO / distance
