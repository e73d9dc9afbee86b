"""Codeable concepts: their words, every coding, and the one code that the chart sorts by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.systems import ICD10CM, LOINC, RXNORM, SNOMED, canonical

Coding = dict[str, str | None]

FINDINGS = (SNOMED, ICD10CM, RXNORM, LOINC)
"""The order in which a condition's codes are preferred."""
SUBSTANCES = (RXNORM, SNOMED)
"""The same for a medicine or an allergy: RxNorm names the substance, SNOMED often its class."""


@dataclass(frozen=True)
class Concept:
    """What a concept says: its words, and each of its codings."""

    text: str
    codings: tuple[Coding, ...]
    """As received and in its order; a known system stands under FHIR's own address."""

    def first(self, preferred: tuple[str, ...]) -> Coding:
        """The coding that the chart sorts by; all None where there is no code."""
        return min(self.codings, key=lambda each: _rank(each, preferred), default=words(None))

    def with_more(self, more: Iterable[Concept]) -> Concept:
        """With what further concepts say of the same thing, each coding once."""
        further = [
            coding for each in more for coding in (*each.codings, *_own_words(each, self.text))
        ]
        held = list(self.codings)
        held.extend(coding for coding in _once(further) if coding not in held)
        return Concept(self.text, tuple(held))


def read_concept(element: Element | None, preferred: tuple[str, ...] = FINDINGS) -> Concept | None:
    """The concept, or None when it has neither words nor a code."""
    if element is None:
        return None
    codings = tuple(_coding(each) for each in element.children("coding"))
    in_order = sorted(codings, key=lambda each: _rank(each, preferred))
    said = [each["display"] or each["code"] for each in in_order]
    shown = [each["display"] for each in in_order]
    text = element.text("text", most=500) or next(filter(None, [*shown, *said]), None)
    return None if text is None else Concept(text, codings)


def words(display: str | None) -> Coding:
    """Words without a code, as a coding: shown and judged beside the others."""
    return {"system": None, "code": None, "display": display}


def in_words(display: str) -> Concept:
    """A concept that is given in words alone."""
    return Concept(display, ())


def codes(element: Element | None, system: str) -> set[str]:
    """All codes of a concept in one system, by whichever of its addresses."""
    codings = element.children("coding") if element else []
    found = {each.text("code") for each in codings if canonical(each.text("system")) == system}
    return {code for code in found if code is not None}


def _coding(element: Element) -> Coding:
    return {
        "system": canonical(element.text("system", most=200)),
        "code": element.text("code", most=64),
        "display": element.text("display", most=500),
    }


def _rank(coding: Coding, preferred: tuple[str, ...]) -> int:
    """Preferred systems first; a coding without a code last."""
    if coding["code"] is None:
        return len(preferred) + 1
    system = coding["system"]
    return preferred.index(system) if system in preferred else len(preferred)


def _own_words(concept: Concept, beside: str) -> list[Coding]:
    """Words of a concept that neither its codings nor the text beside it say already."""
    said = {(each["display"] or "").casefold() for each in concept.codings} | {beside.casefold()}
    return [] if concept.text.casefold() in said else [words(concept.text)]


def _once(codings: Iterable[Coding]) -> list[Coding]:
    found: list[Coding] = []
    for coding in codings:
        if coding not in found and any(coding.values()):
            found.append(coding)
    return found
