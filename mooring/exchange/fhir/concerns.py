"""What of the chart a resource would have been that could not be read: what is missed by it."""

from __future__ import annotations

import re

from mooring.clinic.imports.concerns import Concern
from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.kinds import (
    BLOOD_PRESSURE,
    DIASTOLIC,
    PREGNANCY_STATUS,
    PREGNANCY_TEST,
    SCALES,
    SYSTOLIC,
)
from mooring.exchange.fhir.systems import LOINC
from mooring.exchange.fhir.unfit import UnfitError

_BY_TYPE = {
    "MedicationRequest": Concern.MEDICINE,
    "MedicationStatement": Concern.MEDICINE,
    "MedicationUsage": Concern.MEDICINE,
    "MedicationDispense": Concern.MEDICINE,
    "MedicationAdministration": Concern.MEDICINE,
    "AllergyIntolerance": Concern.ALLERGY,
    "Condition": Concern.CONDITION,
    "FamilyMemberHistory": Concern.CONDITION,
    "Flag": Concern.CONDITION,
}
_WEIGHT = frozenset({"29463-7", "3141-9", "3142-7", "8350-1", "8351-9"})
_CODES = (
    (BLOOD_PRESSURE | {SYSTOLIC, DIASTOLIC}, Concern.BLOOD_PRESSURE),
    (_WEIGHT, Concern.WEIGHT),
    (PREGNANCY_STATUS | PREGNANCY_TEST, Concern.PREGNANCY),
    (frozenset(SCALES), Concern.SCALE),
)
_WORDS = (
    (re.compile(r"blood pressure|systolic|diastolic|\bbp\b", re.I), Concern.BLOOD_PRESSURE),
    (re.compile(r"^(?:body |patient )?weight\b(?! ?-?for)", re.I), Concern.WEIGHT),
    (re.compile(r"pregnan|\bhcg\b|chori\w* ?gonadotrop", re.I), Concern.PREGNANCY),
)


def concern(type_name: str, resource: Element, subject: str) -> str:
    """What is missed, by type, by code, else by words; empty where it is nothing of the chart."""
    if type_name != "Observation":
        return _BY_TYPE.get(type_name, "")
    try:
        found = codes(resource.child("code"), LOINC)
    except UnfitError:
        found = set()
    by_code = (each for known, each in _CODES if found & known)
    by_words = (each for words, each in _WORDS if words.search(subject))
    return next(by_code, None) or next(by_words, "")
