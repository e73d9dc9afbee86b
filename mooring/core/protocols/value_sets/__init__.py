"""Value sets: which codes and which words mean the same thing for a rule.

A fact belongs to a set when its code is listed, or when one of the set's words stands in its text
as a whole word. Words make free text and unlisted codes count too: better a rule that speaks once
too often than one that stays silent.
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from mooring.core.datafiles import DataFileError, Frozen, read_toml

FOLDER = Path(__file__).parent

SYSTEMS = {
    "snomed": "http://snomed.info/sct",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ips": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
}


class Code(Frozen):
    """One code of a terminology. `display` is for the reader of the file."""

    system: Literal["snomed", "rxnorm", "ips"]
    code: str
    display: str


class ValueSet(Frozen):
    """Codes and words that mean one thing."""

    id: str
    title: str
    codes: tuple[Code, ...] = ()
    words: tuple[str, ...]
    unless_starting: tuple[str, ...] = ()
    """Text that begins like this is somebody else's history, for example "family history"."""

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not self.words:
            raise ValueError("a value set has at least one word, so that free text can match")
        return self

    def has(self, system: str | None, code: str | None, text: str) -> bool:
        """True when the code is listed for its system, or a word stands in the text."""
        return (system, code) in self._keys or self._reads(text)

    def _reads(self, text: str) -> bool:
        plain = text.casefold().strip()
        if any(plain.startswith(start.casefold()) for start in self.unless_starting):
            return False
        return self._pattern.search(plain) is not None

    @cached_property
    def _keys(self) -> frozenset[tuple[str | None, str | None]]:
        return frozenset((SYSTEMS[c.system], c.code) for c in self.codes)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = (r"\s+".join(re.escape(w) for w in word.casefold().split()) for word in self.words)
        return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


class _ValueSetsFile(Frozen):
    value_sets: tuple[ValueSet, ...]


@cache
def load(folder: Path = FOLDER) -> Mapping[str, ValueSet]:
    """All value sets by id. Raises DataFileError naming file and set when one does not fit."""
    found: dict[str, ValueSet] = {}
    for path in sorted(folder.glob("*.toml")):
        for value_set in read_toml(path, _ValueSetsFile).value_sets:
            if value_set.id in found:
                raise DataFileError(f"{path.name}: '{value_set.id}' › id: stands twice")
            found[value_set.id] = value_set
    return found
