"""The code systems that are known here, under every address by which records name them."""

from __future__ import annotations

SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
UCUM = "http://unitsofmeasure.org"
V2_IDENTIFIERS = "http://terminology.hl7.org/CodeSystem/v2-0203"
ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"

# HL7's object identifiers (terminology.hl7.org, external code systems).
_BY_NUMBER = {
    "2.16.840.1.113883.6.1": LOINC,
    "2.16.840.1.113883.6.8": UCUM,
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.90": ICD10CM,
    "2.16.840.1.113883.6.96": SNOMED,
}
_KNOWN = {SNOMED, RXNORM, LOINC, ICD10CM, UCUM}


def canonical(system: str | None) -> str | None:
    """The address FHIR names for this system; any other stays as received."""
    if system is None:
        return None
    number = system.removeprefix("urn:oid:")
    if number in _BY_NUMBER:
        return _BY_NUMBER[number]
    plain = system.rstrip("/").replace("https://", "http://", 1)
    if plain.startswith(f"{SNOMED}/"):
        return SNOMED
    return plain if plain in _KNOWN else system
