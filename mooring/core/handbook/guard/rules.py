"""The guard's rules as data: patterns in words that the file itself names."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field

from mooring.core.datafiles import DataFileError, Frozen, read_toml
from mooring.core.drugs.interactions import names

FILE = Path(__file__).parent / "rules.toml"
_NAME = re.compile(r"\{([a-z_]+)\}")
_NO_MEDICINE = frozenset({"alcohol", "cannabis"})
"""Groups of the catalogue that are no medicines: leaving them out is no advice to skip one."""
_STANDS_FOR_A_NAME = "ǃ"
"""A letter of no European language: one pattern then finds a thousand names."""
_KETAMINE = frozenset({"ketamine", "esketamine", "spravato", "ketalar"})


class Rule(Frozen):
    """One thing that patients are not told."""

    id: str
    right: str
    """What would be right instead, as the editor reads it."""
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    """Where one of these covers the place, the sentence is harmless."""
    evidence: bool = False
    """True where it holds for what a source is quoted with, too, and not only for our advice."""


class Rules(Frozen):
    """The file: words, and the rules written with them."""

    words: dict[str, str]
    rules: tuple[Rule, ...]

    @cached_property
    def compiled(self) -> tuple["Compiled", ...]:
        """The rules ready to be used. Raises DataFileError for a word or pattern that is none."""
        return tuple(
            Compiled(rule, self._all(rule.patterns), self._all(rule.unless)) for rule in self.rules
        )

    def _all(self, patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
        try:
            return tuple(re.compile(self._spelt(one), re.IGNORECASE) for one in patterns)
        except (re.error, KeyError) as problem:
            raise DataFileError(f"guard/rules.toml: {problem}") from None

    def _spelt(self, pattern: str) -> str:
        """The pattern with each {word} in its place; {3} and {0,2} stay counts."""
        known = {**self.words, "named": f"{_STANDS_FOR_A_NAME}+"}
        while _NAME.search(pattern):
            pattern = _NAME.sub(lambda name: known[name[1]], pattern)
        return pattern


class Compiled:
    """One rule, ready to be held against a sentence."""

    def __init__(
        self,
        rule: Rule,
        patterns: tuple[re.Pattern[str], ...],
        unless: tuple[re.Pattern[str], ...],
    ) -> None:
        self.rule, self._patterns, self._unless = rule, patterns, unless

    def found(self, sentence: "Sentence") -> str:
        """The words in the sentence that the rule refuses; "" where there are none."""
        masked = sentence.masked
        harmless = [h.span() for pattern in self._unless for h in pattern.finditer(masked)]
        for pattern in self._patterns:
            for found in pattern.finditer(masked):
                start, end = found.span()
                if not any(a < end and start < b for a, b in harmless):
                    return sentence.words[start:end].strip(' ,;:“”"')
        return ""


class Sentence:
    """One sentence, and the same with a sign of its own in each letter of a medicine's name."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.masked = _named().sub(lambda name: _STANDS_FOR_A_NAME * len(name[0]), words)


@cache
def rules() -> tuple[Compiled, ...]:
    """The rules as they ship. Raises DataFileError where the file does not fit."""
    return read_toml(FILE, Rules).compiled


@cache
def _named() -> re.Pattern[str]:
    """Every medicine that lists of medicines know by name, longest first, but for ketamine."""
    known = names.load().phrases.items()
    spelt = {" ".join(words) for words, one in known if one.group not in _NO_MEDICINE}
    ordered = sorted(spelt - _KETAMINE, key=lambda name: (-len(name), name))
    either = "|".join(r"[\s-]+".join(map(re.escape, name.split())) for name in ordered)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
