"""A result found in one group of people that is told for another, or for everybody.

A survey of those who tried something says nothing about a whole country, and what fifteen
veterans showed need not hold for others. Only words that the linter knows are compared: the
condition that was treated, and restrictions that change whom a number holds for.
"""

import re
from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import founding, studied
from mooring.core.evidence.models import Claim, Source

CONDITIONS = {
    "depression": r"depress",
    "bipolar disorder": r"bipolar",
    "anxiety": r"anxi|social phobia|panic",
    "post-traumatic stress": r"trauma|ptsd",
    "compulsion": r"compuls|\bocd\b",
    "alcohol": r"alcohol",
    "cocaine": r"cocaine",
    "opioids": r"opioid|heroin",
    "benzodiazepines": r"benzodiazepine",
    "pain": r"\bpain\b",
    "suicidal thoughts": r"suicid",
}
RESTRICTIONS = {
    "veterans": r"veteran",
    "people without depression": r"without depression|not depressed|non-depressed",
    "people who tried it": r"tried",
    "a survey": r"survey|respondent",
    "those who completed it": r"complete",
    "healthy volunteers": r"healthy",
    "people under anaesthesia": r"anaesthe|surgery",
    "animals": r"\banimal|\brats?\b|\bmice\b|\bmonkeys?\b",
    "recreational use": r"recreation|ketamine users",
    "adolescents": r"adolescen",
}


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each claim about other people than those behind its number."""
    for claim in base.claims.values():
        for behind in studied(base, claim):
            told = _problem(claim, behind, relayed=founding(base, claim))
            if told:
                yield Finding("population", claim.id, told)
                break


def _problem(claim: Claim, behind: Claim | Source, *, relayed: bool) -> str:
    conditions = _named(claim.population, CONDITIONS), _named(behind.population, CONDITIONS)
    if all(conditions) and not conditions[0] & conditions[1]:
        return f"The claim is about {claim.population}; the study was in {behind.population}."
    if not (relayed and claim.quantities):
        return ""
    left_out = _named(behind.population, RESTRICTIONS) - _named(claim.population, RESTRICTIONS)
    if not left_out:
        return ""
    whom = claim.population or "no group in particular"
    return f"The claim is about {whom}; the study was in {behind.population}."


def _named(population: str, known: dict[str, str]) -> set[str]:
    """What the text names; a condition that people were without is not theirs."""
    text = population.lower()
    if known is CONDITIONS:
        text = re.sub(RESTRICTIONS["people without depression"], "", text)
    return {name for name, words in known.items() if re.search(words, text)}
