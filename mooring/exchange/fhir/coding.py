"""Codeable concepts: the one code that the chart stores, its words, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.exchange.fhir.element import Element

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
_PREFERRED = (SNOMED, RXNORM, LOINC)


@dataclass(frozen=True)
class Concept:
    """A code with its words."""

    system: str | None
    code: str | None
    text: str
    left_over: tuple[str, ...] = ()
    """Fields of the concept that are not stored: further codings."""


def read_concept(element: Element | None) -> Concept | None:
    """The concept, or None when it has neither words nor a code."""
    if element is None:
        return None
    codings = sorted(element.children("coding"), key=_rank)
    first = codings[0] if codings else None
    system = first.text("system", most=200) if first else None
    code = first.text("code", most=64) if first else None
    text = element.text("text", most=500) or (first and first.text("display", most=500)) or code
    if text is None:
        return None
    return Concept(system, code, text, tuple(_further(coding) for coding in codings[1:]))


def first_code(element: Element | None) -> str | None:
    """The first code of a concept that has one code only, such as a status."""
    codings = element.children("coding") if element else []
    return codings[0].text("code", most=40) if codings else None


def codes(element: Element | None, system: str) -> set[str]:
    """All codes of a concept in one system."""
    codings = element.children("coding") if element else []
    found = {coding.text("code") for coding in codings if coding.text("system") == system}
    return {code for code in found if code is not None}


def _rank(coding: Element) -> int:
    """Known systems first; a coding without a code last."""
    if coding.text("code") is None:
        return len(_PREFERRED) + 1
    system = coding.text("system")
    return _PREFERRED.index(system) if system in _PREFERRED else len(_PREFERRED)


def _further(coding: Element) -> str:
    system = coding.text("system", most=200)
    return f"a further coding ({system.rsplit('/', 1)[-1]})" if system else "a further coding"
