"""Filters for claim chips: what a chip says about its claim before the card is opened."""

from __future__ import annotations

from django import template

from mooring.clinic.handbook.policies import policy_page
from mooring.core import evidence
from mooring.core.evidence.models import Flag, SourceKind, Status
from mooring.core.handbook.readers import readable_by_patients

register = template.Library()

INITIALS = frozenset(
    [
        "acc",
        "aha",
        "apn",
        "asam",
        "askp3",
        "asra",
        "canmat",
        "cfr",
        "crps",
        "crtce",
        "dea",
        "ed",
        "fda",
        "gds",
        "ismp",
        "iv",
        "kads",
        "mgh",
        "ndc",
        "nnt",
        "padss",
        "phq",
        "rems",
        "spc",
        "ssri",
        "uk",
        "va",
        "who",
    ]
)
"""Parts of ids that are initials, written in capitals."""


@register.filter
def not_to_be_followed(claim_id: str) -> bool:
    """True for a statement that does harm when taken as a rule."""
    claim = evidence.load().claims.get(claim_id)
    return claim is not None and Flag.DANGEROUS in claim.flags


@register.filter
def open_to_patients(claim_id: str) -> bool:
    """True where a patient may open the card of that claim."""
    claim = evidence.load().claims.get(claim_id)
    return claim is not None and readable_by_patients(claim)


@register.filter
def label(claim_id: str) -> str:
    """What a chip says, in words: a founding document's number (S2.44), else the source's name.

    What a clinic chose has no source, and says so.
    """
    base = evidence.load()
    claim = base.claims.get(claim_id)
    if claim is not None and claim.status is Status.CLINIC_CHOICE:
        return "clinic's choice"
    source = None if claim is None else base.source_of(claim_id)
    if source is not None and source.kind is SourceKind.FOUNDING:
        return claim_id
    return in_words(claim_id if source is None else source.id)


@register.filter
def in_words(name: str) -> str:
    """An id as a person reads it: "spravato-label" becomes "Spravato label"."""
    parts = name.replace(".", " ").replace("-", " ").replace("_", " ").split()
    words = " ".join(part.upper() if part in INITIALS else part for part in parts)
    return words[:1].upper() + words[1:]


@register.filter
def beyond_label(claim_id: str) -> str:
    """Which claim of that source is meant, for those who hear the page; empty for S2.44."""
    return "" if label(claim_id) == claim_id else in_words(claim_id)


@register.filter
def policy_title(name: str, kind: str) -> str:
    """The title of a policy; its id in words where there is no such policy any more."""
    try:
        # A word in a template is marked safe, and a path takes no such string.
        return policy_page(str.__str__(kind), str.__str__(name)).title
    except KeyError:
        return in_words(name)


@register.filter
def in_its_place(left_out: dict[str, str]) -> str:
    """The title of the policy that runs instead of one that was left out ("kind/name")."""
    return policy_title(left_out["instead"], left_out["rule"].partition("/")[0])


@register.filter
def stands_on(claim_id: str) -> str:
    """What stands behind a claim, in words; empty when there is no such claim."""
    claim = evidence.load().claims.get(claim_id)
    return "" if claim is None else claim.status.in_words
