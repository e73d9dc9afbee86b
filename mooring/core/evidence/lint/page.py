"""The page on what the linter finds: docs/evidence-checks.md."""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.examples import examples
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relation import names as relations
from mooring.core.evidence.lint.relation import relation
from mooring.core.evidence.lint.relay import founding
from mooring.core.evidence.lint.running import check, findings, names, reason
from mooring.core.evidence.models import Correction

HEAD = """# What the evidence linter finds
`mooring evidence lint` recomputes what follows from recorded numbers and finds what a reader would
need and does not get. It stops with exit code 1 on a finding that nobody has acknowledged in the
data with a reason; `mooring evidence lint --all` shows those too. An acknowledgement names one
finding by the fingerprint that the command prints: with another number in it, it is another finding
and is looked at anew. This page is written by `tools/evidence-checks` from the evidence itself.

To add a check, add a module to `mooring/core/evidence/lint/checks` and its examples beside it.
"""

FOUNDING = """## What the founding documents got wrong
Each row is a correction that stands beside its statement wherever it is shown. A check is named
only where it finds the mistake on the recorded numbers, without help.
"""

LITERATURE = """## Slips in published papers and announcements
Each row is found on the numbers as they were printed, and kept as printed.

| claim | what does not add up | found by | why it stands |
|---|---|---|---|"""

TABLE = """| correction | claims | what is wrong | found by |
|---|---|---|---|"""

RECOMPUTED = ("arithmetic", "percent")
"""The checks that calculate again what is printed."""


def page(base: EvidenceBase) -> str:
    """The whole page."""
    found = findings(base)
    return "\n".join(
        [
            *(HEAD, FOUNDING, TABLE, *_corrections(base, found), ""),
            *(LITERATURE, *_slips(base, found), ""),
            *("## The checks", *map(_check, names())),
            *("## What `arithmetic` can recompute", *map(_relation, relations()), ""),
        ]
    )


def _corrections(base: EvidenceBase, found: tuple[Finding, ...]) -> Iterator[str]:
    """What is wrong in a founding document, by the number of its correction."""
    fires = {(finding.check, claim) for finding in found for claim in finding.claims}
    for correction in sorted(base.corrections.values(), key=lambda c: c.id):
        if founding(base, base.claim(correction.claims[0])):
            claims = ", ".join(correction.claims)
            by = _found_by(correction, fires)
            yield f"| {correction.id} | {claims} | {correction.text} | {by} |"


def _found_by(correction: Correction, fires: set[tuple[str, str]]) -> str:
    """The checks that find it, or why a person had to."""
    checks = [
        c for c in correction.found_by if any((c, name) in fires for name in correction.claims)
    ]
    if checks:
        return ", ".join(f"`{name}`" for name in checks)
    return f"a person: {correction.needs_human or 'no reason is on record'}"


def _slips(base: EvidenceBase, found: tuple[Finding, ...]) -> Iterator[str]:
    """What does not add up as a study or an announcement prints it."""
    for finding in sorted(found, key=lambda f: f.claim):
        if finding.check in RECOMPUTED and not founding(base, base.claim(finding.claim)):
            why = reason(base, finding) or "nobody has looked at it"
            yield f"| {finding.claim} | {finding.says} | `{finding.check}` | {why} |"


def _check(name: str) -> str:
    lines = [f"### {name}", (check(name).__doc__ or "").strip(), ""]
    return "\n".join([*lines, *(f"- {example.title}." for example in examples(name)), ""])


def _relation(name: str) -> str:
    words = " ".join((relation(name).__doc__ or "").split())
    return f"- `{name}`: {words}"
