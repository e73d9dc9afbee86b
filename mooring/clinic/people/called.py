"""What the codes of an entry say beyond its words, for people who read the chart."""

from __future__ import annotations

import re

from mooring.clinic.people.models import CodedRow

_NAMES = {
    "http://snomed.info/sct": "SNOMED CT",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://loinc.org": "LOINC",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
}
# SNOMED ends its names with what kind of thing they are: "Stroke (disorder)".
_KIND = re.compile(r"\s*\([a-z /]+\)$")


def also_called(row: CodedRow) -> list[str]:
    """The words of its codings that say more than its own, each once and in their order."""
    said = [_plain(row.text)]
    found = []
    for coding in row.codings:
        words = coding.get("display")
        if words and not any(_plain(words) in each for each in said):
            found.append(words)
            said.append(_plain(words))
    return found


def code_names(row: CodedRow) -> list[str]:
    """Its codes with their systems, for example "RxNorm 6130"."""
    codings = [each for each in row.codings if each.get("code")]
    if not codings and row.code:
        codings = [{"system": row.system, "code": row.code}]
    named = (f"{_NAMES.get(each['system'] or '', 'code')} {each['code']}" for each in codings)
    return list(dict.fromkeys(named))


def _plain(words: str) -> str:
    return _KIND.sub("", words.casefold()).strip()
