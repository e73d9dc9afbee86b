"""The examples of a check: planted evidence in, findings out. Specification, test and page."""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.models import Claim, Correction, Disagreement, Source, Version

FOLDER = Path(__file__).parent / "checks"

DOCUMENT: dict[str, Any] = {
    "id": "S9",
    "title": "A document",
    "author": "Somebody",
    "kind": "founding",
    "read": "founding document",
}
STUDY: dict[str, Any] = {
    "title": "A study",
    "author": "Others",
    "kind": "trial",
    "read": "abstract",
}
CLAIM: dict[str, Any] = {
    "statement": "A planted statement.",
    "source": "S9",
    "locator": "line 1",
    "status": "source-only",
}


class Example(Frozen):
    """A piece of planted evidence, and the claims the check finds in it. What is left out of an
    entry is filled in: a claim comes from the document S9 unless it names a source."""

    title: str
    finds: tuple[str, ...] = ()
    """The claims found; none where the check has to stay silent."""
    says: tuple[str, ...] = ()
    """Words that stand in what is said."""
    sources: tuple[dict[str, Any], ...] = ()
    claims: tuple[dict[str, Any], ...]
    disagreement: tuple[str, ...] = ()
    """The claims of one disagreement, each on a side of its own."""
    corrections: tuple[Correction, ...] = ()

    def base(self) -> EvidenceBase:
        """The planted evidence."""
        sources = [Source.model_validate(s) for s in (DOCUMENT, *(STUDY | s for s in self.sources))]
        claims = [Claim.model_validate(CLAIM | claim) for claim in self.claims]
        return EvidenceBase(
            Version(version="planted", day=date(2026, 1, 1)),
            {source.id: source for source in sources},
            {claim.id: claim for claim in claims},
            {"D99": self._disagreement()} if self.disagreement else {},
            {correction.id: correction for correction in self.corrections},
        )

    def _disagreement(self) -> Disagreement:
        sides = [{"text": "One side.", "claims": [claim]} for claim in self.disagreement]
        return Disagreement.model_validate(
            {
                "id": "D99",
                "topic": "A topic",
                "positions": sides,
                "outside_check": "None.",
                "software_does": [{"says": "Shows all.", "shown_by": ["tests/test_a.py::test_b"]}],
            }
        )


class _ExamplesFile(Frozen):
    examples: tuple[Example, ...] = Field(min_length=2)


def examples(check: str) -> tuple[Example, ...]:
    """The examples of the check of that name. Raises DataFileError when they do not fit."""
    return read_toml(FOLDER / f"{check}.toml", _ExamplesFile).examples
