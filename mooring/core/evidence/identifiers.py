"""How a source is found without us: identifiers that hold no address, so that none goes stale.

Each is its kind, a colon, and the number as its register writes it: "pmid:35110300".
"""

import re

KINDS = {
    "doi": r"10\.\d{4,9}/[^\s]+",
    "pmid": r"[1-9]\d{0,8}",
    "pmcid": r"PMC[1-9]\d{0,8}",
    "nct": r"NCT\d{8}",
    "pii": r"[SB][\dX]{16}",
    "set-id": r"[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}",
    "ndc-label": r"\d{4,5}-\d{3,4}",
    "cfr": r"\d{1,2} CFR \d+(?:\.\d+)?",
    "isbn": r"\d{9}[\dX]|\d{13}",
    "report": r"[A-Z][A-Za-z]*(?: [A-Za-z]+)* [\d][\w./-]*",
    "rule": r"[A-Z\d].*\d.*",
}
"""For each kind how it is written. A digital object identifier; the numbers of PubMed and of PubMed
Central; a trial's number; a publisher's item identifier; a label by its set and by its national
drug code; a regulation; a book; a numbered report of a public body; a rule in its register."""
_NAMES = {
    **{"doi": "DOI", "pmid": "PubMed", "pmcid": "PubMed Central", "nct": "trial", "pii": "PII"},
    **{"set-id": "label", "ndc-label": "National Drug Code", "isbn": "ISBN"},
}
_ADDRESS = re.compile(r"://|www\.|\bhttps?\b", re.IGNORECASE)


def in_words(identifier: str) -> str:
    """As a reader looks it up: "PubMed 35110300", "21 CFR 1306.22"."""
    kind, _, number = identifier.partition(":")
    return f"{_NAMES.get(kind, '')} {number}".strip()


def problem(identifier: str) -> str:
    """What is wrong with the identifier; "" when it is well formed."""
    kind, _, number = identifier.partition(":")
    if _ADDRESS.search(identifier):
        return f"'{identifier}' holds an address; give the number alone"
    if kind not in KINDS:
        return f"'{identifier}' is of no known kind; use one of {', '.join(KINDS)}"
    if not re.fullmatch(KINDS[kind], number):
        return f"'{identifier}' is not written as a {kind} is"
    if kind == "isbn" and not _isbn_adds_up(number):
        return f"'{identifier}' does not add up: its last digit is another"
    return ""


def _isbn_adds_up(number: str) -> bool:
    """The check digit of ten or thirteen digits, as ISO 2108 computes it."""
    digits = [10 if digit == "X" else int(digit) for digit in number]
    if len(digits) == 10:
        return sum(n * digit for n, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    return sum(digit * (1, 3)[at % 2] for at, digit in enumerate(digits)) % 10 == 0
