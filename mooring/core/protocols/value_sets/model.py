"""What a value set is made of, as its data file writes it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.drugs.interactions import names


class Code(Frozen):
    """One code of a terminology. `display` is for the reader of the file."""

    system: Literal["snomed", "rxnorm", "ips"]
    code: str
    display: str
    asserts: Literal["now", "past"] = "now"
    """Past for a code that says "history of"."""


class Pair(Frozen):
    """Two words that mean the thing when they stand together, in any order."""

    one: tuple[str, ...] = Field(min_length=1)
    other: tuple[str, ...] = Field(min_length=1)
    apart: int = 3
    """At most so many words between them."""
    across: bool = False
    """True where a comma may lie between them."""


class ValueSet(Frozen):
    """Codes and words that mean one thing."""

    id: str
    title: str
    subject: Literal["patient", "family"] = "patient"
    """Whose it is. A set about the family reads the words of the sets in `of`."""
    of: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    icd10cm: dict[str, str] = Field(default_factory=dict)
    """Codes of ICD-10-CM with their titles. Each stands for itself and everything below it."""
    icd10cm_past: dict[str, str] = Field(default_factory=dict)
    """The same, for codes that say "history of" or "in remission"."""
    icd10cm_without: dict[str, str] = Field(default_factory=dict)
    """What lies below one of them and does not belong to it."""
    words: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    """Abbreviations that mean it in capitals only."""
    unless: tuple[str, ...] = ()
    """What holds one of the words and is another thing, for example "heat stroke"."""
    void: tuple[str, ...] = ()
    """Where one of these stands anywhere in the line, an abbreviation means another thing."""
    together: tuple[Pair, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups of medicines, by the names and codes that interactions know."""
    medicines: tuple[str, ...] = ()
    """Single medicines, by the same names."""
    substances: tuple[str, ...] = ()
    """Medicines whose every name is a word of the set, for what is no list of medicines."""
    lasting: bool = False
    """True for what a year in the line does not end."""

    @model_validator(mode="after")
    def _has_words(self) -> Self:
        if not (self.words or self.groups or self.medicines or self.of):
            raise ValueError("a value set has at least one word, so that free text can match")
        return self

    @model_validator(mode="after")
    def _names_known_medicines(self) -> Self:
        catalogue = names.load()
        known = {each.name for each in catalogue.phrases.values()}
        unknown = [each for each in self.groups if each not in catalogue.groups]
        unknown += [each for each in (*self.medicines, *self.substances) if each not in known]
        if unknown:
            raise ValueError(f"no medicine or group is called {', '.join(unknown)}")
        return self

    @property
    def all_words(self) -> tuple[str, ...]:
        """Its words and every name of its medicines and substances."""
        catalogue = names.load()
        named = (
            " ".join(words)
            for words, known in catalogue.phrases.items()
            if known.name in self.substances or self.has_medicine(known)
        )
        return (*self.words, *named)

    def has_medicine(self, known: names.Known) -> bool:
        """True for a medicine, or a whole group, of the set."""
        return known.group in self.groups or known.name in self.medicines

    @property
    def of_medicines(self) -> bool:
        """True for a set that the medicines' own reader reads."""
        return bool(self.groups or self.medicines)
