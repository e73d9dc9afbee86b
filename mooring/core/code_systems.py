"""The code systems that Mooring knows, under the names that records give them.

URIs and OIDs: HL7 terminology (terminology.hl7.org), "Using Codes with FHIR".
"""

from __future__ import annotations

from typing import NamedTuple

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ABSENT_OR_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"

SYSTEMS = {
    "snomed": SNOMED,
    "rxnorm": RXNORM,
    "loinc": LOINC,
    "icd10cm": ICD_10_CM,
    "ips": ABSENT_OR_UNKNOWN,
}
"""Short names, as data files write them."""

NAMES = {
    "snomed": "SNOMED CT",
    "rxnorm": "RxNorm",
    "loinc": "LOINC",
    "icd10cm": "ICD-10-CM",
    "ips": "IPS",
}
"""As people write them."""

OIDS = {
    "2.16.840.1.113883.6.96": SNOMED,
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.1": LOINC,
    "2.16.840.1.113883.6.90": ICD_10_CM,
}

_ALSO = {
    "https://snomed.info/sct": SNOMED,
    "https://loinc.org": LOINC,
}


class Coding(NamedTuple):
    """One code as a record sends it; what was not sent is None or empty."""

    system: str | None
    code: str | None
    display: str = ""


def canonical(system: str | None) -> str | None:
    """The URI of a system that is known under this URI or OID; any other name as it came."""
    if system is None:
        return None
    plain = system.strip().rstrip("/")
    oid = plain.lower().removeprefix("urn:oid:")
    return OIDS.get(oid) or _ALSO.get(plain.lower()) or plain
