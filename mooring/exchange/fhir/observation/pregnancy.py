"""Pregnancy status and pregnancy tests → a finding of the chart in the observation's own words.

Whether the words say that somebody is pregnant is for the rules that read the chart; here nothing
is concluded.
"""

from __future__ import annotations

import re

from mooring.clinic.people.models import Condition
from mooring.core.words import day
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import Concept, codes, read_concept
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.kinds import PREGNANCY_STATUS, PREGNANCY_TEST
from mooring.exchange.fhir.observation.taken import taken_at
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.systems import LOINC, SNOMED

_TEST = re.compile(r"\bhcg\b|chori\w* ?gonadotrop|pregnancy test", re.IGNORECASE)
_STATUS = re.compile(r"\bpregnan(?:cy status|t\??$)", re.IGNORECASE)
# The codes of the usual answers, for a value that comes without words.
_ANSWERS = {
    (SNOMED, "77386006"): "pregnant",
    (SNOMED, "60001007"): "not pregnant",
    (SNOMED, "10828004"): "positive",
    (SNOMED, "260385009"): "negative",
    (SNOMED, "260373001"): "detected",
    (SNOMED, "260415000"): "not detected",
    (SNOMED, "261665006"): "unknown",
    (LOINC, "LA15173-0"): "pregnant",
    (LOINC, "LA26683-5"): "not pregnant",
    (LOINC, "LA4489-6"): "unknown",
}
_RESULTS = {
    "positive": "positive",
    "pos": "positive",
    "detected": "positive",
    "negative": "negative",
    "neg": "negative",
    "not detected": "negative",
}
_READ = ("status", "code", "effectiveDateTime", "effectiveInstant")


def kind(code: Element | None) -> str | None:
    """ "status" or "test" for an observation about pregnancy, by its code or its words."""
    found, concept = codes(code, LOINC), read_concept(code)
    words = concept.text if concept else ""
    if found & PREGNANCY_TEST or _TEST.search(words):
        return "test"
    return "status" if found & PREGNANCY_STATUS or _STATUS.search(words) else None


def read(resource: Element, what: str, context: Context) -> Reading | NotUnderstood:
    """A finding such as "Pregnancy status: pregnant", since the day it was observed."""
    taken, said = taken_at(resource, context), _value(resource)
    if isinstance(taken, str):
        return NotUnderstood(taken)
    if isinstance(said, NotUnderstood):
        return said
    words, value = said
    # The code of a test's answer, "positive", says nothing without its test: the test's own stays.
    told = value if what == "status" else read_concept(resource.child("code"))
    text = _of_status(resource, words) if what == "status" else _of_test(resource, words)
    concept = Concept(text[:500], told.codings if told else ())
    observed = taken[0].astimezone(context.zone).date()
    origin = tuple(filter(None, (f"observed {day(observed)}", taken[1])))
    columns = coded.columns(concept, context, status=None, origin=origin)
    row = Condition(**columns, since=observed)
    return Reading((row,), left_over(resource, *_READ, "valueCodeableConcept", "valueString"))


def _value(resource: Element) -> tuple[str, Concept | None] | NotUnderstood:
    """What the observation says, in words, with its codes."""
    if resource.data.get("dataAbsentReason") is not None:
        return NotUnderstood("The source says that there is no value.", taken_back=True)
    element = resource.child("valueCodeableConcept")
    if element is None:
        text = resource.text("valueString", most=300)
        if text is None:
            return NotUnderstood("Its value is not given in words.")
        return text.strip(), None
    concept = read_concept(element)
    if concept is None:
        return coded.NEITHER
    known = [_ANSWERS.get((each["system"] or "", each["code"] or "")) for each in concept.codings]
    bare = not element.data.get("text") and not any(each["display"] for each in concept.codings)
    words = next(filter(None, known), None) if bare else concept.text
    if words is None:
        return NotUnderstood("Its value is a code without words, and not known here.")
    return words[:1].lower() + words[1:], concept


def _of_status(resource: Element, words: str) -> str:
    """For example "Pregnancy status: not pregnant", in the source's own words."""
    own = _own_name(resource)
    return f"{own if 'pregnan' in own.casefold() else 'Pregnancy status'}: {words}"


def _of_test(resource: Element, words: str) -> str:
    """For example "Pregnancy test positive (hCG, urine: detected)": as charts say it, then as told.

    A result that is neither positive nor negative stands in its own words alone.
    """
    own, result = _own_name(resource) or "hCG", _RESULTS.get(words.casefold().strip())
    if result is None:
        return f"Pregnancy test ({own}): {words}"
    told = own if result == words else f"{own}: {words}"
    return f"Pregnancy test {result} ({told})"


def _own_name(resource: Element) -> str:
    """What was observed in the source's words; empty where it gives a code alone."""
    code = resource.child("code")
    concept = read_concept(code)
    return concept.text if concept and concept.text not in codes(code, LOINC) else ""
