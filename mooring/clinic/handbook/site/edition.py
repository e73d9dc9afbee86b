"""What one face's edition of the handbook holds: its chapters, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from mooring.clinic.accounts.clinic import UNNAMED
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.handbook.reading.current import Current
from mooring.core.evidence import Claim, EvidenceBase
from mooring.core.handbook import Face, Handbook
from mooring.core.handbook.readers import disagreement_readable_by_patients, readable_by_patients
from mooring.core.handbook.sentences import marks


@dataclass(frozen=True)
class Edition:
    """The handbook for one face, with every claim and disagreement that can be followed in it."""

    face: Face
    now: Current
    base: EvidenceBase
    clinic: Clinic = UNNAMED
    """Whose crisis words and numbers stand on every page; without one no number does."""

    @cached_property
    def book(self) -> Handbook:
        """The chapters of this face."""
        return self.now.handbook.for_reader(self.face)

    @cached_property
    def names(self) -> frozenset[str]:
        """Ids of claims and disagreements that have a page: cited ones, and those they lead to."""
        texts = (passage.text(self.face) for passage in self.book.passages.values())
        waiting = set(chain.from_iterable(map(marks, texts)))
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found and self.readable(name):
                found.add(name)
                waiting.update(self._named_by(name))
        return frozenset(found)

    def readable(self, name: str) -> bool:
        """True where this face may read the claim or disagreement; False for an unknown id."""
        if name not in self.base.claims and name not in self.base.disagreements:
            return False
        if self.face is Face.CLINICIAN:
            return True
        if name in self.base.claims:
            return readable_by_patients(self.base.claims[name])
        return disagreement_readable_by_patients(self.base.disagreements[name], self.base)

    def _named_by(self, name: str) -> Iterable[str]:
        if name in self.base.disagreements:
            return self.base.disagreements[name].named
        claim = self.base.claims[name]
        correction = self.base.correction_for(name)
        right = correction.corrected_by if correction else ()
        return chain(claim.disagreements, claim.computed_from, right)

    @property
    def claims(self) -> Iterator[Claim]:
        """The claims that have a page, by id."""
        return (self.base.claims[name] for name in sorted(self.names & self.base.claims.keys()))
