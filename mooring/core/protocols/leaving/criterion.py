"""One criterion for leaving, met or open, in the words that screens and print show."""

from dataclasses import dataclass

from mooring.core.session.view import Blocker


@dataclass(frozen=True)
class Criterion:
    """Whether it is met, and the line that says so."""

    met: bool
    line: Blocker


def met(name: str, words: str, claims: tuple[str, ...]) -> Criterion:
    """A criterion that is met."""
    return Criterion(True, Blocker(name, words, claims))


def not_yet(name: str, words: str, claims: tuple[str, ...]) -> Criterion:
    """A criterion that is open; the line says what is."""
    return Criterion(False, Blocker(name, f"Not yet: {words}", claims))
