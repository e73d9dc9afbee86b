"""The whole evidence as one document, and as a table with one row a number."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from mooring.core.datafiles import Frozen
from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.models import (
    Claim,
    Correction,
    Disagreement,
    Quantity,
    Source,
)
from mooring.core.evidence.units import Unit, units

FORMAT = "mooring-evidence/2"
"""Changes when a field is renamed, taken away, or means something else."""


class Export(Frozen):
    """Everything on record, in an order that does not change between two exports."""

    format: str
    version: str
    """Of the evidence, not of the program."""
    day: date
    digest: str
    """SHA-256 of everything else; see `digest_of`."""
    units: dict[str, Unit]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    disagreements: tuple[Disagreement, ...]
    corrections: tuple[Correction, ...]


def export(base: EvidenceBase) -> Export:
    """All of the base, each kind in the order of its ids."""
    blank = Export(
        format=FORMAT,
        version=base.version.version,
        day=base.version.day,
        digest="",
        units=dict(sorted(units().items())),
        sources=tuple(base.sources[name] for name in sorted(base.sources)),
        claims=tuple(base.claims[name] for name in sorted(base.claims)),
        disagreements=tuple(base.disagreements[name] for name in sorted(base.disagreements)),
        corrections=tuple(base.corrections[name] for name in sorted(base.corrections)),
    )
    return blank.model_copy(update={"digest": digest_of(blank.model_dump(mode="json"))})


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the document without its digest: keys sorted, no white space."""
    content = {name: value for name, value in document.items() if name != "digest"}
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def as_json(exported: Export) -> str:
    """The document as text. Numbers with a point are text in it, digit for digit."""
    document = exported.model_dump(mode="json")
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `as_json` writes."""
    described = Export.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


ABOUT_EXPORT = ("evidence_version", "evidence_day", "evidence_digest")
ABOUT_CLAIM = (
    "claim",
    "statement",
    "status",
    "flags",
    "source",
    "source_title",
    "source_author",
    "source_year",
    "source_identifiers",
    "locator",
    "checked_on",
    "population",
    "route",
    "drug",
    "comparator",
    "time_point",
    "n",
    "disagreements",
    "corrections",
)
NUMBERS = ("value", "low", "high", "numerator", "denominator", "confidence_low", "confidence_high")
ABOUT_NUMBER = ("of", "bound", "unit", "per", "measure", "arm", "subject", "stage")
COLUMNS = (*ABOUT_EXPORT, *ABOUT_CLAIM, "number", *NUMBERS, *ABOUT_NUMBER)


def as_csv(exported: Export) -> str:
    """One row a number; a claim without a number has one row with none. RFC 4180, UTF-8."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS)
    table.writeheader()
    table.writerows(_rows(exported))
    return written.getvalue()


def _rows(exported: Export) -> Iterator[dict[str, str]]:
    sources = {source.id: source for source in exported.sources}
    state = (exported.version, exported.day.isoformat(), exported.digest)
    for claim in exported.claims:
        source = sources.get(claim.source or "")
        corrections = [c.id for c in exported.corrections if claim.id in c.claims]
        about = dict(zip(ABOUT_EXPORT, state, strict=True)) | _claim(claim, source, corrections)
        for place, quantity in enumerate(claim.quantities, start=1):
            yield {**about, "number": str(place), **_number(quantity)}
        if not claim.quantities:
            yield about


def _claim(claim: Claim, source: Source | None, corrections: list[str]) -> dict[str, str]:
    blank = ("source_title", "source_author", "source_year", "source_identifiers")
    of_source = {"source": claim.source, **dict.fromkeys(blank, "")}
    if source is not None:
        of_source |= {
            "source_title": source.title,
            "source_author": source.author,
            "source_year": _plain(source.year),
            "source_identifiers": "; ".join(source.identifiers),
        }
    own = {name: getattr(claim, name) for name in ABOUT_CLAIM if name in Claim.model_fields}
    told = own | {
        "claim": claim.id,
        **of_source,
        "flags": " ".join(claim.flags),
        "disagreements": " ".join(claim.disagreements),
        "corrections": " ".join(corrections),
    }
    return {name: _no_formula(_plain(value)) for name, value in told.items()}


def _number(quantity: Quantity) -> dict[str, str]:
    low, high = quantity.confidence or (None, None)
    own = {name: getattr(quantity, name, None) for name in NUMBERS}
    own |= {"confidence_low": low, "confidence_high": high}
    words = {name: _no_formula(_plain(getattr(quantity, name))) for name in ABOUT_NUMBER}
    return {name: _plain(value) for name, value in own.items()} | words


def _plain(value: object) -> str:
    """As recorded, digit for digit; empty for what is not recorded."""
    return "" if value is None else f"{value:f}" if hasattr(value, "quantize") else str(value)


def _no_formula(text: str) -> str:
    """A spreadsheet would run text that begins with one of these signs."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
