"""What is wrong with a passage: a number nobody carries, or what a patient must not be shown."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from mooring.core.evidence import Claim, EvidenceBase, Flag
from mooring.core.handbook.guard import refusals
from mooring.core.handbook.models import Face, Passage
from mooring.core.handbook.readers import readable_by_patients
from mooring.core.handbook.sentences import Sentence, marks, sentences


def problems(passage: Passage, base: EvidenceBase) -> tuple[str, ...]:
    """Sentences that say what is wrong and what would be right; none when it can be shown."""
    return tuple(
        f"{passage.id}, {face}: {problem}"
        for face in Face
        if passage.text(face)
        for problem in (
            *_of_text(passage.text(face), face, base),
            *(_refused(passage.title) if face is Face.PATIENT else ()),
        )
    )


def _of_text(text: str, face: Face, base: EvidenceBase) -> Iterator[str]:
    unknown = [m for m in marks(text) if m not in base.claims and m not in base.disagreements]
    if unknown:
        yield f"nothing has the id {', '.join(unknown)}; cite a claim or disagreement by its id"
        return
    for sentence in sentences(text):
        yield from _numbers_without_claim(sentence, base, whole=face is Face.PATIENT)
    yield from _settled(text, base)
    if face is Face.PATIENT:
        yield from _not_for_patients(text, base)


def _numbers_without_claim(sentence: Sentence, base: EvidenceBase, whole: bool) -> Iterator[str]:
    claims = [base.claims[mark] for mark in sentence.marks if mark in base.claims]
    carried = {number for claim in claims for number in numbers_of(claim, base)}
    if whole:
        carried |= {people for claim in claims for people in _whole_people(claim)}
    missing = sorted(sentence.numbers - carried)
    if missing:
        listed = ", ".join(f"{number:f}" for number in missing)
        yield f"no claim in the sentence carries {listed}: “{sentence.text}”"
    if sentence.shares and not any(_carries_share(claim, sentence.shares) for claim in claims):
        yield f"no claim in the sentence carries that share: “{sentence.text}”"


def numbers_of(claim: Claim, base: EvidenceBase) -> Iterator[Decimal]:
    """Every number that a sentence citing this claim may name."""
    for quantity in claim.quantities:
        counts = (quantity.numerator, quantity.denominator)
        for number in (quantity.value, quantity.low, quantity.high, *(quantity.confidence or ())):
            if number is not None:
                yield number
        yield from (Decimal(count) for count in counts if count is not None)
    if claim.n is not None:
        yield Decimal(claim.n)
    for words in (claim.time_point, claim.population, claim.comparator):
        yield from Sentence(words, ()).numbers
    source = base.source_of(claim.id)
    if source is not None:
        yield from (Decimal(n) for n in (source.year, source.n) if n is not None)


def _whole_people(claim: Claim) -> Iterator[Decimal]:
    """Per cent as people of a hundred: half a person counts as one (63 for 62.8 %)."""
    for quantity in claim.quantities:
        for number in (quantity.value, quantity.low, quantity.high):
            if quantity.unit == "%" and number is not None:
                yield number.quantize(Decimal(1), ROUND_HALF_UP)


def _carries_share(claim: Claim, shares: frozenset[Decimal]) -> bool:
    """A share in words may be rounded by two points; a median is half of the people."""
    for quantity in claim.quantities:
        ends = [n for n in (quantity.value, quantity.low, quantity.high) if n is not None]
        if quantity.unit == "%" and any(abs(end - share) <= 2 for end in ends for share in shares):
            return True
        if "median" in quantity.of and Decimal(50) in shares:
            return True
    return False


def _settled(text: str, base: EvidenceBase) -> Iterator[str]:
    """A contested number shown alone would look settled."""
    cited = set(marks(text))
    for name in marks(text):
        claim = base.claims.get(name)
        if claim is None or Flag.CONTESTED not in claim.flags or not claim.quantities:
            continue
        if claim.disagreements and not cited & set(claim.disagreements):
            sides = " or ".join(f"{{{d}}}" for d in claim.disagreements)
            yield f"{name} is contested; name its disagreement in the passage: {sides}"


def _not_for_patients(text: str, base: EvidenceBase) -> Iterator[str]:
    for name in marks(text):
        claim = base.claims.get(name)
        if claim is not None and not readable_by_patients(claim):
            yield f"{name} is not for patients; leave it to the clinician's text"
    yield from _refused(text)


def _refused(text: str) -> Iterator[str]:
    yield from map(str, refusals(text))
