"""Loads the evidence and holds it: every reference is followed once, at load."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from mooring.core.datafiles import DataFileError, Frozen, read_toml, shown
from mooring.core.evidence.models import (
    Claim,
    Correction,
    Disagreement,
    OtherSide,
    Read,
    Source,
    Status,
    Version,
)

DATA = Path(__file__).parent / "data"
NO_CHECK = (Read.FOUNDING_DOCUMENT, Read.NOT_READ, Read.SECONDARY)
"""Sources that no claim is verified against."""


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


Reader = Callable[[Path], Iterable[Entry]]


@dataclass(frozen=True)
class _Read(Generic[Entry]):
    """The entries of one kind by id, and for each the file it stands in."""

    entries: dict[str, Entry]
    files: dict[str, str]


@dataclass(frozen=True)
class EvidenceBase:
    """All sources, claims, disagreements and corrections by id. Read only."""

    version: Version
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
        """For each disagreement that names the claim: the positions that do not hold it."""
        return tuple(
            _against(disagreement, claim_id)
            for disagreement in self.disagreements.values()
            if claim_id in disagreement.named
        )


@cache
def load(folder: Path = DATA) -> EvidenceBase:
    """Read sources, claims, disagreements and corrections from `folder`.

    Raises DataFileError, naming file, entry and field, when a file does not fit its model,
    an id stands twice, or a reference leads nowhere.
    """
    sources = _read(folder / "sources", _sources)
    claims = _read(folder / "claims", _claims)
    disagreements = _read(folder / "disagreements", _disagreements)
    corrections = _read(folder, _corrections, "corrections.toml")
    _check_claims(claims, sources)
    version = read_toml(folder / "version.toml", Version)
    _check_identifiers(sources)
    _check_status(claims, sources, version.day)
    _check_order(claims)
    _check_disagreements(disagreements, claims)
    _check_corrections(corrections, claims)
    sides = _sides(disagreements.entries.values())
    linked = {
        name: claim.model_copy(update={"disagreements": tuple(sides.get(name, ()))})
        for name, claim in claims.entries.items()
    }
    return EvidenceBase(
        version,
        sources.entries,
        linked,
        dict(sorted(disagreements.entries.items())),
        dict(sorted(corrections.entries.items())),
    )


def _sources(path: Path) -> Iterable[Source]:
    return read_toml(path, _SourcesFile).sources


def _claims(path: Path) -> Iterable[Claim]:
    content = read_toml(path, _ClaimsFile)
    return (claim.model_copy(update={"topic": content.topic}) for claim in content.claims)


def _disagreements(path: Path) -> Iterable[Disagreement]:
    return read_toml(path, _DisagreementsFile).disagreements


def _corrections(path: Path) -> Iterable[Correction]:
    return read_toml(path, _CorrectionsFile).corrections


def _read(folder: Path, reader: Reader[Entry], pattern: str = "*.toml") -> _Read[Entry]:
    found: _Read[Entry] = _Read({}, {})
    for path in sorted(folder.glob(pattern)):
        for entry in reader(path):
            if entry.id in found.files:
                first = found.files[entry.id]
                raise DataFileError(f"{shown(path)}: '{entry.id}' › id: already stands in {first}")
            found.entries[entry.id] = entry
            found.files[entry.id] = shown(path)
    return found


def _check_claims(claims: _Read[Claim], sources: _Read[Source]) -> None:
    for name, claim in claims.entries.items():
        file = claims.files[name]
        _check(file, claim, "source", filter(None, [claim.source]), sources.entries)
        _check(file, claim, "cites", filter(None, [claim.cites]), sources.entries)
        _check(file, claim, "reports", filter(None, [claim.reports]), claims.entries)
        _check(file, claim, "computed_from", claim.computed_from, claims.entries)


def _check_status(claims: _Read[Claim], sources: _Read[Source], day: date) -> None:
    """What is verified was read, on a day, in a source that others can find."""
    for name, claim in claims.entries.items():
        source = sources.entries.get(claim.source or "")
        if claim.checked_on is not None and claim.checked_on > day:
            raise DataFileError(
                f"{claims.files[name]}: '{name}' › checked_on: {claim.checked_on} is after the "
                f"day of this state of the evidence, {day}"
            )
        if claim.status is Status.VERIFIED and source is not None:
            _check_verified(claims.files[name], claim, source)


def _check_verified(file: str, claim: Claim, source: Source) -> None:
    """A founding document is what is checked, and what nobody read verifies nothing."""
    if source.read in NO_CHECK:
        raise DataFileError(
            f"{file}: '{claim.id}' › status: nothing is verified against "
            f"'{source.id}' ({source.read}); use source-only, and reports for what was read"
        )
    missing = [
        *(["checked_on, the day on which it was read"] if claim.checked_on is None else []),
        *([f"an identifier of '{source.id}'"] if not source.identifiers else []),
    ]
    if missing:
        raise DataFileError(
            f"{file}: '{claim.id}' › status: what is verified needs {' and '.join(missing)}; "
            "without them it is relayed"
        )


def _check_identifiers(sources: _Read[Source]) -> None:
    """One identifier is of one source."""
    found: dict[str, str] = {}
    for name, source in sources.entries.items():
        for identifier in source.identifiers:
            if identifier in found:
                raise DataFileError(
                    f"{sources.files[name]}: '{name}' › identifiers: '{identifier}' is that of "
                    f"'{found[identifier]}' as well"
                )
            found[identifier] = name


def _check_order(claims: _Read[Claim]) -> None:
    """What a claim rests on does not rest on it."""
    behind = {
        name: {*claim.computed_from, *filter(None, [claim.reports])}
        for name, claim in claims.entries.items()
    }
    try:
        TopologicalSorter(behind).prepare()
    except CycleError as problem:
        circle = " → ".join(reversed(problem.args[1]))
        name = problem.args[1][0]
        raise DataFileError(f"{claims.files[name]}: '{name}' rests on itself: {circle}") from None


def _check_disagreements(disagreements: _Read[Disagreement], claims: _Read[Claim]) -> None:
    for name, disagreement in disagreements.entries.items():
        file = disagreements.files[name]
        for position in disagreement.positions:
            _check(file, disagreement, "positions › claims", position.claims, claims.entries)
        _check(file, disagreement, "outside_claims", disagreement.outside_claims, claims.entries)


def _check_corrections(corrections: _Read[Correction], claims: _Read[Claim]) -> None:
    for name, correction in corrections.entries.items():
        file = corrections.files[name]
        _check(file, correction, "claims", correction.claims, claims.entries)
        _check(file, correction, "corrected_by", correction.corrected_by, claims.entries)


def _check(
    file: str, entry: _HasId, field: str, named: Iterable[str], known: Mapping[str, object]
) -> None:
    for name in named:
        if name not in known:
            raise DataFileError(f"{file}: '{entry.id}' › {field}: nothing has the id '{name}'")


def _sides(disagreements: Iterable[Disagreement]) -> dict[str, list[str]]:
    """For each claim the disagreements that it is a position in."""
    found: dict[str, list[str]] = {}
    for disagreement in disagreements:
        for name in disagreement.positioned:
            found.setdefault(name, []).append(disagreement.id)
    return found


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
