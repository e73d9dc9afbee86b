"""The page on what the linter finds: docs/evidence-checks.md."""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.examples import examples
from mooring.core.evidence.lint.relation import names as relations
from mooring.core.evidence.lint.relation import relation
from mooring.core.evidence.lint.relay import founding
from mooring.core.evidence.lint.running import check, findings, names
from mooring.core.evidence.models import Correction

HEAD = """# What the evidence linter finds
`mooring evidence lint` recomputes what follows from recorded numbers and finds what a reader would
need and does not get. It stops with exit code 1 on a finding that nobody has acknowledged in the
data with a reason; `mooring evidence lint --all` shows those too. This page is written by
`tools/evidence-checks` from the evidence itself.

To add a check, add a module to `mooring/core/evidence/lint/checks` and its examples beside it.
"""

FOUNDING = """## What the founding documents got wrong
Each row is a correction that stands beside its statement wherever it is shown. A check is named
only where it finds the mistake on the recorded numbers, without help.
"""

LITERATURE = """## Slips in published papers and announcements
"""

TABLE = """| correction | claims | what is wrong | found by |
|---|---|---|---|"""


def page(base: EvidenceBase) -> str:
    """The whole page."""
    found = {(finding.check, claim) for finding in findings(base) for claim in finding.claims}
    by_id = sorted(base.corrections.values(), key=lambda c: c.id)
    documents = [c for c in by_id if founding(base, base.claim(c.claims[0]))]
    others = [c for c in by_id if c not in documents]
    return "\n".join(
        [
            *(HEAD, FOUNDING, *_table(documents, found), ""),
            *(LITERATURE, *_table(others, found), ""),
            *("## The checks", *map(_check, names())),
            *("## What `arithmetic` can recompute", *map(_relation, relations()), ""),
        ]
    )


def _table(corrections: list[Correction], found: set[tuple[str, str]]) -> Iterator[str]:
    yield TABLE
    for correction in corrections:
        claims = ", ".join(correction.claims)
        by = _found_by(correction, found)
        yield f"| {correction.id} | {claims} | {correction.text} | {by} |"


def _found_by(correction: Correction, found: set[tuple[str, str]]) -> str:
    """The checks that find it, or why a person had to."""
    checks = [
        c for c in correction.found_by if any((c, name) in found for name in correction.claims)
    ]
    if checks:
        return ", ".join(f"`{name}`" for name in checks)
    return f"a person: {correction.needs_human or 'no reason is on record'}"


def _check(name: str) -> str:
    lines = [f"### {name}", (check(name).__doc__ or "").strip(), ""]
    return "\n".join([*lines, *(f"- {example.title}." for example in examples(name)), ""])


def _relation(name: str) -> str:
    words = " ".join((relation(name).__doc__ or "").split())
    return f"- `{name}`: {words}"
