"""Loads the evidence and holds it: every reference is followed once, at load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from mooring.core.datafiles import DataFileError, Frozen, read_toml, shown
from mooring.core.evidence.models import (
    Claim,
    Correction,
    Disagreement,
    OtherSide,
    Source,
)

DATA = Path(__file__).parent / "data"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_HasId)


class _SourcesFile(Frozen):
    sources: tuple[Source, ...]


class _ClaimsFile(Frozen):
    topic: str
    claims: tuple[Claim, ...]


class _DisagreementsFile(Frozen):
    disagreements: tuple[Disagreement, ...]


class _CorrectionsFile(Frozen):
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class EvidenceBase:
    """All sources, claims, disagreements and corrections by id. Read only."""

    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    disagreements: Mapping[str, Disagreement]
    corrections: Mapping[str, Correction]

    def claim(self, claim_id: str) -> Claim:
        """The claim. Raises KeyError that names the id when there is none."""
        return _entry(self.claims, claim_id, "claim")

    def source(self, source_id: str) -> Source:
        """The source. Raises KeyError that names the id when there is none."""
        return _entry(self.sources, source_id, "source")

    def source_of(self, claim_id: str) -> Source | None:
        """Where a claim comes from; None for what we computed or the clinic chose."""
        source_id = self.claim(claim_id).source
        return None if source_id is None else self.source(source_id)

    def disagreement(self, disagreement_id: str) -> Disagreement:
        """The disagreement. Raises KeyError that names the id when there is none."""
        return _entry(self.disagreements, disagreement_id, "disagreement")

    def correction_for(self, claim_id: str) -> Correction | None:
        """What has to stand beside this claim; None when nothing is known to be wrong with it."""
        found = (c for c in self.corrections.values() if claim_id in c.claims)
        return next(found, None)

    def other_side(self, claim_id: str) -> tuple[OtherSide, ...]:
        """For each disagreement the claim is part of: the positions that do not hold it."""
        return tuple(
            _against(self.disagreement(name), claim_id)
            for name in self.claim(claim_id).disagreements
        )


@cache
def load(folder: Path = DATA) -> EvidenceBase:
    """Read sources, claims, disagreements and corrections from `folder`.

    Raises DataFileError, naming file, entry and field, when a file does not fit its model,
    an id stands twice, or a reference leads nowhere.
    """
    sources = _by_id("sources.toml", read_toml(folder / "sources.toml", _SourcesFile).sources)
    disagreements = _by_id(
        "disagreements.toml",
        read_toml(folder / "disagreements.toml", _DisagreementsFile).disagreements,
    )
    corrections = _by_id(
        "corrections.toml", read_toml(folder / "corrections.toml", _CorrectionsFile).corrections
    )
    claims, files = _claims(folder / "claims")
    for claim in claims.values():
        _check_claim(files[claim.id], claim, sources, claims)
    for disagreement in disagreements.values():
        _check_disagreement(disagreement, claims)
    for correction in corrections.values():
        _check("corrections.toml", correction, "claims", correction.claims, claims)
        _check("corrections.toml", correction, "corrected_by", correction.corrected_by, claims)
    linked = {name: _with_sides(claim, disagreements) for name, claim in claims.items()}
    return EvidenceBase(sources, linked, disagreements, corrections)


def _claims(folder: Path) -> tuple[dict[str, Claim], dict[str, str]]:
    """All claims with their topic, and for each the file it stands in."""
    claims: dict[str, Claim] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        content = read_toml(path, _ClaimsFile)
        for claim in content.claims:
            if claim.id in claims:
                raise DataFileError(
                    f"{shown(path)}: '{claim.id}' › id: already stands in {files[claim.id]}"
                )
            claims[claim.id] = claim.model_copy(update={"topic": content.topic})
            files[claim.id] = shown(path)
    return claims, files


def _by_id(file: str, entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in found:
            raise DataFileError(f"{file}: '{entry.id}' › id: stands twice")
        found[entry.id] = entry
    return found


def _check_claim(
    file: str, claim: Claim, sources: Mapping[str, Source], claims: Mapping[str, Claim]
) -> None:
    named = () if claim.source is None else (claim.source,)
    _check(file, claim, "source", named, sources)
    _check(file, claim, "computed_from", claim.computed_from, claims)


def _check_disagreement(disagreement: Disagreement, claims: Mapping[str, Claim]) -> None:
    file = "disagreements.toml"
    for position in disagreement.positions:
        _check(file, disagreement, "positions › claims", position.claims, claims)
    _check(file, disagreement, "outside_claims", disagreement.outside_claims, claims)


def _check(
    file: str, entry: _HasId, field: str, named: Iterable[str], known: Mapping[str, object]
) -> None:
    for name in named:
        if name not in known:
            raise DataFileError(f"{file}: '{entry.id}' › {field}: nothing has the id '{name}'")


def _with_sides(claim: Claim, disagreements: Mapping[str, Disagreement]) -> Claim:
    named = tuple(
        d.id for d in disagreements.values() if any(claim.id in p.claims for p in d.positions)
    )
    return claim.model_copy(update={"disagreements": named})


def _against(disagreement: Disagreement, claim_id: str) -> OtherSide:
    return OtherSide(
        disagreement=disagreement.id,
        topic=disagreement.topic,
        positions=tuple(p for p in disagreement.positions if claim_id not in p.claims),
        outside_check=disagreement.outside_check,
        outside_claims=disagreement.outside_claims,
    )


def _entry(entries: Mapping[str, Entry], name: str, kind: str) -> Entry:
    try:
        return entries[name]
    except KeyError:
        raise KeyError(f"no {kind} has the id '{name}'") from None
